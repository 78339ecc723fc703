package org.isocenter.recon.cartesian;

import org.isocenter.model.Encoding;
import org.isocenter.model.ParallelImaging;
import org.isocenter.recon.mrd.MrdNotes;

/** Says what a scan left out on purpose for a parallel reconstruction, and what that does to an image that takes it for zero. */
final class MissingLines {
    private MissingLines() {}

    static void tell(Encoding encoding, MrdNotes notes) {
        ParallelImaging parallel = encoding.parallelImaging();
        if (parallel.factor1() * parallel.factor2() > 1) {
            notes.add(
                    "undersampled " + parallel.factor1() + "×" + parallel.factor2()
                            + ": the lines between were taken for zero, so the image is folded; unfold it elsewhere from raw.h5");
        }
    }
}
