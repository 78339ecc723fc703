package org.isocenter.recon.mrd;

/** What an MRD image shows of complex values: the header's {@code image_type}, its number being the ordinal. */
public enum MrdImageType {
    /** Left open by whoever wrote it. */
    UNKNOWN,
    MAGNITUDE,
    PHASE,
    REAL,
    IMAGINARY,
    COMPLEX,
    /** Of newer versions: three channels of colour. */
    RGB;

    /** MRD's number. */
    public int code() {
        return ordinal();
    }

    /** Unknown for a number that MRD does not have. */
    public static MrdImageType of(int code) {
        return code >= 0 && code < values().length ? values()[code] : UNKNOWN;
    }
}
