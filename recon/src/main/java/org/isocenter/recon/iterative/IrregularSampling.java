package org.isocenter.recon.iterative;

import java.util.List;
import org.isocenter.model.Encoding;
import org.isocenter.model.EncodingCounters;
import org.isocenter.model.RawData;
import org.isocenter.model.Readout;
import org.isocenter.recon.mrd.MrdNotes;
import org.isocenter.recon.parallel.Lattice;
import org.isocenter.recon.parallel.SamplingPattern;
import org.isocenter.recon.stack.Stack;
import org.isocenter.recon.stack.StackSorter;

/** Tells scans that left out lines by chance, or points within lines, for compressed sensing. */
public final class IrregularSampling {
    /** Too few to tell chance from a plan. */
    private static final int LEAST_LINES = 16;
    /** Of the matrix: what is missing beyond this got lost. */
    private static final double WHOLE = 0.95;

    /** Of the samples of a line: more than these are zero in all channels only where points were left out. */
    private static final double LEFT_OUT = 0.25;

    /** More than this is a header gone wrong. */
    private static final long MOST_LINES = 1L << 24;

    private IrregularSampling() {}

    /** Whether this is so in the first slab of the first Cartesian encoding space. A scan that still runs is not judged. */
    public static boolean is(RawData raw) {
        int size = raw.size();
        if (size < raw.expected()) {
            return false;
        }
        List<Stack> stacks = new StackSorter(new MrdNotes())
                .sort(raw, size).stream()
                        .filter(stack -> stack.encoding().trajectory() == Encoding.Trajectory.CARTESIAN)
                        .toList();
        return !stacks.isEmpty() && (isIrregular(stacks.get(0)) || hasGapsInLines(stacks.get(0)));
    }

    /**
     * Whether samples between the first and the last of a line are zero in all channels: planes across the readouts of a 3D scan,
     * as other programs keep them. Of the lines' middle one, which is the last to be left out.
     */
    private static boolean hasGapsInLines(Stack stack) {
        List<Readout> readouts = stack.slabs().get(0).readouts();
        Readout readout = readouts.get(readouts.size() / 2);
        int samples = readout.header().samples();
        float[] real = readout.real();
        float[] imaginary = readout.imaginary();
        boolean[] measured = new boolean[samples];
        for (int i = 0; i < real.length; i++) {
            measured[i % samples] |= real[i] != 0 || imaginary[i] != 0;
        }
        int first = 0;
        int end = samples;
        while (first < end && !measured[first]) {
            first++;
        }
        while (end > first && !measured[end - 1]) {
            end--;
        }
        int zeros = 0;
        for (int i = first; i < end; i++) {
            zeros += measured[i] ? 0 : 1;
        }
        return zeros > LEFT_OUT * samples;
    }

    private static boolean isIrregular(Stack stack) {
        Encoding e = stack.encoding();
        if ((long) e.encodedY() * e.encodedZ() > MOST_LINES) {
            return false;
        }
        boolean[] measured = new boolean[e.encodedY() * e.encodedZ()];
        int count = 0;
        for (Readout readout : stack.slabs().get(0).readouts()) {
            EncodingCounters counters = readout.header().counters();
            int y = counters.step1() - center(e.step1().center(), e.encodedY()) + e.encodedY() / 2;
            int z = counters.step2() - center(e.step2().center(), e.encodedZ()) + e.encodedZ() / 2;
            boolean inside = y >= 0 && y < e.encodedY() && z >= 0 && z < e.encodedZ();
            if (inside && !measured[z * e.encodedY() + y]) {
                measured[z * e.encodedY() + y] = true;
                count++;
            }
        }
        return count >= LEAST_LINES
                && count < WHOLE * measured.length
                && Lattice.of(new SamplingPattern(e.encodedY(), e.encodedZ(), measured))
                        .isEmpty();
    }

    /** Where a header does not say. */
    private static int center(int told, int encoded) {
        return told > 0 ? told : encoded / 2;
    }
}
