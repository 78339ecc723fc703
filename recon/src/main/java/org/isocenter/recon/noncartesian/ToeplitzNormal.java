package org.isocenter.recon.noncartesian;

import org.isocenter.recon.fft.FftPlan;
import org.isocenter.recon.fft.GridFft;
import org.isocenter.recon.fft.Span;

/**
 * Forward transform to weighted samples and back, as a product with the transform of the point-spread function on a grid at
 * least twice the image's, so that nothing wraps around into the image. Immutable; any thread.
 */
final class ToeplitzNormal {
    private final KernelGrid grid;
    private final FftPlan planX;
    private final FftPlan planY;
    private final FftPlan planZ;
    /** On the double grid; real, since the point-spread function is Hermitian. Holds the scale of the transforms. */
    private final float[] response;

    /** @param weights of the samples: what each is multiplied by between the two transforms */
    ToeplitzNormal(Samples samples, KernelGrid grid, Nufft nufft, float[] weights) {
        this.grid = grid;
        this.planX = plan(grid.x);
        this.planY = plan(grid.y);
        this.planZ = plan(grid.z);
        int size = planX.length() * planY.length() * planZ.length();
        float[] real = new float[size];
        float[] imaginary = new float[size];
        spreadOfPoint(samples, nufft, weights, real, imaginary);
        GridFft.forward(real, imaginary, planX.length(), planY.length(), planZ.length());
        for (int i = 0; i < size; i++) {
            real[i] /= size;
        }
        response = real;
    }

    private static FftPlan plan(GridSize axis) {
        return FftPlan.of(axis.points() == 1 ? 1 : GridSize.smooth(2 * axis.pixels()));
    }

    /**
     * The image of the weights, from -N to N-1 along each axis: in as many parts as there are corners, each of the image's own
     * size and brought to its centre by phases.
     */
    private void spreadOfPoint(Samples samples, Nufft nufft, float[] weights, float[] real, float[] imaginary) {
        int pixels = grid.pixels();
        float[] partReal = new float[pixels];
        float[] partImaginary = new float[pixels];
        Nufft.Scratch scratch = nufft.scratch();
        for (int corner = 0; corner < 1 << grid.dimensions(); corner++) {
            int shiftX = shift(grid.x, corner & 1);
            int shiftY = shift(grid.y, corner >> 1 & 1);
            int shiftZ = grid.dimensions() == 2 ? 0 : shift(grid.z, corner >> 2);
            float[] cosines = new float[weights.length];
            float[] sines = new float[weights.length];
            for (int i = 0; i < weights.length; i++) {
                if (!samples.wanted()[i]) {
                    continue;
                }
                double turns = (double) samples.k()[0][i] * shiftX / grid.x.pixels()
                        + (double) samples.k()[1][i] * shiftY / grid.y.pixels();
                if (grid.dimensions() == 3) {
                    turns += (double) samples.k()[2][i] * shiftZ / grid.z.pixels();
                }
                cosines[i] = (float) (weights[i] * Math.cos(2 * Math.PI * turns));
                sines[i] = (float) (weights[i] * Math.sin(2 * Math.PI * turns));
            }
            scratch.adjoint(cosines, sines, partReal, partImaginary);
            for (int at = 0; at < pixels; at++) {
                int x = at % grid.x.pixels() - grid.x.pixels() / 2 + shiftX;
                int y = at / grid.x.pixels() % grid.y.pixels() - grid.y.pixels() / 2 + shiftY;
                int z = at / (grid.x.pixels() * grid.y.pixels()) - grid.z.pixels() / 2 + shiftZ;
                // -N has no opposite and is never needed.
                boolean needed = x > -grid.x.pixels() && y > -grid.y.pixels() && z > -grid.z.pixels();
                if (needed) {
                    int to = ((z + planZ.length() / 2) * planY.length() + y + planY.length() / 2) * planX.length()
                            + x
                            + planX.length() / 2;
                    real[to] = partReal[at];
                    imaginary[to] = partImaginary[at];
                }
            }
        }
    }

    /** Of the part from -N to -1, or from 0 to N-1. */
    private static int shift(GridSize axis, int upper) {
        return upper == 1 ? axis.pixels() / 2 : axis.pixels() / 2 - axis.pixels();
    }

    /** The double grid. One thread at a time. */
    final class Scratch {
        private final float[] rowsReal = new float[planX.length() * grid.y.pixels() * grid.z.pixels()];
        private final float[] rowsImaginary = new float[rowsReal.length];
        private final float[] planesReal = new float[planX.length() * planY.length() * grid.z.pixels()];
        private final float[] planesImaginary = new float[planesReal.length];
        /** All axes are long; in 2D they are so already. */
        private final float[] allReal = grid.dimensions() == 2 ? planesReal : new float[response.length];

        private final float[] allImaginary = grid.dimensions() == 2 ? planesImaginary : new float[response.length];

        private Scratch() {}

        /** Replaces an image. */
        void apply(float[] real, float[] imaginary) {
            int rows = grid.y.pixels() * grid.z.pixels();
            int plane = planX.length() * planY.length();
            Span x = Span.middle(planX.length(), grid.x.pixels());
            Span y = Span.middle(planY.length(), grid.y.pixels());
            Span z = Span.middle(planZ.length(), grid.z.pixels());
            Span longX = Span.whole(planX.length());
            Span longY = Span.whole(planY.length());
            Span longZ = Span.whole(planZ.length());
            int slices = grid.z.pixels();
            // Real and imaginary change places for the forward transforms.
            GridFft.along(planX, imaginary, real, x, rowsImaginary, rowsReal, longX, 1, rows);
            GridFft.along(
                    planY, rowsImaginary, rowsReal, y, planesImaginary, planesReal, longY, planX.length(), slices);
            if (grid.dimensions() == 3) {
                GridFft.along(planZ, planesImaginary, planesReal, z, allImaginary, allReal, longZ, plane, 1);
            }
            for (int i = 0; i < response.length; i++) {
                allReal[i] *= response[i];
            }
            for (int i = 0; i < response.length; i++) {
                allImaginary[i] *= response[i];
            }
            if (grid.dimensions() == 3) {
                GridFft.along(planZ, allReal, allImaginary, longZ, planesReal, planesImaginary, z, plane, 1);
            }
            GridFft.along(
                    planY, planesReal, planesImaginary, longY, rowsReal, rowsImaginary, y, planX.length(), slices);
            GridFft.along(planX, rowsReal, rowsImaginary, longX, real, imaginary, x, 1, rows);
        }
    }

    Scratch scratch() {
        return new Scratch();
    }
}
