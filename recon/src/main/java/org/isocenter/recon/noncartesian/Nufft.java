package org.isocenter.recon.noncartesian;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.isocenter.recon.fft.FftPlan;
import org.isocenter.recon.fft.GridFft;
import org.isocenter.recon.fft.Span;

/**
 * The non-uniform Fourier transform by convolution with a Kaiser–Bessel kernel on a finer grid (Fessler and Sutton, IEEE
 * Trans Signal Process 51:560, 2003; Beatty et al. 2005), unscaled: {@code value(k) = Σ image(x) · exp(-2πi k·x)} and its
 * adjoint {@code image(x) = Σ value(k) · exp(+2πi k·x)}, with pixel N/2 at x = 0. They agree with the sums to 1e-5 in 2D and 1e-4
 * in 3D. Values are planar; images hold x fastest, then y, then z. Immutable; any thread; works in the common pool, and
 * results do not depend on the number of its threads.
 */
final class Nufft {
    private final KernelGrid grid;
    private final Footprints footprints;
    private final FftPlan planX;
    private final FftPlan planY;
    private final FftPlan planZ;
    private final float[] edgesX;
    private final float[] edgesY;
    private final float[] edgesZ;

    Nufft(Samples samples, KernelGrid grid) {
        this.grid = grid;
        this.footprints = new Footprints(samples, grid);
        this.planX = FftPlan.of(grid.x.points());
        this.planY = FftPlan.of(grid.y.points());
        this.planZ = FftPlan.of(grid.z.points());
        this.edgesX = grid.x.deapodisation(grid.kernelX);
        this.edgesY = grid.y.deapodisation(grid.kernelY);
        this.edgesZ = grid.z.deapodisation(grid.kernelZ);
    }

    /** The grids between samples and image. One thread at a time. */
    final class Scratch {
        private final float[] gridReal = grid.zeros();
        private final float[] gridImaginary = grid.zeros();
        /** The grid with its x axis transformed and cut to the image's. */
        private final float[] rowsReal = new float[grid.x.pixels() * grid.y.padded() * grid.z.points()];

        private final float[] rowsImaginary = new float[rowsReal.length];
        /** With its y axis too. */
        private final float[] planesReal = new float[grid.x.pixels() * grid.y.pixels() * grid.z.points()];

        private final float[] planesImaginary = new float[planesReal.length];

        private Scratch() {}

        /** From samples (those not wanted are not looked at) to an image, which is overwritten. */
        void adjoint(float[] real, float[] imaginary, float[] imageReal, float[] imageImaginary) {
            Arrays.fill(gridReal, 0);
            Arrays.fill(gridImaginary, 0);
            footprints.spread(real, gridReal);
            footprints.spread(imaginary, gridImaginary);
            GridSize x = grid.x;
            GridSize y = grid.y;
            int rows = y.padded() * grid.z.points();
            Span paddedX = Span.whole(x.padded());
            Span paddedY = Span.whole(y.padded());
            GridFft.along(planX, gridReal, gridImaginary, paddedX, rowsReal, rowsImaginary, x.image(), 1, rows);
            if (grid.dimensions() == 2) {
                GridFft.along(
                        planY, rowsReal, rowsImaginary, paddedY, imageReal, imageImaginary, y.image(), x.pixels(), 1);
            } else {
                GridSize z = grid.z;
                GridFft.along(
                        planY,
                        rowsReal,
                        rowsImaginary,
                        paddedY,
                        planesReal,
                        planesImaginary,
                        y.image(),
                        x.pixels(),
                        z.points());
                GridFft.along(
                        planZ,
                        planesReal,
                        planesImaginary,
                        Span.whole(z.points()),
                        imageReal,
                        imageImaginary,
                        z.image(),
                        x.pixels() * y.pixels(),
                        1);
            }
            brighten(imageReal, imageReal);
            brighten(imageImaginary, imageImaginary);
        }

        /** From an image, which is left alone, to the samples; those not wanted are left alone too. */
        void forward(float[] imageReal, float[] imageImaginary, float[] real, float[] imaginary) {
            GridSize x = grid.x;
            GridSize y = grid.y;
            GridSize z = grid.z;
            // Real and imaginary change places: this is what makes the transform a forward one.
            if (grid.dimensions() == 2) {
                brighten(imageReal, planesImaginary);
                brighten(imageImaginary, planesReal);
            } else {
                brighten(imageReal, rowsImaginary);
                brighten(imageImaginary, rowsReal);
                GridFft.along(
                        planZ,
                        rowsReal,
                        rowsImaginary,
                        z.image(),
                        planesReal,
                        planesImaginary,
                        Span.whole(z.points()),
                        x.pixels() * y.pixels(),
                        1);
            }
            Span paddedX = Span.whole(x.padded());
            Span paddedY = Span.whole(y.padded());
            GridFft.along(
                    planY,
                    planesReal,
                    planesImaginary,
                    y.image(),
                    rowsReal,
                    rowsImaginary,
                    paddedY,
                    x.pixels(),
                    z.points());
            int rows = y.padded() * z.points();
            GridFft.along(planX, rowsReal, rowsImaginary, x.image(), gridReal, gridImaginary, paddedX, 1, rows);
            grid.wrap(gridReal);
            grid.wrap(gridImaginary);
            footprints.gather(gridImaginary, real);
            footprints.gather(gridReal, imaginary);
        }
    }

    Scratch scratch() {
        return new Scratch();
    }

    /** Undoes the kernel's darkening; {@code to} may be {@code image}. */
    private void brighten(float[] image, float[] to) {
        IntStream.range(0, edgesZ.length).parallel().forEach(plane -> {
            int at = plane * edgesY.length * edgesX.length;
            for (float rowFactor : edgesY) {
                float factor = edgesZ[plane] * rowFactor;
                for (float columnFactor : edgesX) {
                    to[at] = factor * columnFactor * image[at];
                    at++;
                }
            }
        });
    }
}
