package org.isocenter.recon.parallel;

import org.isocenter.recon.array.ChannelGrid;

/**
 * A block about the middle of k-space in which no sample is missing. A sample that is zero in all channels was not measured.
 *
 * @param firstX first index on the grid; the same for y and z
 */
public record CalibrationRegion(int firstX, int firstY, int firstZ, int sizeX, int sizeY, int sizeZ) {

    /**
     * The block grown from k = 0 (or the measured sample nearest to it) one face after the other, as far as it goes, but no
     * further than the sizes that are wanted.
     *
     * @return of size 0 if nothing was measured
     */
    public static CalibrationRegion find(ChannelGrid kspace, int mostX, int mostY, int mostZ) {
        boolean[] measured = measured(kspace);
        int[] size = {kspace.sizeX(), kspace.sizeY(), kspace.sizeZ()};
        int[] most = {Math.min(mostX, size[0]), Math.min(mostY, size[1]), Math.min(mostZ, size[2])};
        int[] first = nearestToCenter(measured, size);
        if (first.length == 0) {
            return new CalibrationRegion(0, 0, 0, 0, 0, 0);
        }
        int[] last = first.clone();
        boolean grown = true;
        while (grown) {
            grown = false;
            for (int axis = 0; axis < 3; axis++) {
                // Below first: k = 0 is at N/2, and a block of N has N/2 samples before it.
                if (last[axis] - first[axis] + 1 < most[axis]
                        && first[axis] > 0
                        && isWhole(measured, size, first, last, axis, first[axis] - 1)) {
                    first[axis]--;
                    grown = true;
                }
                if (last[axis] - first[axis] + 1 < most[axis]
                        && last[axis] < size[axis] - 1
                        && isWhole(measured, size, first, last, axis, last[axis] + 1)) {
                    last[axis]++;
                    grown = true;
                }
            }
        }
        return new CalibrationRegion(
                first[0], first[1], first[2], last[0] - first[0] + 1, last[1] - first[1] + 1, last[2] - first[2] + 1);
    }

    /** A copy of the block. Its middle need not be at k = 0. */
    public ChannelGrid cut(ChannelGrid kspace) {
        ChannelGrid block = new ChannelGrid(kspace.channels(), sizeX, sizeY, sizeZ);
        for (int channel = 0; channel < kspace.channels(); channel++) {
            for (int row = 0; row < sizeY * sizeZ; row++) {
                int y = firstY + row % sizeY;
                int z = firstZ + row / sizeY;
                int from = (z * kspace.sizeY() + y) * kspace.sizeX() + firstX;
                System.arraycopy(kspace.real(channel), from, block.real(channel), row * sizeX, sizeX);
                System.arraycopy(kspace.imaginary(channel), from, block.imaginary(channel), row * sizeX, sizeX);
            }
        }
        return block;
    }

    private static boolean[] measured(ChannelGrid kspace) {
        boolean[] measured = new boolean[kspace.points()];
        for (int channel = 0; channel < kspace.channels(); channel++) {
            float[] real = kspace.real(channel);
            float[] imaginary = kspace.imaginary(channel);
            for (int i = 0; i < measured.length; i++) {
                measured[i] |= real[i] != 0 || imaginary[i] != 0;
            }
        }
        return measured;
    }

    private static int[] nearestToCenter(boolean[] measured, int[] size) {
        int[] nearest = {};
        long least = Long.MAX_VALUE;
        for (int i = 0; i < measured.length; i++) {
            if (measured[i]) {
                int x = i % size[0];
                int y = i / size[0] % size[1];
                int z = i / size[0] / size[1];
                long distance = square(x - size[0] / 2) + square(y - size[1] / 2) + square(z - size[2] / 2);
                if (distance < least) {
                    least = distance;
                    nearest = new int[] {x, y, z};
                }
            }
        }
        return nearest;
    }

    private static long square(long value) {
        return value * value;
    }

    /** Whether the block's face at {@code index} of {@code axis} has no gap. */
    private static boolean isWhole(boolean[] measured, int[] size, int[] first, int[] last, int axis, int index) {
        int[] from = first.clone();
        int[] to = last.clone();
        from[axis] = index;
        to[axis] = index;
        for (int z = from[2]; z <= to[2]; z++) {
            for (int y = from[1]; y <= to[1]; y++) {
                for (int x = from[0]; x <= to[0]; x++) {
                    if (!measured[(z * size[1] + y) * size[0] + x]) {
                        return false;
                    }
                }
            }
        }
        return true;
    }
}
