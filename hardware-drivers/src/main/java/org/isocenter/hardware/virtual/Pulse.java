package org.isocenter.hardware.virtual;

import java.util.Arrays;
import org.isocenter.model.Vec3;

/**
 * A stretch of transmission as held steps, with phases relative to its first step. Two equal pulses that differ by a phase
 * only are the same pulse.
 */
final class Pulse {
    /** Phases in a table are floats, so equal pulses agree only about this well. */
    private static final double PHASE_TOLERANCE_RADIANS = 1e-4;

    private static final double REACH_METERS = 0.1;
    private static final double SELECTING_TURNS = 0.25;
    private static final double LARGEST_EXCITATION_RADIANS = Math.toRadians(150);
    private static final double PARALLEL = 0.999;

    private final long[] ticks;
    private final float[] amplitudeHertz;
    private final double[] phaseRadians;
    private final float[][] gradientHertzPerMeter; // [x, y, z][step]
    private final double secondsPerTick;
    private final ConcomitantFields concomitant;
    private final boolean constantGradient;
    private final double durationSeconds;
    private final GradientPath path = new GradientPath();
    private final GradientPath pathBefore = new GradientPath();
    private final GradientPath pathAfter = new GradientPath();
    private final double centreShare;
    private double flipRadians = Double.NaN;
    private double axisRadians;
    /** By which its carrier differs from the common one. */
    private double meanHertz;

    /** Without concomitant fields. */
    Pulse(
            long[] ticks,
            float[] amplitudeHertz,
            double[] phaseRadians,
            float[][] gradientHertzPerMeter,
            double secondsPerTick) {
        this(ticks, amplitudeHertz, phaseRadians, gradientHertzPerMeter, secondsPerTick, ConcomitantFields.NONE);
    }

    Pulse(
            long[] ticks,
            float[] amplitudeHertz,
            double[] phaseRadians,
            float[][] gradientHertzPerMeter,
            double secondsPerTick,
            ConcomitantFields concomitant) {
        this.concomitant = concomitant;
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
        if (constant) {
            path.add(field(0), durationSeconds);
        } else {
            for (int i = 0; i < ticks.length; i++) {
                path.add(field(i), stepSeconds(i));
            }
        }
        centreShare = centreShare();
        double perSecond = durationSeconds > 0 ? 1 / durationSeconds : 0;
        double[] mean = {path.x() * perSecond, path.y() * perSecond, path.z() * perSecond};
        pathBefore.add(mean[0], mean[1], mean[2], centreShare * durationSeconds);
        pathAfter.add(mean[0], mean[1], mean[2], (1 - centreShare) * durationSeconds);
    }

    /**
     * When most of its power has been sent, as a share of its duration: the middle of a symmetrical pulse, also when a console has
     * rounded its faint beginning away.
     */
    private double centreShare() {
        double moment = 0;
        double power = 0;
        double begin = 0;
        for (int i = 0; i < ticks.length; i++) {
            double weight = (double) amplitudeHertz[i] * amplitudeHertz[i] * stepSeconds(i);
            moment += weight * (begin + 0.5 * stepSeconds(i));
            power += weight;
            begin += stepSeconds(i);
        }
        return power > 0 ? moment / (power * durationSeconds) : 0.5;
    }

