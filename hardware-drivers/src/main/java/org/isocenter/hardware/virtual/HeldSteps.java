package org.isocenter.hardware.virtual;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A growing list of intervals, one after the other, in which the transmitter and the commanded gradients are held. */
final class HeldSteps {
    /** So many samples under one gradient are a steady stretch of their own, fewer go with the changing ones beside them. */
    private static final int FEWEST_STEADY_SAMPLES = 24;

    /** Samples of a window under one gradient, or under changing ones: null. */
    record Stretch(int first, int samples, GradientField gradient) {}

    private final double secondsPerTick;
    private final ScannerFields fields;
    private int count;
    private long startTick;
    private long endTick;
    private long[] ticks = new long[64];
    private float[] hertz = new float[64];
    private double[] phase = new double[64];
    private PlayedField[] field = new PlayedField[64];

    HeldSteps(double secondsPerTick, ScannerFields fields) {
        this.secondsPerTick = secondsPerTick;
        this.fields = fields;
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

    /** @param tick at which it begins, which is where the step before it ends */
    void add(long tick, long duration, float b1, double b1Phase, PlayedField played) {
        if (count == 0) {
            startTick = tick;
        }
        endTick = tick + duration;
        if (count > 0 && hertz[count - 1] == b1 && phase[count - 1] == b1Phase && field[count - 1].sameAs(played)) {
            ticks[count - 1] += duration;
            return;
        }
        if (count == ticks.length) {
            ticks = Arrays.copyOf(ticks, count * 2);
            hertz = Arrays.copyOf(hertz, count * 2);
            phase = Arrays.copyOf(phase, count * 2);
            field = Arrays.copyOf(field, count * 2);
        }
        ticks[count] = duration;
        hertz[count] = b1;
        phase[count] = b1Phase;
        field[count] = played;
        count++;
    }

    void addAll(HeldSteps other) {
        long tick = other.startTick;
        for (int i = 0; i < other.count; i++) {
            add(tick, other.ticks[i], other.hertz[i], other.phase[i], other.field[i]);
            tick += other.ticks[i];
        }
    }

    long totalTicks() {
        return count == 0 ? 0 : endTick - startTick;
    }

    /** From the table's start to the beginning of a step, or to the end of all. */
    private double startSeconds(int step) {
        long tick = startTick;
        for (int i = 0; i < step; i++) {
            tick += ticks[i];
        }
        return tick * secondsPerTick;
    }

    /** Where the longest stretch of one gradient begins. */
    int steadyFrom() {
        int best = 0;
        long longest = -1;
        int to;
        for (int i = 0; i < count; i = to) {
            to = steadyTo(i);
            long length = 0;
            for (int k = i; k < to; k++) {
                length += ticks[k];
            }
            if (length > longest) {
                longest = length;
                best = i;
            }
        }
        return best;
    }

    /** The first step after this one that has another gradient, eddy currents left aside. */
    int steadyTo(int from) {
        int to = from + 1;
        while (to < count && (field[to] == field[from] || field[to].steady().sameAs(field[from].steady()))) {
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
        precessBetween(from, to, Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY, path);
    }

    /** Free precession from one time to another, seconds since the first step's start. */
    void precessBetween(double fromSeconds, double toSeconds, GradientPath path) {
        double start = startTick * secondsPerTick;
        precessBetween(0, count, start + fromSeconds, start + toSeconds, path);
    }

    private void precessBetween(int first, int beyond, double from, double to, GradientPath path) {
        double start = startSeconds(first);
        long tick = 0;
        double begin = start;
        for (int i = first; i < beyond && begin < to; i++) {
            tick += ticks[i];
            double end = start + tick * secondsPerTick;
            double since = Math.max(begin, from);
            double until = Math.min(end, to);
            if (until > since) {
                field[i].precess(since, until, path);
            }
            begin = end;
        }
    }

    /**
     * What the fields turn the spins in each half of the steps from one to another, beyond what the steady gradients do.
     *
     * @return {@code [half]}, turns/m along x, y, z, and turns of all spins
     */
    double[][] unsteadyTurns(int from, int to) {
        double begin = startSeconds(from);
        double length = seconds(from, to);
        double middle = begin + 0.5 * length;
        double[][] sums = new double[2][EddyCurrents.COMPONENTS];
        double start = begin;
        for (int i = from; i < to; i++) {
            double end = start + ticks[i] * secondsPerTick;
            if (start < middle) {
                field[i].addDecayingTurns(start, Math.min(end, middle), sums[0]);
            }
            if (end > middle) {
                field[i].addDecayingTurns(Math.max(start, middle), end, sums[1]);
            }
            start = end;
        }
        sums[0][3] += fields.variationTurns(begin, middle);
        sums[1][3] += fields.variationTurns(middle, begin + length);
        return sums;
    }

    double seconds(int from, int to) {
        return Arrays.stream(ticks, from, to).sum() * secondsPerTick;
    }

    /**
     * The steps as a pulse under their steady gradients and another one.
     *
     * @param more Hz/m along x, y, z
     */
    Pulse toPulse(int from, int to, double[] more) {
        double[] relative = new double[to - from];
        float[][] g = new float[3][to - from];
        for (int i = from; i < to; i++) {
            relative[i - from] = phase[i] - phase[from];
            for (int axis = 0; axis < 3; axis++) {
                g[axis][i - from] = (float) (field[i].steady().axis(axis) + more[axis]);
            }
        }
        return new Pulse(
                Arrays.copyOfRange(ticks, from, to),
                Arrays.copyOfRange(hertz, from, to),
                relative,
                g,
                secondsPerTick,
                fields.concomitant());
    }

    /** Cuts a window where its gradient starts or ends to be steady for long enough to be worth it. */
    List<Stretch> stretches(int samples, double dwell) {
        if (eddyCurrentsFlow()) {
            return List.of(new Stretch(0, samples, null));
        }
        List<Stretch> stretches = new ArrayList<>();
        double end = 0;
        int sample = 0;
        int open = 0;
        int to;
        for (int i = 0; i < count && sample < samples; i = to) {
            to = steadyTo(i);
            for (int k = i; k < to; k++) {
                end += ticks[k] * secondsPerTick;
            }
            int beyond = Math.min(samples, (int) Math.ceil(end / dwell - 0.5 - 1e-9));
            if (to == count) {
                beyond = samples;
            }
            boolean all = sample == 0 && beyond == samples;
            if (all || beyond - sample >= FEWEST_STEADY_SAMPLES) {
                if (sample > open) {
                    stretches.add(new Stretch(open, sample - open, null));
                }
                stretches.add(new Stretch(sample, beyond - sample, field[i].steady()));
                open = beyond;
            }
            sample = Math.max(sample, beyond);
        }
        if (samples > open) {
            stretches.add(new Stretch(open, samples - open, null));
        }
        return stretches;
    }

    private boolean eddyCurrentsFlow() {
        double start = startTick * secondsPerTick;
        for (int i = 0; i < count; i++) {
            if (!field[i].steadyFrom(start)) {
                return true;
            }
            start += ticks[i] * secondsPerTick;
        }
        return false;
    }

    /**
     * Turns since a reference moment.
     *
     * @param turns {@code {x, y, z, x², y², z², xy, xz, yz}[sample]}, the last six only with concomitant fields
     * @param common of all spins, by sample
     */
    record Curves(double[][] turns, double[] common) {}

    /** What the fields do from a reference moment to each of these samples; times count from the first step's start. */
    Curves curves(int first, int samples, double dwell, double referenceSeconds) {
        boolean bent = fields.concomitant().on();
        double[][] turns = new double[bent ? 3 + GradientField.QUADRATIC : 3][samples];
        double[] common = new double[samples];
        GradientPath before = new GradientPath();
        precessBetween(0, referenceSeconds, before);
        double[] reference = coordinates(before, turns.length);
        PathWalk walk = new PathWalk();
        for (int n = 0; n < samples; n++) {
            GradientPath path = walk.to((first + n + 0.5) * dwell);
            double[] at = coordinates(path, turns.length);
            for (int k = 0; k < turns.length; k++) {
                turns[k][n] = at[k] - reference[k];
            }
            common[n] = path.commonTurns() - before.commonTurns();
        }
        return new Curves(turns, common);
    }

    private static double[] coordinates(GradientPath path, int length) {
        double[] coordinates = new double[length];
        coordinates[0] = path.x();
        coordinates[1] = path.y();
        coordinates[2] = path.z();
        if (length > 3 && path.quadratic() != null) {
            System.arraycopy(path.quadratic(), 0, coordinates, 3, GradientField.QUADRATIC);
        }
        return coordinates;
    }

    /** A path through the steps that stops now and then. */
    private final class PathWalk {
        private final GradientPath path = new GradientPath();
        private double time = startTick * secondsPerTick;
        private long stepEnd = startTick + ticks[0];
        private int step;

        /** The path from the first step's start to a time after it; times must not go back. */
        GradientPath to(double seconds) {
            double until = startTick * secondsPerTick + seconds;
            while (time < until) {
                boolean last = step == count - 1;
                double end = last ? until : Math.min(until, stepEnd * secondsPerTick);
                if (end > time) {
                    field[step].precess(time, end, path);
                    time = end;
                }
                if (!last && time >= stepEnd * secondsPerTick) {
                    step++;
                    stepEnd += ticks[step];
                }
            }
            return path;
        }
    }
}
