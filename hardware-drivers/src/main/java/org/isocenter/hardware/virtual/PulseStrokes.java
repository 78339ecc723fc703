package org.isocenter.hardware.virtual;

import java.util.Arrays;

/**
 * A pulse cut into strokes of two equal halves, in each of which B1 and offset may be taken as constant. A held step in which a
 * spin turns far is cut; many short steps of one gradient are taken together by the second-order Magnus expansion: the mean
 * of B1; what its first two moments add for a spin off resonance, as a polynomial in the offset; and the shift that a turning
 * B1 makes (Blanes et al., Phys Rep 470:151, 2009). So the cost goes with how far spins turn, not with the raster.
 *
 * <p>No stroke crosses the border of two of the equal intervals that the pulse is divided in.
 */
final class PulseStrokes {
    /** In a stroke made of several steps no spin turns further, in radians. */
    private static final double LARGEST_JOINED_TURN = 0.6;

    /** In a stroke made of several steps B1's phase turns no further, in radians. */
    private static final double LARGEST_JOINED_PHASE = 0.4;

    /** In no stroke does any spin turn further, in radians. */
    private static final double LARGEST_TURN = 0.6;

    private static final int COEFFICIENTS = 7;
    private static final int PER_STROKE = 2 * COEFFICIENTS;

    private final Pulse pulse;
    private final double factor;
    private int count;
    private double[] seconds = new double[64];
    private int[] step = new int[64];
    private int[] interval = new int[64];
    /** Of either half: B1 x and y at offset 0, their slopes, their curvatures, the shift of the offset. */
    private double[] coefficient = new double[64 * PER_STROKE];

    // Steps that are being joined: B1 and length of each.
    private double[] joinedX = new double[16];
    private double[] joinedY = new double[16];
    private double[] joinedSeconds = new double[16];
    private int joined;
    private double joinedTotal;
    private double joinedHertz;
    private double joinedPhase;

    /**
     * @param largestHertz largest offset of any spin in each step, its gradient's part included
     * @param largestFactor of B1 for any spin
     */
    PulseStrokes(Pulse pulse, double[] largestHertz, double largestFactor, int intervals) {
        this.pulse = pulse;
        this.factor = largestFactor;
        double length = pulse.durationSeconds() / intervals;
        int at = 0;
        double done = 0;
        for (int s = 0; s < pulse.steps(); s++) {
            double end = s == pulse.steps() - 1 ? pulse.durationSeconds() : done + pulse.stepSeconds(s);
            while (done < end) {
                boolean reaches = at == intervals - 1 || end <= (at + 1) * length * (1 + 1e-12);
                double until = reaches ? end : (at + 1) * length;
                take(s, at, until - done, largestHertz);
                done = until;
                if (!reaches) {
                    close(at++);
                }
            }
        }
        close(at);
    }

    int count() {
        return count;
    }

    double seconds(int stroke) {
        return seconds[stroke];
    }

    /** The pulse's step that it lies in, or the first of them. */
    int step(int stroke) {
        return step[stroke];
    }

    int interval(int stroke) {
        return interval[stroke];
    }

    /**
     * Of the first half (0) or the second (1) of a stroke: B1 x and y at offset 0 in Hz, their slopes in 1, their curvatures
     * in 1/Hz; all for a B1 factor of 1; and by how many Hz the offset is shifted, which grows with the factor's square.
     */
    double coefficient(int stroke, int half, int number) {
        return coefficient[stroke * PER_STROKE + half * COEFFICIENTS + number];
    }

