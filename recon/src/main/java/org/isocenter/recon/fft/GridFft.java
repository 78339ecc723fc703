package org.isocenter.recon.fft;

import java.util.stream.IntStream;
import org.isocenter.recon.array.ChannelGrid;

/**
 * Centred Fourier transforms of whole grids, without a scale factor: {@link #inverse} takes k-space to the image
 * (exp(+2πi…)), {@link #forward} the image to k-space (exp(-2πi…)); one after the other multiplies by the number of points. k =
 * 0 and the image's centre are at N/2, rounded down, of each axis. Planar, x fastest, then y, then z. Works in the
 * common pool; the result does not depend on the number of threads. Any thread may call.
 */
public final class GridFft {
    /** So many groups of lines share their workspace: more costs parallelism, fewer costs memory that is cleared for each. */
    private static final int GROUPS_PER_PART = 4;

    private GridFft() {}

    /** All axes, in place. */
    public static void inverse(ChannelGrid grid) {
        channels(grid)
                .forEach(channel ->
                        inverse(grid.real(channel), grid.imaginary(channel), grid.sizeX(), grid.sizeY(), grid.sizeZ()));
    }

    /** All axes, in place. */
    public static void forward(ChannelGrid grid) {
        channels(grid)
                .forEach(channel ->
                        forward(grid.real(channel), grid.imaginary(channel), grid.sizeX(), grid.sizeY(), grid.sizeZ()));
    }

    /** All axes of one channel, in place. */
    public static void inverse(float[] real, float[] imaginary, int sizeX, int sizeY, int sizeZ) {
        along(sizeX, real, imaginary, 1, sizeY * sizeZ);
        along(sizeY, real, imaginary, sizeX, sizeZ);
        along(sizeZ, real, imaginary, sizeX * sizeY, 1);
    }

    /** All axes of one channel, in place. */
    public static void forward(float[] real, float[] imaginary, int sizeX, int sizeY, int sizeZ) {
        inverse(imaginary, real, sizeX, sizeY, sizeZ);
    }

    /**
     * Inverse transform of one axis, in place.
     *
     * @param stride from one point of the axis to the next: how many points the faster axes have in all
     * @param blocks how many the slower axes have in all
     */
    public static void along(int length, float[] real, float[] imaginary, int stride, int blocks) {
        if (length > 1) {
            along(FftPlan.of(length), real, imaginary, stride, blocks);
        }
    }

    /** As {@link #along(int, float[], float[], int, int)}, for whoever keeps the plan. */
    public static void along(FftPlan plan, float[] real, float[] imaginary, int stride, int blocks) {
        if (plan.length() > 1) {
            Span whole = Span.whole(plan.length());
            along(plan, real, imaginary, whole, real, imaginary, whole, stride, blocks);
        }
    }

    /**
     * Inverse transform of one axis of which only a part is given, or wanted. From one pair of arrays to another, or to the same when
     * the spans are equal. The forward transform is the same with real and imaginary changing places in both pairs.
     *
     * @param stride from one point of the axis to the next: how many points the faster axes have in all
     * @param blocks how many the slower axes have in all
     */
    public static void along(
            FftPlan plan,
            float[] fromReal,
            float[] fromImaginary,
            Span given,
            float[] toReal,
            float[] toImaginary,
            Span wanted,
            int stride,
            int blocks) {
        int lines = stride == 1 ? blocks : stride;
        int groups = (lines + FftLanes.LANES - 1) / FftLanes.LANES;
        int tasks = stride == 1 ? groups : groups * blocks;
        // Neighbouring lines are the slower axes' where this is the fastest one.
        int fromLine = stride == 1 ? given.count() : 1;
        int toLine = stride == 1 ? wanted.count() : 1;
        int parts = (tasks + GROUPS_PER_PART - 1) / GROUPS_PER_PART;
        IntStream.range(0, parts).parallel().forEach(part -> {
            FftLanes lanes = new FftLanes(plan);
            for (int task = part * GROUPS_PER_PART; task < Math.min(tasks, (part + 1) * GROUPS_PER_PART); task++) {
                int first = task % groups * FftLanes.LANES;
                int count = Math.min(FftLanes.LANES, lines - first);
                int block = task / groups * stride;
                int from = block * given.count() + first * fromLine;
                lanes.load(fromReal, fromImaginary, new Lines(from, stride, fromLine, count), given);
                lanes.inverse();
                int to = block * wanted.count() + first * toLine;
                lanes.store(toReal, toImaginary, new Lines(to, stride, toLine, count), wanted);
            }
        });
    }

    private static IntStream channels(ChannelGrid grid) {
        return IntStream.range(0, grid.channels()).parallel();
    }
}
