package org.isocenter.model;

/**
 * How k-space was undersampled: MRD's parallelImaging element.
 *
 * @param factor1 every how many lines one was measured
 * @param factor2 every how many partitions one was measured
 */
public record ParallelImaging(int factor1, int factor2, Calibration calibration) {

    /** MRD's calibration modes. */
    public enum Calibration {
        EMBEDDED,
        INTERLEAVED,
        SEPARATE,
        EXTERNAL,
        OTHER
    }

    /** Everything was measured. */
    public static final ParallelImaging NONE = new ParallelImaging(1, 1, Calibration.OTHER);

    public ParallelImaging {
        if (factor1 < 1 || factor2 < 1) {
            throw new IllegalArgumentException("acceleration " + factor1 + "×" + factor2);
        }
    }
}
