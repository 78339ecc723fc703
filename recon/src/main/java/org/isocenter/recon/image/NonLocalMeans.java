package org.isocenter.recon.image;

import org.isocenter.recon.ParallelLoop;
import org.isocenter.recon.array.ChannelGrid;

/**
 * Non-local means (Buades, Coll and Morel 2005): each voxel becomes the mean of those around it whose own surroundings look
 * like its own, which leaves edges as they are. Weights are {@code exp(-max(0, d²-v)/h²)}, where d² is the mean squared
 * difference of both surroundings and v what noise alone makes of it. The result does not depend on the number of threads.
 */
public final class NonLocalMeans {
    private final int searchRadius;
    private final int patchRadius;
    private final double strength;

    /**
     * @param searchRadius how far to look for likes, in voxels along each axis
     * @param patchRadius of the surroundings that are compared
     * @param strength h over the noise's standard deviation; about 0.6 to 1
     */
    public NonLocalMeans(int searchRadius, int patchRadius, double strength) {
        this.searchRadius = searchRadius;
        this.patchRadius = patchRadius;
        this.strength = strength;
    }

    /**
     * Of complex values, whose noise has no bias: real and imaginary parts get the same weights.
     *
     * @param sigma standard deviation of the noise in the real and in the imaginary part
     * @param loop over slices, of each channel
     */
    public ChannelGrid complex(ChannelGrid noisy, double sigma, ParallelLoop loop) {
        ChannelGrid clean = new ChannelGrid(noisy.channels(), noisy.sizeX(), noisy.sizeY(), noisy.sizeZ());
        for (int c = 0; c < noisy.channels(); c++) {
            float[][] in = {noisy.real(c), noisy.imaginary(c)};
            float[][] out = {clean.real(c), clean.imaginary(c)};
            filter(in, in, out, noisy.sizeX(), noisy.sizeY(), noisy.sizeZ(), 4 * sigma * sigma, sigma, loop);
        }
        return clean;
    }

    /**
     * Of magnitudes, whose noise is Rician: the mean of squares is that of the signal's square plus 2σ², so that these are
     * averaged and the bias is taken off (Wiest-Daesslé et al. 2008).
     *
     * @param sigma standard deviation of the noise in the real and in the imaginary part
     * @param loop over slices
     */
    public float[] magnitude(float[] noisy, int columns, int rows, int slices, double sigma, ParallelLoop loop) {
        float[] squares = new float[noisy.length];
        for (int i = 0; i < squares.length; i++) {
            squares[i] = noisy[i] * noisy[i];
        }
        float[] clean = new float[noisy.length];
        filter(
                new float[][] {noisy},
                new float[][] {squares},
                new float[][] {clean},
                columns,
                rows,
                slices,
                2 * sigma * sigma,
                sigma,
                loop);
        float bias = (float) (2 * sigma * sigma);
        for (int i = 0; i < clean.length; i++) {
            clean[i] = (float) Math.sqrt(Math.max(0, clean[i] - bias));
        }
        return clean;
    }

    /**
     * @param compared parts by which voxels are found alike
     * @param averaged parts whose mean is wanted
     * @param expected squared difference of two voxels that noise alone makes, summed over the parts
     */
    private void filter(
            float[][] compared,
            float[][] averaged,
            float[][] means,
            int columns,
            int rows,
            int slices,
            double expected,
            double sigma,
            ParallelLoop loop) {
        if (!(sigma > 0)) {
            for (int p = 0; p < averaged.length; p++) {
                System.arraycopy(averaged[p], 0, means[p], 0, averaged[p].length);
            }
            return;
        }
        loop.run(
                slices,
                slice -> new Slice(
                                compared,
                                averaged,
                                columns,
                                rows,
                                slices,
                                slice,
                                expected,
                                strength * strength * sigma * sigma * compared.length)
                        .into(means));
    }

    /** One slice's means: for each offset to the likes the differences of all its voxels at once. */
    private final class Slice {
        private final float[][] compared;
        private final float[][] averaged;
        private final int columns;
        private final int rows;
        private final int slices;
        private final int slice;
        private final float expected;
        private final float perSpread;
        private final int plane;
        private final float[] difference;
        private final float[] alongRow;
        private final float[] patch;
        private final float[] weights;
        private final float[] largest;
        private final float[][] sums;

