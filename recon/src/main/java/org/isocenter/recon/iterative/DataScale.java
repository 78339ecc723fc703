package org.isocenter.recon.iterative;

import java.util.Arrays;
import org.isocenter.recon.array.ChannelGrid;
import org.isocenter.recon.fft.GridFft;

/**
 * How bright an image's data are, so that a weight of a regulariser means the same for all scans: data are divided by it before, and
 * the image is multiplied by it after. This is the rule of BART's {@code pics}, so that its weights can be used here: the brightness that
 * nine pixels of ten do not exceed, or the largest where that stands out.
 */
public final class DataScale {
    /** Points of the middle of k-space along each axis that are looked at. */
    private static final int MIDDLE = 32;

    private DataScale() {}

    /**
     * The scale of Cartesian k-space of all channels: that of the root sum of squares image of its fully sampled middle, of
     * 32 points along each axis at most.
     *
     * @param measured for each point of k-space
     * @return above 0; 1 for empty data
     */
    public static double ofKspace(ChannelGrid kspace, boolean[] measured) {
        int[] middle = middle(kspace, measured);
        ChannelGrid small = new ChannelGrid(kspace.channels(), middle[0], middle[1], middle[2]);
        for (int channel = 0; channel < kspace.channels(); channel++) {
            copyMiddle(kspace, kspace.real(channel), small, small.real(channel));
            copyMiddle(kspace, kspace.imaginary(channel), small, small.imaginary(channel));
        }
        GridFft.inverse(small);
        float[] sizes = new float[small.points()];
        for (int i = 0; i < sizes.length; i++) {
            double square = 0;
            for (int channel = 0; channel < small.channels(); channel++) {
                double real = small.real(channel)[i];
                double imaginary = small.imaginary(channel)[i];
                square += real * real + imaginary * imaginary;
            }
            sizes[i] = (float) Math.sqrt(square / kspace.points());
        }
        return of(sizes);
    }

    /** Grows the middle by turns along each axis, as long as it is full. */
    private static int[] middle(ChannelGrid grid, boolean[] measured) {
        int[] whole = {grid.sizeX(), grid.sizeY(), grid.sizeZ()};
        int[] size = {1, 1, 1};
        boolean[] done = new boolean[3];
        while (!(done[0] && done[1] && done[2])) {
            for (int axis = 0; axis < 3; axis++) {
                if (!done[axis] && size[axis] < Math.min(whole[axis], MIDDLE)) {
                    size[axis]++;
                    if (!isFull(whole, size, measured)) {
                        size[axis]--;
                        done[axis] = true;
                    }
                } else {
                    done[axis] = true;
                }
            }
        }
        return size;
    }

    private static boolean isFull(int[] whole, int[] size, boolean[] measured) {
        for (int z = 0; z < size[2]; z++) {
            for (int y = 0; y < size[1]; y++) {
                int at = row(whole, size, y, z);
                for (int x = 0; x < size[0]; x++) {
                    if (!measured[at + x]) {
                        return false;
                    }
                }
            }
        }
        return true;
    }

    /** The index of the first point of a row of the middle. */
    private static int row(int[] whole, int[] size, int y, int z) {
        int fromZ = first(whole[2], size[2]) + z;
        int fromY = first(whole[1], size[1]) + y;
        return (fromZ * whole[1] + fromY) * whole[0] + first(whole[0], size[0]);
    }

    private static int first(int whole, int size) {
        return (whole - size) / 2;
    }

    private static void copyMiddle(ChannelGrid kspace, float[] from, ChannelGrid small, float[] to) {
        int[] whole = {kspace.sizeX(), kspace.sizeY(), kspace.sizeZ()};
        int[] size = {small.sizeX(), small.sizeY(), small.sizeZ()};
        for (int z = 0; z < size[2]; z++) {
            for (int y = 0; y < size[1]; y++) {
                System.arraycopy(from, row(whole, size, y, z), to, (z * size[1] + y) * size[0], size[0]);
            }
        }
    }

    /** The scale of any data, by the adjoint image. */
    public static double ofAdjoint(float[] real, float[] imaginary) {
        float[] sizes = new float[real.length];
        for (int i = 0; i < sizes.length; i++) {
            sizes[i] = (float) Math.sqrt(real[i] * real[i] + imaginary[i] * imaginary[i]);
        }
        return of(sizes);
    }

    private static double of(float[] sizes) {
        Arrays.sort(sizes);
        float median = sizes[sizes.length / 2];
        float high = sizes[(int) (sizes.length * 0.9)];
        float largest = sizes[sizes.length - 1];
        float scale = largest - high < 2 * (high - median) ? high : largest;
        return scale > 0 ? scale : 1;
    }
}
