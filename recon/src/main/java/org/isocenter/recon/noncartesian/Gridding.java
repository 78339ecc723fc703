package org.isocenter.recon.noncartesian;

import java.util.stream.IntStream;
import org.isocenter.recon.fft.CentredFft;

/**
 * Lays samples on a finer Cartesian grid by convolution with a Kaiser–Bessel kernel, and transforms the grid into an image:
 * the adjoint of the non-uniform Fourier transform, {@code image(x) = Σ value(k) · exp(+2πi k·x)}, unscaled, with pixel N/2
 * at x = 0. Values are planar; x runs fastest, then y, then z. Immutable; any thread.
 */
final class Gridding {
    /** A transform's plan is made once for so many lines. */
    private static final int LINES_PER_TASK = 64;

    private final GridSize x;
    private final GridSize y;
    private final GridSize z;
    private final KaiserBessel kernelX;
    private final KaiserBessel kernelY;
    private final KaiserBessel kernelZ;

    /** @param z of one point for 2D */
    Gridding(GridSize x, GridSize y, GridSize z) {
        this.x = x;
        this.y = y;
        this.z = z;
        this.kernelX = new KaiserBessel(x.oversampling());
        this.kernelY = new KaiserBessel(y.oversampling());
        this.kernelZ = z.points() == 1 ? kernelY : new KaiserBessel(z.oversampling());
    }

    /** A grid of zeros. */
    float[] grid() {
        return new float[Math.multiplyExact(Math.multiplyExact(x.points(), y.points()), z.points())];
    }

    /** How many grid points there are to each cell of the image's k-space (1 over its field of view, to the power of dimensions). */
    double pointsPerCell() {
        return x.oversampling() * y.oversampling() * (z.points() == 1 ? 1 : z.oversampling());
    }

    /** The kernel of one axis about one sample: grid indices, which wrap around, and weights. */
    private static final class Footprint {
        private final int[] index = new int[KaiserBessel.WIDTH];
        private final float[] weight = new float[KaiserBessel.WIDTH];
        private int points;

        void place(GridSize axis, KaiserBessel kernel, double turns) {
            if (axis.points() == 1) {
                points = 1;
                index[0] = 0;
                weight[0] = 1;
                return;
            }
            points = KaiserBessel.WIDTH;
            double position = axis.position(turns);
            int first = (int) Math.ceil(position - KaiserBessel.WIDTH / 2.0);
            for (int i = 0; i < points; i++) {
                index[i] = Math.floorMod(first + i, axis.points());
                weight[i] = kernel.at(first + i - position);
            }
        }
    }

    /** The kernel about one sample after another. One thread. */
    private final class Walk {
        private final Samples samples;
        private final Footprint alongX = new Footprint();
        private final Footprint alongY = new Footprint();
        private final Footprint alongZ = new Footprint();

        Walk(Samples samples) {
            this.samples = samples;
        }

        void to(int sample) {
            alongX.place(x, kernelX, samples.k()[0][sample]);
            alongY.place(y, kernelY, samples.k()[1][sample]);
            alongZ.place(z, kernelZ, samples.dimensions() > 2 ? samples.k()[2][sample] : 0);
        }

        void add(float value, float[] grid) {
            for (int c = 0; c < alongZ.points; c++) {
                int plane = alongZ.index[c] * y.points();
                float inPlane = value * alongZ.weight[c];
                for (int b = 0; b < alongY.points; b++) {
                    int row = (plane + alongY.index[b]) * x.points();
                    float inRow = inPlane * alongY.weight[b];
                    for (int a = 0; a < alongX.points; a++) {
                        grid[row + alongX.index[a]] += inRow * alongX.weight[a];
                    }
                }
            }
        }

        float sum(float[] grid) {
            float sum = 0;
            for (int c = 0; c < alongZ.points; c++) {
                int plane = alongZ.index[c] * y.points();
                for (int b = 0; b < alongY.points; b++) {
                    int row = (plane + alongY.index[b]) * x.points();
                    float inRow = 0;
                    for (int a = 0; a < alongX.points; a++) {
                        inRow += grid[row + alongX.index[a]] * alongX.weight[a];
                    }
                    sum += inRow * alongY.weight[b] * alongZ.weight[c];
                }
            }
            return sum;
        }
    }

    /** Adds each wanted sample's value to the grid points around it. */
    void spread(Samples samples, float[] values, float[] grid) {
        Walk walk = new Walk(samples);
        for (int i = 0; i < samples.count(); i++) {
            if (samples.wanted()[i]) {
                walk.to(i);
                walk.add(values[i], grid);
            }
        }
    }

