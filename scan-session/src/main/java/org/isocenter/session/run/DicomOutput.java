package org.isocenter.session.run;

import org.isocenter.dicom.iod.ImageGroup;

/**
 * As what a scan's images are kept.
 *
 * @param objects of which DICOM classes
 * @param extended whether they also hold what their class has no place for: provenance as a private block, and the b-values of
 *     single images. Validators point such attributes out
 * @param report whether the scan's report is kept beside the images, as Secondary Capture
 */
public record DicomOutput(Objects objects, boolean extended, boolean report) {
    /** What is just as the standard says. */
    public static final DicomOutput STANDARD = new DicomOutput(Objects.AUTO, false, false);

    /** How many series numbers a scan with so many volumes uses up. */
    public int seriesAtMost(int volumes) {
        return Math.max(1, objects == Objects.BOTH ? 2 * volumes : volumes) + (report ? 1 : 0);
    }

    /** Classes of objects. */
    public enum Objects {
        /** Single images, but those that diffusion weights enhanced: no other class has a place for b-values. */
        AUTO,
        /** MR Image Storage, an object per slice: read by every program. */
        CLASSIC,
        /** Enhanced MR Image Storage, an object per series: with all that there is to tell. */
        ENHANCED,
        /** Each series as both. */
        BOTH;

        /** Whether such a series becomes single images. */
        boolean classic(ImageGroup group) {
            return this == CLASSIC || this == BOTH || this == AUTO && !group.isDiffusionWeighted();
        }

        /** Whether such a series becomes an enhanced image. */
        boolean enhanced(ImageGroup group) {
            return this == ENHANCED || this == BOTH || this == AUTO && group.isDiffusionWeighted();
        }
    }
}
