package org.isocenter.recon.correct;

import java.util.ArrayList;
import java.util.List;
import org.isocenter.recon.array.ChannelGrid;

/**
 * Which part of one axis of k-space was measured: all from index {@code first} to {@code last} of a grid of {@code size}, or
 * some of it. What is not there is zero in all channels.
 *
 * @param axis 0 for x, 1 for y, 2 for z
 * @param first first index with any value; {@code size} when there is none
 * @param last last index with any value; -1 when there is none
 * @param held how many indices from first to last have values
 */
record SampledExtent(int axis, int size, int first, int last, int held) {
    /** The two sides of a whole axis differ by one when their number is even; one more may be a centre that is off. */
    private static final int SAME = 2;
    /** Less than this on the short side of the centre does not tell the phase of an image. */
    private static final int LEAST_OVERLAP = 2;

    /** Of x, y and z, from which values are there. */
    static List<SampledExtent> of(ChannelGrid kSpace) {
        int[] sizes = {kSpace.sizeX(), kSpace.sizeY(), kSpace.sizeZ()};
        boolean[][] held = {new boolean[sizes[0]], new boolean[sizes[1]], new boolean[sizes[2]]};
        for (int channel = 0; channel < kSpace.channels(); channel++) {
            float[] real = kSpace.real(channel);
            float[] imaginary = kSpace.imaginary(channel);
            for (int row = 0, at = 0; row < sizes[1] * sizes[2]; row++) {
                boolean any = false;
                for (int x = 0; x < sizes[0]; x++, at++) {
                    if (real[at] != 0 || imaginary[at] != 0) {
                        held[0][x] = true;
                        any = true;
                    }
                }
                if (any) {
                    held[1][row % sizes[1]] = true;
                    held[2][row / sizes[1]] = true;
                }
            }
        }
        List<SampledExtent> extents = new ArrayList<>();
        for (int axis = 0; axis < sizes.length; axis++) {
            extents.add(of(axis, held[axis]));
        }
        return extents;
    }

    private static SampledExtent of(int axis, boolean[] held) {
        int first = held.length;
        int last = -1;
        int count = 0;
        for (int i = 0; i < held.length; i++) {
            if (held[i]) {
                first = Math.min(first, i);
                last = i;
                count++;
            }
        }
        return new SampledExtent(axis, held.length, first, last, count);
    }

    int center() {
        return size / 2;
    }

    /** Values on the side before the centre, without it; negative when the centre itself is not there. */
    private int before() {
        return center() - first;
    }

    private int after() {
        return last - center();
    }

    /** One side reaches further from the centre than the other. */
    boolean isOneSided() {
        return held > 0 && Math.abs(before() - after()) > SAME;
    }

    /** How far both sides reach. */
    int overlap() {
        return Math.min(before(), after());
    }

    /** How far the side reaches that reaches further: what the other side may be completed to. */
    int reach() {
        return Math.max(before(), after());
    }

    /** One-sided with enough about the centre to know the phase, and without gaps. */
    boolean isPartial() {
        return isOneSided() && overlap() >= LEAST_OVERLAP && !hasGaps();
    }

    boolean hasGaps() {
        return held < last - first + 1;
    }

    boolean measured(int index) {
        return index >= first && index <= last;
    }

    /** How many there would be if both sides reached as far. */
    int whole() {
        if (!isOneSided()) {
            return last - first + 1;
        }
        return first == 0 || last == size - 1 ? size : 2 * reach() + 1;
    }
}
