package org.isocenter.recon.correct;

import java.util.stream.IntStream;
import org.isocenter.recon.fft.CentredFft;

/** The centred transform, in place, along one axis of values that lie x fastest, then y, then z. Unscaled, as {@link CentredFft}. */
final class AxisTransform {
    /** So many values are worth a task of their own. */
    private static final int LEAST_PER_TASK = 1 << 14;

    private AxisTransform() {}

    /** Uses the common pool. */
    static void apply(float[] real, float[] imaginary, int[] sizes, int axis, boolean forward) {
        int length = sizes[axis];
        if (length == 1) {
            return;
        }
        int lines = real.length / length;
        int tasks = Math.max(1, Math.min(lines, real.length / LEAST_PER_TASK));
        IntStream.range(0, tasks).parallel().forEach(task -> {
            int from = (int) ((long) lines * task / tasks);
            int to = (int) ((long) lines * (task + 1) / tasks);
            lines(real, imaginary, sizes, axis, forward, new CentredFft(length), from, to);
        });
    }

    /** On the caller's thread, with the caller's plan. */
    static void apply(float[] real, float[] imaginary, int[] sizes, int axis, boolean forward, CentredFft plan) {
        lines(real, imaginary, sizes, axis, forward, plan, 0, real.length / sizes[axis]);
    }

    private static void lines(
            float[] real,
            float[] imaginary,
            int[] sizes,
            int axis,
            boolean forward,
            CentredFft plan,
            int from,
            int to) {
        int length = sizes[axis];
        int stride = 1;
        for (int before = 0; before < axis; before++) {
            stride *= sizes[before];
        }
        for (int line = from; line < to; line++) {
            int offset = line / stride * stride * length + line % stride;
            plan.load(real, imaginary, offset, stride);
            if (forward) {
                plan.forward();
            } else {
                plan.inverse();
            }
            plan.store(real, imaginary, offset, stride, 0, length);
        }
    }
}
