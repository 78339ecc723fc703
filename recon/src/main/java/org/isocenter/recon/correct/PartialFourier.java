package org.isocenter.recon.correct;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.isocenter.recon.array.ChannelGrid;
import org.isocenter.recon.fft.GridFft;

/**
 * Completes a k-space that was measured beyond its centre on one side only: fewer lines or partitions (partial Fourier), or
 * echoes that begin late (partial echo). How much is there is seen from the data, along x, y and z; nothing is done along axes
 * whose two sides reach equally far, nor where there are gaps, which parallel imaging must fill first.
 *
 * <p>Pure; uses the common pool.
 */
public final class PartialFourier {
    /** How to complete it. */
    public enum Method {
        /** Leaves zeros: what was not measured blurs the image, by complex weights. */
        ZERO_FILL,
        /**
         * Noll, Nishimura and Macovski 1991. One pass; takes the phase of the low resolution for that of the image, so its
         * phase is smooth.
         */
        HOMODYNE,
        /** Haacke, Lindskog and Lin 1991. Some passes; what was measured is kept as it is, and with it the image's own phase. */
        POCS
    }

    /** Enough for errors far below those of the phase that is assumed. */
    public static final int ITERATIONS = 6;

    /**
     * What was found and done.
     *
     * @param notes for the user; empty for a whole k-space
     * @param completed whether values were put where zeros were
     */
    public record Outcome(List<String> notes, boolean completed) {}

    private PartialFourier() {}

    /**
     * Completes all channels, in place.
     *
     * @param kSpace with zeros where nothing was measured
     * @param iterations of {@link Method#POCS}
     */
    public static Outcome complete(ChannelGrid kSpace, Method method, int iterations) {
        List<SampledExtent> partial = new ArrayList<>();
        List<String> notes = new ArrayList<>();
        for (SampledExtent extent : SampledExtent.of(kSpace)) {
            if (extent.isPartial()) {
                partial.add(extent);
            } else if (extent.isOneSided()) {
                notes.add(measured(extent) + ", "
                        + (extent.hasGaps() ? "with gaps" : "which hardly reach beyond the centre on one side")
                        + ": the others were taken for zero");
            }
        }
        if (partial.isEmpty()) {
            return new Outcome(notes, false);
        }
        String what = partial.stream().map(PartialFourier::measured).collect(Collectors.joining(" and "));
        notes.add("partial Fourier: " + what + "; " + deed(method));
        if (method == Method.ZERO_FILL) {
            return new Outcome(notes, false);
        }
        for (int channel = 0; channel < kSpace.channels(); channel++) {
            complete(kSpace, channel, partial, method, iterations);
        }
        return new Outcome(notes, true);
    }

    private static String measured(SampledExtent extent) {
        String what = List.of("samples of a line", "lines", "partitions").get(extent.axis());
        return extent.held() + " of " + extent.whole() + " " + what + " were measured";
    }

    private static String deed(Method method) {
        return switch (method) {
            case ZERO_FILL -> "the others were taken for zero, which blurs the image";
            case HOMODYNE -> "the others were completed by homodyne detection (Noll 1991)";
            case POCS -> "the others were completed by projections onto convex sets (Haacke 1991)";
        };
    }

    private static void complete(
            ChannelGrid kSpace, int channel, List<SampledExtent> partial, Method method, int iterations) {
        int[] sizes = {kSpace.sizeX(), kSpace.sizeY(), kSpace.sizeZ()};
        float[] real = kSpace.real(channel).clone();
        float[] imaginary = kSpace.imaginary(channel).clone();
        List<Integer> others = IntStream.range(0, sizes.length)
                .filter(axis -> partial.stream().noneMatch(extent -> extent.axis() == axis))
                .boxed()
                .toList();
        others.forEach(axis -> inverse(real, imaginary, sizes, axis));
        solve(real, imaginary, sizes, partial, others, method, iterations);
        // The forward transform is the inverse one of the parts in each other's place.
        others.forEach(axis -> inverse(imaginary, real, sizes, axis));
        double scale = 1;
        for (int axis : others) {
            scale /= sizes[axis];
        }
        store(kSpace, channel, real, imaginary, (float) scale, method == Method.POCS ? partial : List.of());
    }

    private static void inverse(float[] real, float[] imaginary, int[] sizes, int axis) {
        int stride = 1;
        for (int faster = 0; faster < axis; faster++) {
            stride *= sizes[faster];
        }
        GridFft.along(sizes[axis], real, imaginary, stride, real.length / sizes[axis] / stride);
    }

    /** @param kept values within all of these are left as they are; none means that all are replaced */
    private static void store(
            ChannelGrid kSpace, int channel, float[] real, float[] imaginary, float scale, List<SampledExtent> kept) {
        int sizeX = kSpace.sizeX();
        for (int row = 0; row < kSpace.sizeY() * kSpace.sizeZ(); row++) {
            int[] place = {0, row % kSpace.sizeY(), row / kSpace.sizeY()};
            boolean keep = !kept.isEmpty();
            int keptFrom = row * sizeX;
            int keptTo = keptFrom + sizeX - 1;
            for (SampledExtent extent : kept) {
                if (extent.axis() == 0) {
                    keptTo = keptFrom + extent.last();
                    keptFrom += extent.first();
                } else {
                    keep &= extent.measured(place[extent.axis()]);
                }
            }
            for (int i = row * sizeX; i < (row + 1) * sizeX; i++) {
                if (!keep || i < keptFrom || i > keptTo) {
                    kSpace.real(channel)[i] = scale * real[i];
                    kSpace.imaginary(channel)[i] = scale * imaginary[i];
                }
            }
        }
    }

    private static void solve(
            float[] real,
            float[] imaginary,
            int[] sizes,
            List<SampledExtent> partial,
            List<Integer> others,
            Method method,
            int iterations) {
        int[] strides = {1, sizes[0], sizes[0] * sizes[1]};
        int problems = 1;
        for (int axis : others) {
            problems *= sizes[axis];
        }
        int all = problems;
        int[] within = offsets(partial, strides);
        int tasks = Math.min(all, 4 * Runtime.getRuntime().availableProcessors());
        IntStream.range(0, tasks).parallel().forEach(task -> {
            PhaseConstraint problem = new PhaseConstraint(partial);
            int from = (int) ((long) all * task / tasks);
            int to = (int) ((long) all * (task + 1) / tasks);
            for (int number = from; number < to; number++) {
                int offset = 0;
                int rest = number;
                for (int axis : others) {
                    offset += rest % sizes[axis] * strides[axis];
                    rest /= sizes[axis];
                }
                for (int i = 0; i < within.length; i++) {
                    problem.real()[i] = real[offset + within[i]];
                    problem.imaginary()[i] = imaginary[offset + within[i]];
                }
                if (method == Method.HOMODYNE) {
                    problem.homodyne();
                } else {
                    problem.project(iterations);
                }
                for (int i = 0; i < within.length; i++) {
                    real[offset + within[i]] = problem.real()[i];
                    imaginary[offset + within[i]] = problem.imaginary()[i];
                }
            }
        });
    }

    /** Where the points of one problem lie in the array, the first axis fastest. */
    private static int[] offsets(List<SampledExtent> partial, int[] strides) {
        int[] offsets = {0};
        for (SampledExtent extent : partial) {
            int[] more = new int[offsets.length * extent.size()];
            for (int index = 0; index < extent.size(); index++) {
                for (int i = 0; i < offsets.length; i++) {
                    more[index * offsets.length + i] = offsets[i] + index * strides[extent.axis()];
                }
            }
            offsets = more;
        }
        return offsets;
    }
}
