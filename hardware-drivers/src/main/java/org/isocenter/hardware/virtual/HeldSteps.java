package org.isocenter.hardware.virtual;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A growing list of intervals in which all outputs are held. */
final class HeldSteps {
    /** So many samples under one gradient are received as one Fourier transform, fewer are summed one by one. */
    private static final int FEWEST_STEADY_SAMPLES = 24;

    /** Samples of a window under one gradient, or under changing ones: null. */
    record Stretch(int first, int samples, GradientField gradient) {}

    private final double secondsPerTick;
    private int count;
    private long[] ticks = new long[64];
    private float[] hertz = new float[64];
    private double[] phase = new double[64];
    private final float[][] gradient = {new float[64], new float[64], new float[64]};

    HeldSteps(double secondsPerTick) {
        this.secondsPerTick = secondsPerTick;
    }

    boolean isEmpty() {
        return count == 0;
    }

    int count() {
        return count;
    }

    double phase(int step) {
        return phase[step];
    }

    void clear() {
        count = 0;
    }

    void add(long duration, float b1, double b1Phase, float[] g) {
        if (count > 0
                && hertz[count - 1] == b1
                && phase[count - 1] == b1Phase
                && gradient[0][count - 1] == g[0]
                && gradient[1][count - 1] == g[1]
                && gradient[2][count - 1] == g[2]) {
            ticks[count - 1] += duration;
            return;
        }
        if (count == ticks.length) {
            ticks = Arrays.copyOf(ticks, count * 2);
            hertz = Arrays.copyOf(hertz, count * 2);
            phase = Arrays.copyOf(phase, count * 2);
            for (int axis = 0; axis < 3; axis++) {
                gradient[axis] = Arrays.copyOf(gradient[axis], count * 2);
            }
        }
        ticks[count] = duration;
        hertz[count] = b1;
        phase[count] = b1Phase;
        for (int axis = 0; axis < 3; axis++) {
            gradient[axis][count] = g[axis];
        }
        count++;
    }

    void addAll(HeldSteps other) {
        for (int i = 0; i < other.count; i++) {
            add(other.ticks[i], other.hertz[i], other.phase[i], other.gradientAt(i));
        }
    }

    private float[] gradientAt(int i) {
        return new float[] {gradient[0][i], gradient[1][i], gradient[2][i]};
    }

    long totalTicks() {
        long sum = 0;
        for (int i = 0; i < count; i++) {
            sum += ticks[i];
        }
        return sum;
    }

    /** Where the longest stretch of one gradient begins. */
    int steadyFrom() {
        int best = 0;
        long longest = -1;
        for (int i = 0; i < count; i = steadyTo(i)) {
            long length = 0;
            for (int k = i; k < steadyTo(i); k++) {
                length += ticks[k];
            }
            if (length > longest) {
                longest = length;
                best = i;
            }
        }
        return best;
    }

    /** The first step after this one that has another gradient. */
    int steadyTo(int from) {
        int to = from + 1;
        while (to < count
                && gradient[0][to] == gradient[0][from]
                && gradient[1][to] == gradient[1][from]
                && gradient[2][to] == gradient[2][from]) {
            to++;
        }
        return to;
    }

    /** At most how much the steps from one to another turn a spin, in tick·Hz. */
    double turn(int from, int to) {
        double sum = 0;
        for (int i = from; i < to; i++) {
            sum += hertz[i] * (double) ticks[i];
        }
        return sum;
    }

    /** Free precession in the steps from one to another. */
    void precess(int from, int to, GradientPath path) {
        for (int i = from; i < to; i++) {
            path.add(gradient[0][i], gradient[1][i], gradient[2][i], ticks[i] * secondsPerTick);
        }
    }

    Pulse toPulse(int from, int to) {
        double[] relative = new double[to - from];
        for (int i = from; i < to; i++) {
            relative[i - from] = phase[i] - phase[from];
        }
        float[][] g = new float[3][];
        for (int axis = 0; axis < 3; axis++) {
            g[axis] = Arrays.copyOfRange(gradient[axis], from, to);
        }
        return new Pulse(
                Arrays.copyOfRange(ticks, from, to), Arrays.copyOfRange(hertz, from, to), relative, g, secondsPerTick);
    }

    /** Cuts a window where its gradient starts or ends to be steady for long enough to be worth it. */
    List<Stretch> stretches(int samples, double dwell) {
        List<Stretch> stretches = new ArrayList<>();
        double end = 0;
        int sample = 0;
        int open = 0;
        for (int i = 0; i < count && sample < samples; i = steadyTo(i)) {
            for (int k = i; k < steadyTo(i); k++) {
                end += ticks[k] * secondsPerTick;
            }
            int beyond = Math.min(samples, (int) Math.ceil(end / dwell - 0.5 - 1e-9));
            if (steadyTo(i) == count) {
                beyond = samples;
            }
            boolean all = sample == 0 && beyond == samples;
            if (all || beyond - sample >= FEWEST_STEADY_SAMPLES) {
                if (sample > open) {
                    stretches.add(new Stretch(open, sample - open, null));
                }
                GradientField steady = GradientField.linear(gradient[0][i], gradient[1][i], gradient[2][i]);
                stretches.add(new Stretch(sample, beyond - sample, steady));
                open = beyond;
            }
            sample = Math.max(sample, beyond);
        }
        if (samples > open) {
            stretches.add(new Stretch(open, samples - open, null));
        }
        return stretches;
    }

    /** Free precession from one time to another. */
    void precessBetween(double fromSeconds, double toSeconds, GradientPath path) {
        double start = 0;
        for (int i = 0; i < count && start < toSeconds; i++) {
            double end = i == count - 1 ? toSeconds : start + ticks[i] * secondsPerTick;
            double length = Math.min(end, toSeconds) - Math.max(start, fromSeconds);
            if (length > 0) {
                path.add(gradient[0][i], gradient[1][i], gradient[2][i], length);
            }
            start = end;
        }
    }

    /** The gradient's integral from the start of the first of these samples to each. */
    double[][] turns(int first, int samples, double dwell) {
        double[][] turns = new double[3][samples];
        double[] before = turnsUntil(first * dwell);
        double[] sum = new double[3];
        double start = 0;
        int step = 0;
        for (int n = 0; n < samples; n++) {
            double time = (first + n + 0.5) * dwell;
            while (step < count - 1 && start + ticks[step] * secondsPerTick <= time) {
                double length = ticks[step] * secondsPerTick;
                for (int axis = 0; axis < 3; axis++) {
                    sum[axis] += gradient[axis][step] * length;
                }
                start += length;
                step++;
            }
            for (int axis = 0; axis < 3; axis++) {
                turns[axis][n] = sum[axis] - before[axis] + gradient[axis][step] * (time - start);
            }
        }
        return turns;
    }

    private double[] turnsUntil(double seconds) {
        double[] sum = new double[3];
        double start = 0;
        for (int i = 0; i < count && start < seconds; i++) {
            double length = Math.min(ticks[i] * secondsPerTick, seconds - start);
            for (int axis = 0; axis < 3; axis++) {
                sum[axis] += gradient[axis][i] * length;
            }
            start += ticks[i] * secondsPerTick;
        }
        return sum;
    }
}
