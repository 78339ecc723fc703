package org.isocenter.recon.image;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.isocenter.recon.ParallelLoop;
import org.isocenter.recon.array.ChannelGrid;
import org.isocenter.recon.parallel.HermitianEigen;
import org.isocenter.recon.parallel.HermitianMatrix;

/**
 * Removes noise from a series of images of the same place, such as echoes or diffusion weightings: in each small block of
 * voxels the principal components over the series that are no larger than noise would make them, by the law of Marchenko and
 * Pastur, are left out (Veraart et al. 2016). Blocks overlap; each estimate counts the more, the fewer components it needed (Manjón
 * et al. 2013). Noise must be white and of one level within a block. Uses the common pool; the result does not depend on its
 * threads.
 */
public final class PrincipalComponents {
    private final List<ChannelGrid> series;
    private final int columns;
    private final int rows;
    private final int slices;
    private final int width;
    private final int depth;
    private final int step;

    private PrincipalComponents(List<ChannelGrid> series, int width) {
        ChannelGrid first = series.get(0);
        this.series = series;
        columns = first.sizeX();
        rows = first.sizeY();
        slices = first.sizeZ();
        this.width = Math.min(width, Math.min(columns, rows));
        depth = Math.min(slices, Math.max(1, width / 2));
        step = Math.max(1, this.width / 2);
    }

    /**
     * What is left of the series.
     *
     * @param clean in the order of the images
     * @param sigma the noise's standard deviation in the real part, and the imaginary one if there is any; over all blocks
     */
    public record Result(List<ChannelGrid> clean, double sigma) {}

    /** The width of a block within a slice that has about as many voxels as the series has images, but at least 5. */
    public static int width(int images, int slices) {
        for (int width = 5; ; width++) {
            int depth = Math.min(slices, width / 2);
            if (width * width * Math.max(1, depth) >= images) {
                return width;
            }
        }
    }

    /**
     * @param series at least two images, of one channel each, alike in size
     * @param width of a block within a slice, in voxels; across slices it is half as deep
     */
    public static Result of(List<ChannelGrid> series, int width, IntFunction<ParallelLoop> loops) {
        return new PrincipalComponents(series, width).result(loops);
    }

    private Result result(IntFunction<ParallelLoop> loops) {
        List<ChannelGrid> sums = new ArrayList<>();
        for (int image = 0; image < series.size(); image++) {
            sums.add(new ChannelGrid(1, columns, rows, slices));
        }
        float[] weights = new float[columns * rows * slices];
        int[] columnStarts = starts(columns, width, step);
        int[] rowStarts = starts(rows, width, step);
        int[] sliceStarts = starts(slices, depth, Math.max(1, depth / 2));
        ParallelLoop loop = loops.apply(rowStarts.length * sliceStarts.length);
        double variance = 0;
        for (int slice : sliceStarts) {
            for (int row : rowStarts) {
                // A row of blocks is worked out by all threads, then added up by one, always in the same order.
                Block[] blocks = new Block[columnStarts.length];
                loop.run(blocks.length, i -> blocks[i] = new Block(columnStarts[i], row, slice));
                for (Block block : blocks) {
                    block.addTo(sums, weights);
                    variance += block.variance;
                }
            }
        }
        for (ChannelGrid sum : sums) {
            for (int i = 0; i < weights.length; i++) {
                sum.real(0)[i] /= weights[i];
                sum.imaginary(0)[i] /= weights[i];
            }
        }
        int count = columnStarts.length * rowStarts.length * sliceStarts.length;
        return new Result(sums, Math.sqrt(variance / count / (isComplex() ? 2 : 1)));
    }

    private boolean isComplex() {
        for (ChannelGrid image : series) {
            for (float value : image.imaginary(0)) {
                if (value != 0) {
                    return true;
                }
            }
        }
        return false;
    }

    /** The last block ends where the image does. */
    private static int[] starts(int size, int width, int step) {
        int count = (size - width + step - 1) / step + 1;
        return IntStream.range(0, count)
                .map(i -> Math.min(i * step, size - width))
                .toArray();
    }

    /** One block's signals without what is noise. */
    private final class Block {
        private final int column;
        private final int row;
        private final int slice;
        private final int voxels = width * width * depth;
        private final double[][] real = new double[series.size()][voxels];
        private final double[][] imaginary = new double[series.size()][voxels];
        /** Of a complex value: the sum of both parts'. */
        private final double variance;

        private final int components;