    /**
     * Standard deviation of its magnitude over time: how long it is, also when a console has rounded its faint beginning and end away.
     */
    double spreadSeconds() {
        double weights = 0;
        double moment = 0;
        double square = 0;
        double begin = 0;
        for (int i = 0; i < ticks.length; i++) {
            double seconds = stepSeconds(i);
            double weight = Math.abs(amplitudeHertz[i]) * seconds;
            double middle = begin + 0.5 * seconds;
            weights += weight;
            moment += weight * middle;
            square += weight * (middle * middle + seconds * seconds / 12);
            begin += seconds;
        }
        return weights > 0 ? Math.sqrt(Math.max(0, square / weights - moment * moment / (weights * weights))) : 0;
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

    /** Under this step, concomitant fields included. */
    GradientField field(int step) {
        return concomitant.with(gradient(0, step), gradient(1, step), gradient(2, step));
    }

    /** Whether there is a gradient under it that makes it act otherwise at {@value #REACH_METERS} m than in the middle. */
    boolean selects() {
        for (float[] axis : gradientHertzPerMeter) {
            for (float g : axis) {
                if (Math.abs(g) * REACH_METERS * durationSeconds > SELECTING_TURNS) {
                    return true;
                }
            }
        }
        return false;
    }

    /** Whether it is there to excite a slice. */
    boolean excites() {
        return constantGradient && selects() && flipRadians() <= LARGEST_EXCITATION_RADIANS;
    }

    /**
     * Whether it excites another slice than the one that the other excites: parallel to it, and at least a part of its width
     * away. Slices that cross are not meant: those may choose a volume together.
     */
    boolean excitesElsewhere(Pulse other) {
        if (this == other || !excites() || !other.excites()) {
            return false;
        }
        Vec3 own = new Vec3(gradient(0, 0), gradient(1, 0), gradient(2, 0));
        Vec3 others = new Vec3(other.gradient(0, 0), other.gradient(1, 0), other.gradient(2, 0));
        double cosine = own.normalized().dot(others.normalized());
        double meters = meanHertz / own.norm() - Math.signum(cosine) * other.meanHertz / others.norm();
        return Math.abs(cosine) > PARALLEL && Math.abs(meters) * own.norm() * durationSeconds > 1;
    }

    boolean constantGradient() {
        return constantGradient;
    }

    double durationSeconds() {
        return durationSeconds;
    }

    /** What its gradient does to a spin that it does not turn. */
    GradientPath path() {
        return path;
    }

    double largestHertz() {
        double largest = 0;
        for (float hertz : amplitudeHertz) {
            largest = Math.max(largest, Math.abs(hertz));
        }
        return largest;
    }

    /** The most that it could turn any spin. */
    double areaRadians() {
        double turns = 0;
        for (int i = 0; i < steps(); i++) {
            turns += Math.abs(amplitudeHertz[i]) * stepSeconds(i);
        }
        return 2 * Math.PI * turns;
    }

    /** The same with another amplitude. */
    Pulse scaled(double factor) {
        float[] hertz = new float[amplitudeHertz.length];
        for (int i = 0; i < hertz.length; i++) {
            hertz[i] = (float) (factor * amplitudeHertz[i]);
        }
        return new Pulse(ticks, hertz, phaseRadians, gradientHertzPerMeter, secondsPerTick, concomitant);
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

    /** Up to its centre, where it is taken to turn the spins at once, under the mean gradient. */
    GradientPath pathBefore() {
        return pathBefore;
    }

    /** From its centre on. */
    GradientPath pathAfter() {
        return pathAfter;
    }

    /** The turn of a spin at the pulse's own mean frequency. */
    double flipRadians() {
        turnRadians();
        return flipRadians;
    }

    /** The phase of B1, relative to its first step, of a short pulse in this one's centre that would turn that spin alike. */
    double axisRadians() {
        turnRadians();
        return axisRadians;
    }

    private synchronized void turnRadians() {
        if (!Double.isNaN(flipRadians)) {
            return;
        }
        double re = 0;
        double im = 0;
        double apart = 0;
        double weights = 0;
        for (int step = 1; step < steps(); step++) {
            double weight = amplitudeHertz(step) * amplitudeHertz(step - 1);
            double turn = phaseRadians(step) - phaseRadians(step - 1);
            re += weight * Math.cos(turn);
            im += weight * Math.sin(turn);
            // Steps that a console's rounding made equal are one longer step.
            apart += weight * 0.5 * (stepSeconds(step) + stepSeconds(step - 1));
            weights += weight;
        }
        double hertz = weights > 0 ? Math.atan2(im, re) * weights / (2 * Math.PI * apart) : 0;
        meanHertz = hertz;
        PulseTurns turn = PulseTurns.rotations(this, new double[] {hertz});
        // A turn about z turns x and y of a quaternion by half of what there is more of it after the centre than
        // before.
        double angle = Math.PI * hertz * durationSeconds;
        double more = angle * (1 - 2 * centreShare);
        double scalar = turn.w[0][0] * Math.cos(angle) + turn.z[0][0] * Math.sin(angle);
        axisRadians = Math.atan2(turn.y[0][0], turn.x[0][0]) - more + (scalar < 0 ? Math.PI : 0);
        flipRadians = 2 * Math.asin(Math.min(1, Math.hypot(turn.x[0][0], turn.y[0][0])));
    }
}
