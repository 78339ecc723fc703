package org.isocenter.recon.fft;

import java.util.concurrent.ForkJoinPool;
import java.util.stream.IntStream;
import org.isocenter.recon.array.ChannelGrid;

/**
 * Centred Fourier transforms of whole grids, without a scale factor: {@link #inverse} takes k-space to the image
 * (exp(+2πi…)), {@link #forward} the image to k-space (exp(-2πi…)); one after the other multiplies by the number of points. k =
 * 0 and the image's centre are at N/2, rounded down, of each axis. Planar, x fastest, then y, then z. Works in the
 * common pool; the result does not depend on the number of threads. Any thread may call.
 */
public final class GridFft {
    /** Into so many parts for each core work is cut: fewer costs parallelism, more costs memory that is cleared for each. */
    private static final int PARTS_PER_CORE = 4;

    /** Enough to keep all cores busy, one plane each. */
    private static final int MANY_PLANES = 32;

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
        planes(sizeX, sizeY, real, imaginary, sizeZ);
        along(sizeZ, real, imaginary, sizeX * sizeY, 1);
    }

    /** Both axes of planes: where there are many, one plane after the other, which then is still in the cache. */
    private static void planes(int sizeX, int sizeY, float[] real, float[] imaginary, int planes) {
        if (planes < MANY_PLANES || sizeX == 1 || sizeY == 1) {
            along(sizeX, real, imaginary, 1, sizeY * planes);
            along(sizeY, real, imaginary, sizeX, planes);
            return;
        }
        FftPlan x = FftPlan.of(sizeX);
        FftPlan y = FftPlan.of(sizeY);
        int parts = Math.min(planes, parts());
        IntStream.range(0, parts).parallel().forEach(part -> {
            FftLanes alongX = x.borrow();
            FftLanes alongY = y.borrow();
            for (int plane = begin(part, parts, planes); plane < begin(part + 1, parts, planes); plane++) {
                int first = plane * sizeX * sizeY;
                inPlace(alongX, Span.whole(sizeX), real, imaginary, new Lines(first, 1, sizeX, sizeY));
                inPlace(alongY, Span.whole(sizeY), real, imaginary, new Lines(first, sizeX, 1, sizeX));
            }
            x.giveBack(alongX);
            y.giveBack(alongY);
        });
    }

    /** As many lines as there are. */
    private static void inPlace(FftLanes lanes, Span whole, float[] real, float[] imaginary, Lines all) {
        for (int first = 0; first < all.lines(); first += FftLanes.LANES) {
            int count = Math.min(FftLanes.LANES, all.lines() - first);
            Lines at = new Lines(all.offset() + first * all.lineStride(), all.stride(), all.lineStride(), count);
            lanes.load(real, imaginary, at, whole);
            lanes.inverse();
            lanes.store(real, imaginary, at, whole);
        }
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
        int parts = Math.min(tasks, parts());
        IntStream.range(0, parts).parallel().forEach(part -> {
            FftLanes lanes = plan.borrow();
            for (int task = begin(part, parts, tasks); task < begin(part + 1, parts, tasks); task++) {
                int first = task % groups * FftLanes.LANES;
                int count = Math.min(FftLanes.LANES, lines - first);
                int block = task / groups * stride;
                int from = block * given.count() + first * fromLine;
                lanes.load(fromReal, fromImaginary, new Lines(from, stride, fromLine, count), given);
                lanes.inverse();
                int to = block * wanted.count() + first * toLine;
                lanes.store(toReal, toImaginary, new Lines(to, stride, toLine, count), wanted);
            }
            plan.giveBack(lanes);
        });
    }

    private static int parts() {
        return PARTS_PER_CORE * (ForkJoinPool.getCommonPoolParallelism() + 1);
    }

    private static int begin(int part, int parts, int tasks) {
        return (int) ((long) part * tasks / parts);
    }

    private static IntStream channels(ChannelGrid grid) {
        return IntStream.range(0, grid.channels()).parallel();
    }
}
