package org.isocenter.dicom.iod;

/**
 * How images were made of raw data, as far as objects tell it.
 *
 * @param kSpaceFiltering the filter as PS3.3 C.8.13.4.1 names it, NONE without one; empty when that is not known
 * @param parallelTechnique how images were made of every second line and so on, as PS3.3 C.8.13.5.4.1 names it; empty where it has
 *     no word
 * @param steps in words; empty when they are not known
 * @param chain the steps with all parameters, as JSON; empty when they are not known
 */
public record Processing(String kSpaceFiltering, String parallelTechnique, String steps, String chain) {
    /** Nobody has told. */
    public static final Processing UNKNOWN = new Processing("", "", "", "");
}