    /** The same for complex values. */
    void spread(Samples samples, float[] real, float[] imaginary, float[] gridReal, float[] gridImaginary) {
        Walk walk = new Walk(samples);
        for (int i = 0; i < samples.count(); i++) {
            if (samples.wanted()[i]) {
                walk.to(i);
                walk.add(real[i], gridReal);
                walk.add(imaginary[i], gridImaginary);
            }
        }
    }

    /** The grid's values at each wanted sample, seen through the kernel; the others are left alone. */
    void gather(Samples samples, float[] grid, float[] values) {
        Walk walk = new Walk(samples);
        for (int i = 0; i < samples.count(); i++) {
            if (samples.wanted()[i]) {
                walk.to(i);
                values[i] = walk.sum(grid);
            }
        }
    }

    /**
     * The grid of k-space that is evenly filled out to a radius, seen through the kernel once.
     *
     * @param radius of the disc or ball, in turns across the field of view
     * @param corner if the radius is more than so many halves of the matrix, the whole matrix is filled instead
     */
    float[] evenly(double radius, double corner) {
        float[] filled = grid();
        boolean whole = radius > corner * Math.max(x.pixels(), y.pixels()) / 2.0;
        int at = 0;
        for (int c = 0; c < z.points(); c++) {
            double kz = z.turns(c);
            for (int b = 0; b < y.points(); b++) {
                double ky = y.turns(b);
                for (int a = 0; a < x.points(); a++) {
                    double kx = x.turns(a);
                    boolean inside = whole
                            ? Math.abs(kx) <= x.pixels() / 2.0
                                    && Math.abs(ky) <= y.pixels() / 2.0
                                    && Math.abs(kz) <= z.pixels() / 2.0
                            : kx * kx + ky * ky + kz * kz <= radius * radius;
                    filled[at++] = inside ? 1 : 0;
                }
            }
        }
        float[] alongX = blurred(filled, 1, x, kernelX);
        float[] alongY = blurred(alongX, x.points(), y, kernelY);
        return z.points() == 1 ? alongY : blurred(alongY, x.points() * y.points(), z, kernelZ);
    }

    private static float[] blurred(float[] grid, int stride, GridSize axis, KaiserBessel kernel) {
        float[] result = new float[grid.length];
        int reach = KaiserBessel.WIDTH / 2;
        for (int offset = -reach; offset <= reach; offset++) {
            float weight = kernel.at(offset);
            for (int at = 0; at < grid.length; at++) {
                int index = at / stride % axis.points();
                int from = at + (Math.floorMod(index + offset, axis.points()) - index) * stride;
                result[at] += weight * grid[from];
            }
        }
        return result;
    }

    /** A complex image. */
    record Image(float[] real, float[] imaginary) {}

    /** The image of a grid, with the kernel's darkening undone. Lines run in parallel on the common pool. */
    Image transform(float[] gridReal, float[] gridImaginary) {
        Image alongX = along(x, gridReal, gridImaginary, 1, y.points() * z.points());
        Image alongY = along(y, alongX.real, alongX.imaginary, x.pixels(), z.points());
        Image image = z.points() == 1 ? alongY : along(z, alongY.real, alongY.imaginary, x.pixels() * y.pixels(), 1);
        deapodise(image);
        return image;
    }

    /**
     * Transforms one axis.
     *
     * @param stride from one point of the axis to the next
     * @param blocks of all points of this axis and the faster ones
     */
    private static Image along(GridSize axis, float[] real, float[] imaginary, int stride, int blocks) {
        int size = stride * axis.pixels() * blocks;
        float[] toReal = new float[size];
        float[] toImaginary = new float[size];
        int lines = stride * blocks;
        IntStream.range(0, (lines + LINES_PER_TASK - 1) / LINES_PER_TASK)
                .parallel()
                .forEach(task -> {
                    CentredFft fft = new CentredFft(axis.points());
                    for (int line = task * LINES_PER_TASK;
                            line < Math.min(lines, (task + 1) * LINES_PER_TASK);
                            line++) {
                        int block = line / stride;
                        int within = line % stride;
                        fft.load(real, imaginary, block * stride * axis.points() + within, stride);
                        fft.inverse();
                        int to = block * stride * axis.pixels() + within;
                        fft.store(toReal, toImaginary, to, stride, axis.firstPixel(), axis.pixels());
                    }
                });
        return new Image(toReal, toImaginary);
    }

    private void deapodise(Image image) {
        float[] alongX = x.deapodisation(kernelX);
        float[] alongY = y.deapodisation(kernelY);
        float[] alongZ = z.deapodisation(kernelZ);
        int at = 0;
        for (float planeFactor : alongZ) {
            for (float rowFactor : alongY) {
                float factor = planeFactor * rowFactor;
                for (float columnFactor : alongX) {
                    image.real[at] *= factor * columnFactor;
                    image.imaginary[at] *= factor * columnFactor;
                    at++;
                }
            }
        }
    }
}
