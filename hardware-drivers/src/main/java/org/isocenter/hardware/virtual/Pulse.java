package org.isocenter.hardware.virtual;

import java.util.Arrays;

/**
 * A stretch of transmission as held steps, with phases relative to its first step. Two equal pulses that differ by a phase
 * only are the same pulse.
 */
final class Pulse {
    /** Phases in a table are floats, so equal pulses agree only about this well. */
    private static final double PHASE_TOLERANCE_RADIANS = 1e-4;

    private final long[] ticks;
    private final float[] amplitudeHertz;
    private final double[] phaseRadians;
    private final float[][] gradientHertzPerMeter; // [x, y, z][step]
    private final double secondsPerTick;
    private final boolean constantGradient;
    private final double durationSeconds;
    private final double[] turnsPerMeter = new double[3];

    Pulse(
            long[] ticks,
            float[] amplitudeHertz,
            double[] phaseRadians,
            float[][] gradientHertzPerMeter,
            double secondsPerTick) {
        this.ticks = ticks;
        this.amplitudeHertz = amplitudeHertz;
        this.phaseRadians = phaseRadians;
        this.gradientHertzPerMeter = gradientHertzPerMeter;
        this.secondsPerTick = secondsPerTick;
        boolean constant = true;
        for (float[] axis : gradientHertzPerMeter) {
            for (float g : axis) {
                constant &= g == axis[0];
            }
        }
        this.constantGradient = constant;
        durationSeconds = Arrays.stream(ticks).sum() * secondsPerTick;
        for (int axis = 0; axis < 3; axis++) {
            for (int i = 0; i < ticks.length; i++) {
                turnsPerMeter[axis] += gradientHertzPerMeter[axis][i] * stepSeconds(i);
            }
        }
    }

    int steps() {
        return ticks.length;
    }

    double stepSeconds(int step) {
        return ticks[step] * secondsPerTick;
    }

    double amplitudeHertz(int step) {
        return amplitudeHertz[step];
    }

    double phaseRadians(int step) {
        return phaseRadians[step];
    }

    double gradient(int axis, int step) {
        return gradientHertzPerMeter[axis][step];
    }

    boolean constantGradient() {
        return constantGradient;
    }

    double durationSeconds() {
        return durationSeconds;
    }

    /** Integral of the gradient on one axis over the pulse, in turns per metre. */
    double turnsPerMeter(int axis) {
        return turnsPerMeter[axis];
    }

    int contentHash() {
        int hash = Arrays.hashCode(ticks) * 31 + Arrays.hashCode(amplitudeHertz);
        for (float[] axis : gradientHertzPerMeter) {
            hash = hash * 31 + Arrays.hashCode(axis);
        }
        return hash;
    }

    boolean sameAs(Pulse other) {
        if (!Arrays.equals(ticks, other.ticks)
                || !Arrays.equals(amplitudeHertz, other.amplitudeHertz)
                || !Arrays.deepEquals(gradientHertzPerMeter, other.gradientHertzPerMeter)) {
            return false;
        }
        for (int i = 0; i < ticks.length; i++) {
            double difference = Math.IEEEremainder(phaseRadians[i] - other.phaseRadians[i], 2 * Math.PI);
            if (amplitudeHertz[i] > 0 && Math.abs(difference) > PHASE_TOLERANCE_RADIANS) {
                return false;
            }
        }
        return true;
    }
}