        Block(int column, int row, int slice) {
            this.column = column;
            this.row = row;
            this.slice = slice;
            load();
            int images = series.size();
            HermitianEigen eigen = new HermitianEigen(covariance());
            int smaller = Math.min(images, voxels);
            components = signalComponents(eigen, smaller, Math.max(images, voxels));
            double rest = 0;
            for (int rank = components; rank < smaller; rank++) {
                rest += Math.max(0, eigen.value(rank));
            }
            variance =
                    components == smaller ? 0 : rest / (smaller - components) / (Math.max(images, voxels) - components);
            project(eigen);
        }

        private void load() {
            for (int image = 0; image < series.size(); image++) {
                float[] re = series.get(image).real(0);
                float[] im = series.get(image).imaginary(0);
                for (int line = 0; line < width * depth; line++) {
                    int from = start(line);
                    for (int i = 0; i < width; i++) {
                        real[image][line * width + i] = re[from + i];
                        imaginary[image][line * width + i] = im[from + i];
                    }
                }
            }
        }

        private int start(int line) {
            return ((slice + line / width) * rows + row + line % width) * columns + column;
        }

        /** Of the images, summed over the voxels. */
        private HermitianMatrix covariance() {
            HermitianMatrix matrix = new HermitianMatrix(series.size());
            for (int a = 0; a < series.size(); a++) {
                for (int b = a; b < series.size(); b++) {
                    double re = 0;
                    double im = 0;
                    for (int i = 0; i < voxels; i++) {
                        re += real[a][i] * real[b][i] + imaginary[a][i] * imaginary[b][i];
                        im += imaginary[a][i] * real[b][i] - real[a][i] * imaginary[b][i];
                    }
                    matrix.set(a, b, re, im);
                }
            }
            return matrix;
        }

        /** The least number that leaves a spectrum no wider than noise's, 4σ²·√γ (Veraart et al. 2016, eq. 11 and 12). */
        private static int signalComponents(HermitianEigen eigen, int smaller, int larger) {
            double rest = 0;
            for (int rank = 0; rank < smaller; rank++) {
                rest += Math.max(0, eigen.value(rank));
            }
            double smallest = Math.max(0, eigen.value(smaller - 1));
            for (int signal = 0; signal < smaller - 1; signal++) {
                double byMean = rest / (smaller - signal);
                double gamma = (double) (smaller - signal) / (larger - signal);
                double byWidth = (eigen.value(signal) - smallest) / (4 * Math.sqrt(gamma));
                if (byWidth < byMean) {
                    return signal;
                }
                rest -= Math.max(0, eigen.value(signal));
            }
            return smaller - 1;
        }

        /** Onto the first components. */
        private void project(HermitianEigen eigen) {
            int images = series.size();
            double[][] vectorsReal = new double[components][images];
            double[][] vectorsImaginary = new double[components][images];
            for (int k = 0; k < components; k++) {
                eigen.vector(k, vectorsReal[k], vectorsImaginary[k]);
            }
            double[] re = new double[images];
            double[] im = new double[images];
            for (int i = 0; i < voxels; i++) {
                Arrays.fill(re, 0);
                Arrays.fill(im, 0);
                for (int k = 0; k < components; k++) {
                    double[] vRe = vectorsReal[k];
                    double[] vIm = vectorsImaginary[k];
                    double shareRe = 0;
                    double shareIm = 0;
                    for (int a = 0; a < images; a++) {
                        shareRe += vRe[a] * real[a][i] + vIm[a] * imaginary[a][i];
                        shareIm += vRe[a] * imaginary[a][i] - vIm[a] * real[a][i];
                    }
                    for (int a = 0; a < images; a++) {
                        re[a] += vRe[a] * shareRe - vIm[a] * shareIm;
                        im[a] += vRe[a] * shareIm + vIm[a] * shareRe;
                    }
                }
                for (int a = 0; a < images; a++) {
                    real[a][i] = re[a];
                    imaginary[a][i] = im[a];
                }
            }
        }

        void addTo(List<ChannelGrid> sums, float[] weights) {
            float weight = 1f / (1 + components);
            for (int line = 0; line < width * depth; line++) {
                int to = start(line);
                for (int i = 0; i < width; i++) {
                    weights[to + i] += weight;
                }
                for (int image = 0; image < series.size(); image++) {
                    float[] re = sums.get(image).real(0);
                    float[] im = sums.get(image).imaginary(0);
                    for (int i = 0; i < width; i++) {
                        re[to + i] += weight * (float) real[image][line * width + i];
                        im[to + i] += weight * (float) imaginary[image][line * width + i];
                    }
                }
            }
        }
    }
}
