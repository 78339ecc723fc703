package org.isocenter.recon.parallel;

import java.util.Optional;
import org.isocenter.model.Encoding;
import org.isocenter.model.EncodingCounters;
import org.isocenter.model.ParallelImaging;
import org.isocenter.model.Readout;
import org.isocenter.recon.mrd.MrdNotes;
import org.isocenter.recon.stack.Stack;

/** What the data say about lines left out for parallel imaging, and what the header says. The data are believed. */
final class Undersampling {
    private Undersampling() {}

    /** Whether lines were left out, by the counters of a stack's first slab or by the header. Looks at no more than it must. */
    static boolean isIn(Stack stack, boolean isComplete) {
        if (factor(stack.encoding()) > 1) {
            return true;
        }
        // Of a scan that still runs, lines may come later.
        return isComplete
                && pattern(stack)
                        .map(Lattice::of)
                        .map(l -> l.isEmpty() || l.get().factor() > 1)
                        .orElse(false);
    }

    private static int factor(Encoding encoding) {
        ParallelImaging parallel = encoding.parallelImaging();
        return parallel.factor1() * parallel.factor2();
    }

    /** Empty when the counters do not lie in the encoded matrix. */
    private static Optional<SamplingPattern> pattern(Stack stack) {
        Encoding e = stack.encoding();
        int sizeY = Math.max(e.encodedY(), e.step1().maximum() + 1);
        int sizeZ = Math.max(e.encodedZ(), e.step2().maximum() + 1);
        boolean[] measured = new boolean[Math.multiplyExact(sizeY, sizeZ)];
        for (Readout readout : stack.slabs().get(0).readouts()) {
            EncodingCounters counters = readout.header().counters();
            if (counters.step1() >= sizeY || counters.step2() >= sizeZ) {
                return Optional.empty();
            }
            measured[counters.step2() * sizeY + counters.step1()] |= isMeasured(readout);
        }
        return Optional.of(new SamplingPattern(sizeY, sizeZ, measured));
    }

    /** Files of arrays hold zeros where nothing was measured. */
    private static boolean isMeasured(Readout readout) {
        float[] real = new float[readout.header().samples()];
        float[] imaginary = new float[real.length];
        for (int channel = 0; channel < readout.header().channels(); channel++) {
            readout.channel(channel, real, imaginary, 0);
            for (int s = 0; s < real.length; s++) {
                if (real[s] != 0 || imaginary[s] != 0) {
                    return true;
                }
            }
        }
        return false;
    }

    /** The lattice of the rows that were measured; empty, with a note, where there is nothing to unfold or no way to. */
    static Optional<Lattice> lattice(SamplingPattern pattern, Encoding encoding, MrdNotes notes) {
        ParallelImaging header = encoding.parallelImaging();
        Optional<Lattice> lattice = Lattice.of(pattern);
        if (lattice.isEmpty()) {
            notes.add(
                    "lines are missing at no regular distance: they were taken for zero, so the image is blurred or folded;"
                            + " an iterative reconstruction can do better");
            return lattice;
        }
        Lattice found = lattice.get();
        boolean differs = found.stepY() != header.factor1() || found.stepZ() != header.factor2();
        if (differs && !header.equals(ParallelImaging.NONE)) { // which arrays, and headers that say nothing, have too
            notes.add("the header says undersampled " + header.factor1() + "×" + header.factor2() + ", the data are "
                    + found.stepY() + "×" + found.stepZ() + ": the data were believed");
        }
        return found.factor() > 1 ? lattice : Optional.empty();
    }
}
