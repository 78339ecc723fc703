package org.isocenter.session.run;

/**
 * As what a scan's images are kept.
 *
 * @param objects of which DICOM classes
 * @param extended whether they also hold what their class has no place for: provenance as a private block, and the b-values of
 *     single images. Validators point such attributes out
 */
public record DicomOutput(Objects objects, boolean extended) {
    /** Single images that are just what the standard says. */
    public static final DicomOutput STANDARD = new DicomOutput(Objects.CLASSIC, false);

    /** How many series numbers a scan with so many volumes uses up. */
    public int seriesAtMost(int volumes) {
        return Math.max(1, objects == Objects.BOTH ? 2 * volumes : volumes);
    }

    /** Classes of objects. */
    public enum Objects {
        /** MR Image Storage, an object per slice: read by every program. */
        CLASSIC,
        /** Enhanced MR Image Storage, an object per series: with all that there is to tell. */
        ENHANCED,
        /** Each series as both. */
        BOTH;

        boolean classic() {
            return this != ENHANCED;
        }

        boolean enhanced() {
            return this != CLASSIC;
        }
    }
}