    private void take(int s, int at, double length, double[] largestHertz) {
        double b1 = pulse.amplitudeHertz(s);
        double hertz = Math.hypot(factor * b1, largestHertz[s]);
        if (joined > 0) {
            double turn = 2 * Math.PI * Math.max(hertz, joinedHertz) * (joinedTotal + length);
            joinedPhase += phaseStep(s);
            if (turn > LARGEST_JOINED_TURN || joinedPhase > LARGEST_JOINED_PHASE || !sameGradient(step[count], s)) {
                close(at);
            }
        }
        if (joined == 0) {
            reserve();
            step[count] = s;
        }
        if (joined == joinedX.length) {
            joinedX = Arrays.copyOf(joinedX, 2 * joined);
            joinedY = Arrays.copyOf(joinedY, 2 * joined);
            joinedSeconds = Arrays.copyOf(joinedSeconds, 2 * joined);
        }
        joinedX[joined] = b1 * Math.cos(pulse.phaseRadians(s));
        joinedY[joined] = b1 * Math.sin(pulse.phaseRadians(s));
        joinedSeconds[joined++] = length;
        joinedTotal += length;
        joinedHertz = Math.max(joinedHertz, hertz);
    }

    /** By how much B1 turns from the step before this one. */
    private double phaseStep(int s) {
        if (s == 0 || pulse.amplitudeHertz(s) == 0 || pulse.amplitudeHertz(s - 1) == 0) {
            return 0;
        }
        return Math.abs(Math.IEEEremainder(pulse.phaseRadians(s) - pulse.phaseRadians(s - 1), 2 * Math.PI));
    }

    private boolean sameGradient(int one, int other) {
        return pulse.constantGradient() || pulse.field(one).sameAs(pulse.field(other));
    }

    private void reserve() {
        if (count == seconds.length) {
            seconds = Arrays.copyOf(seconds, 2 * count);
            step = Arrays.copyOf(step, 2 * count);
            interval = Arrays.copyOf(interval, 2 * count);
            coefficient = Arrays.copyOf(coefficient, 2 * count * PER_STROKE);
        }
    }

    /** Ends the stroke that is being joined; one that is too long becomes several. */
    private void close(int at) {
        if (joined == 0) {
            return;
        }
        int from = count;
        int parts = Math.max(1, (int) Math.ceil(2 * Math.PI * joinedHertz * joinedTotal / LARGEST_TURN));
        int s = step[from];
        for (int part = 0; part < parts; part++) {
            reserve();
            seconds[count] = joinedTotal / parts;
            step[count] = s;
            interval[count] = at;
            count++;
        }
        for (int part = from; part < count; part++) {
            int to = part * PER_STROKE;
            expand(0, 0.5 * joinedTotal, to);
            expand(0.5 * joinedTotal, joinedTotal, to + COEFFICIENTS);
        }
        joined = 0;
        joinedTotal = 0;
        joinedHertz = 0;
        joinedPhase = 0;
    }

    /** The coefficients of the joined steps between two times. */
    private void expand(double begin, double end, int to) {
        double[] x = new double[3];
        double[] y = new double[3];
        double areaX = 0;
        double areaY = 0;
        double crossed = 0;
        double length = end - begin;
        double middle = 0.5 * (begin + end);
        double start = 0;
        for (int i = 0; i < joined; i++) {
            double stop = i == joined - 1 ? joinedTotal : start + joinedSeconds[i];
            double t = Math.max(start, begin) - middle;
            double u = Math.min(stop, end) - middle;
            start = stop;
            if (u <= t) {
                continue;
            }
            double d = u - t;
            double[] moment = {d / length, (u * u - t * t) / (2 * length), (u * u * u - t * t * t) / (3 * length)};
            for (int k = 0; k < 3; k++) {
                x[k] += joinedX[i] * moment[k];
                y[k] += joinedY[i] * moment[k];
            }
            crossed += d * (joinedX[i] * areaY - joinedY[i] * areaX);
            areaX += joinedX[i] * d;
            areaY += joinedY[i] * d;
        }
        double w = 2 * Math.PI;
        // A constant B1 has the second moment D²/12 itself: only what differs from it bends the response.
        double curveX = x[2] - x[0] * length * length / 12;
        double curveY = y[2] - y[0] * length * length / 12;
        coefficient[to] = x[0];
        coefficient[to + 1] = y[0];
        coefficient[to + 2] = w * y[1];
        coefficient[to + 3] = -w * x[1];
        coefficient[to + 4] = -0.5 * w * w * curveX;
        coefficient[to + 5] = -0.5 * w * w * curveY;
        coefficient[to + 6] = Math.PI * crossed / length;
    }
}
