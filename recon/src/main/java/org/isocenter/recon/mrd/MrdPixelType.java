package org.isocenter.recon.mrd;

/** What an MRD image's pixels are stored as: the header's {@code data_type}, 1 … 8 in this order. */
public enum MrdPixelType {
    UNSIGNED_SHORT(2, false),
    SHORT(2, false),
    UNSIGNED_INT(4, false),
    INT(4, false),
    FLOAT(4, false),
    DOUBLE(8, false),
    COMPLEX_FLOAT(8, true),
    COMPLEX_DOUBLE(16, true);

    private final int bytes;
    private final boolean complex;

    MrdPixelType(int bytes, boolean complex) {
        this.bytes = bytes;
        this.complex = complex;
    }

    /** Of one pixel. */
    public int bytes() {
        return bytes;
    }

    public boolean isComplex() {
        return complex;
    }

    /** MRD's number. */
    public int code() {
        return ordinal() + 1;
    }

    /** @throws MrdFormatException for a number that MRD does not have */
    public static MrdPixelType of(int code) throws MrdFormatException {
        if (code < 1 || code > values().length) {
            throw new MrdFormatException("", "", "image of data type " + code + ", MRD has 1 to " + values().length);
        }
        return values()[code - 1];
    }
}