        Slice(
                float[][] compared,
                float[][] averaged,
                int columns,
                int rows,
                int slices,
                int slice,
                double expected,
                double spread) {
            this.compared = compared;
            this.averaged = averaged;
            this.columns = columns;
            this.rows = rows;
            this.slices = slices;
            this.slice = slice;
            this.expected = (float) expected;
            this.perSpread = (float) (1 / spread);
            plane = columns * rows;
            difference = new float[plane];
            alongRow = new float[plane];
            patch = new float[plane];
            weights = new float[plane];
            largest = new float[plane];
            sums = new float[averaged.length][plane];
        }

        void into(float[][] means) {
            int across = slices == 1 ? 0 : searchRadius;
            for (int z = Math.max(0, slice - across); z <= Math.min(slices - 1, slice + across); z++) {
                for (int y = -searchRadius; y <= searchRadius; y++) {
                    for (int x = -searchRadius; x <= searchRadius; x++) {
                        if (x != 0 || y != 0 || z != slice) {
                            add(x, y, z);
                        }
                    }
                }
            }
            for (int p = 0; p < sums.length; p++) {
                for (int i = 0; i < plane; i++) {
                    // The voxel itself counts as much as the one that is most like it (Buades et al., sec. 5.2).
                    float own = Math.max(largest[i], Float.MIN_NORMAL);
                    float value = averaged[p][slice * plane + i];
                    means[p][slice * plane + i] = (sums[p][i] + own * value) / (weights[i] + own);
                }
            }
        }

        /** Of the voxels that lie (x, y) away in slice z. */
        private void add(int x, int y, int z) {
            int fromColumn = Math.max(0, -x);
            int toColumn = Math.min(columns, columns - x);
            int fromRow = Math.max(0, -y);
            int toRow = Math.min(rows, rows - y);
            patches(x, y, z, fromColumn, toColumn, fromRow, toRow);
            for (int row = fromRow; row < toRow; row++) {
                int at = row * columns;
                int other = (z * rows + row + y) * columns + x;
                for (int column = fromColumn; column < toColumn; column++) {
                    float excess = Math.max(0, patch[at + column] - expected) * perSpread;
                    patch[at + column] = decay(excess);
                }
                for (int p = 0; p < sums.length; p++) {
                    float[] values = averaged[p];
                    float[] sum = sums[p];
                    for (int column = fromColumn; column < toColumn; column++) {
                        sum[at + column] += patch[at + column] * values[other + column];
                    }
                }
                for (int column = fromColumn; column < toColumn; column++) {
                    weights[at + column] += patch[at + column];
                    largest[at + column] = Math.max(largest[at + column], patch[at + column]);
                }
            }
        }

        /** Mean squared differences of the surroundings within both slices, by sums along rows, then columns. */
        private void patches(int x, int y, int z, int fromColumn, int toColumn, int fromRow, int toRow) {
            for (int row = fromRow; row < toRow; row++) {
                int at = row * columns;
                int here = (slice * rows + row) * columns;
                int other = (z * rows + row + y) * columns + x;
                for (int column = fromColumn; column < toColumn; column++) {
                    difference[at + column] = 0;
                }
                for (float[] part : compared) {
                    for (int column = fromColumn; column < toColumn; column++) {
                        float d = part[here + column] - part[other + column];
                        difference[at + column] += d * d;
                    }
                }
                for (int column = fromColumn; column < toColumn; column++) {
                    float sum = 0;
                    int first = Math.max(fromColumn, column - patchRadius);
                    int last = Math.min(toColumn - 1, column + patchRadius);
                    for (int k = first; k <= last; k++) {
                        sum += difference[at + k];
                    }
                    alongRow[at + column] = sum / (last - first + 1);
                }
            }
            for (int row = fromRow; row < toRow; row++) {
                int first = Math.max(fromRow, row - patchRadius);
                int last = Math.min(toRow - 1, row + patchRadius);
                int at = row * columns;
                for (int column = fromColumn; column < toColumn; column++) {
                    patch[at + column] = 0;
                }
                for (int k = first; k <= last; k++) {
                    int from = k * columns;
                    for (int column = fromColumn; column < toColumn; column++) {
                        patch[at + column] += alongRow[from + column];
                    }
                }
                float share = 1f / (last - first + 1);
                for (int column = fromColumn; column < toColumn; column++) {
                    patch[at + column] *= share;
                }
            }
        }
    }

    /** {@code exp(-x)}, near enough for weights, as the 32nd power of a parabola; 0 from 16 on. */
    private static float decay(float x) {
        float base = Math.max(0, 1 - x * (1f / 32) + x * x * (1f / 2048));
        float two = base * base;
        float four = two * two;
        float eight = four * four;
        float sixteen = eight * eight;
        return x < 16 ? sixteen * sixteen : 0;
    }
}
