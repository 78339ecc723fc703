package org.isocenter.recon.cartesian;

import org.isocenter.model.Encoding;
import org.isocenter.model.EncodingLimits;
import org.isocenter.model.ParallelImaging;
import org.isocenter.recon.mrd.MrdNotes;

/** Says what a scan left out on purpose, and what that does to an image that takes it for zero. */
final class MissingLines {
    /** The two sides of k-space differ by one line when their number is even. */
    private static final int EVEN = 2;

    private MissingLines() {}

    static void tell(Encoding encoding, MrdNotes notes) {
        partial("lines", "phase", encoding.step1(), encoding.encodedY(), notes);
        partial("partitions", "slice", encoding.step2(), encoding.encodedZ(), notes);
        ParallelImaging parallel = encoding.parallelImaging();
        if (parallel.factor1() * parallel.factor2() > 1) {
            notes.add(
                    "undersampled " + parallel.factor1() + "×" + parallel.factor2()
                            + ": the lines between were taken for zero, so the image is folded; unfold it elsewhere from raw.h5");
        }
    }

    private static void partial(String what, String axis, EncodingLimits limits, int encoded, MrdNotes notes) {
        int before = limits.center() - limits.minimum();
        int after = limits.maximum() - limits.center();
        if (limits.count() < encoded && limits.center() > 0 && Math.abs(before - after) > EVEN) {
            notes.add("partial Fourier: " + limits.count() + " of " + encoded + " " + what
                    + " were measured, the others taken for zero: the image is somewhat blurred along " + axis);
        }
    }
}
