package org.isocenter.hardware.virtual;

import java.util.Arrays;

/**
 * A stretch of an ADC window as the spins see it: the whole window where one gradient holds throughout, else its parts under
 * constant and under changing gradients. When it is received the spins stand at the reference moment: the middle sample
 * {@code samples/2} under a constant gradient, otherwise the stretch's start.
 *
 * <p>At a sample, a spin has turned since then by the sum over the {@link #curves} of each times the spin's own x, y, z,
 * offset, x², y², z², xy, xz, yz; and all spins alike by {@code commonTurns}, which demodulation takes care of.
 *
 * @param adcIndex running number in the table
 * @param wholeSamples of the ADC window
 * @param firstSample of this stretch
 * @param samples of this stretch
 * @param endSeconds from the table's start
 * @param referenceSeconds from the stretch's start to the reference moment
 * @param phaseShapeRadians per sample of the window, or null
 * @param gradient when it is constant from first to last sample, else null
 * @param turns {x, y, z, and with concomitant fields x², y², z², xy, xz, yz}[sample] since the reference moment, in turns/m
 *     and turns/m²; null for a constant gradient
 * @param commonTurns of all spins since the reference moment, per sample; null when there are none
 */
record Window(
        int adcIndex,
        int wholeSamples,
        int firstSample,
        int samples,
        double dwellSeconds,
        double frequencyHertz,
        double phaseRadians,
        float[] phaseShapeRadians,
        double endSeconds,
        double referenceSeconds,
        GradientField gradient,
        double[][] turns,
        double[] commonTurns) {

    /** A tenth of a turn across a block of spins. */
    private static final double STRAIGHT_TURNS_PER_METER = 10;

    boolean constantGradient() {
        return gradient != null;
    }

    /** From the reference moment. */
    double sampleSeconds(int sample) {
        return (sample + 0.5) * dwellSeconds - referenceSeconds;
    }

    /** The linear gradient's integral on one axis from the reference moment to a sample. */
    double turnsPerMeter(int axis, int sample) {
        return constantGradient() ? gradient.axis(axis) * sampleSeconds(sample) : turns[axis][sample];
    }

    /**
     * The same at a share of the window's time, from 0 to 1: where a console receives each sample in parts, it is the same place. Not
     * for one sample.
     */
    double turnsAfterShare(int axis, double share) {
        double at = share * samples - 0.5;
        int before = Math.max(0, Math.min(samples - 2, (int) Math.floor(at)));
        double first = turnsPerMeter(axis, before);
        return first + (at - before) * (turnsPerMeter(axis, before + 1) - first);
    }

    /** What holds from the first sample to the last, or would lead as far. */
    GradientField meanGradient() {
        if (constantGradient()) {
            return gradient;
        }
        int last = samples - 1;
        double perSecond = last > 0 ? 1 / (last * dwellSeconds) : 0;
        double[] mean = new double[turns.length];
        for (int k = 0; k < mean.length; k++) {
            mean[k] = perSecond * (turns[k][last] - turns[k][0]);
        }
        return new GradientField(
                mean[0], mean[1], mean[2], mean.length == 3 ? null : Arrays.copyOfRange(mean, 3, mean.length));
    }

    /** The largest distance in k-space from the first sample to another, in turns per metre. */
    double extentPerMeter() {
        double largest = 0;
        for (int n = 1; n < samples; n += step(n)) {
            double x = turnsPerMeter(0, n) - turnsPerMeter(0, 0);
            double y = turnsPerMeter(1, n) - turnsPerMeter(1, 0);
            double z = turnsPerMeter(2, n) - turnsPerMeter(2, 0);
            largest = Math.max(largest, x * x + y * y + z * z);
        }
        return Math.sqrt(largest);
    }

    /** How near the samples come to the centre of k-space when the reference moment is here. Turns per metre. */
    double nearestToCentre(double kx, double ky, double kz) {
        double least = Double.POSITIVE_INFINITY;
        for (int n = 0; n < samples; n += step(n)) {
            double x = kx + turnsPerMeter(0, n);
            double y = ky + turnsPerMeter(1, n);
            double z = kz + turnsPerMeter(2, n);
            least = Math.min(least, x * x + y * y + z * z);
        }
        return Math.sqrt(least);
    }

    /** Some thirty samples, and the last, tell how a window runs through k-space. */
    private int step(int sample) {
        return Math.max(1, Math.min(samples / 32, samples - 1 - sample));
    }

    /** The six quadratic coefficients at a sample, turns/m²; null when there are none. */
    double[] quadraticTurns(int sample) {
        double[] at = null;
        if (constantGradient() && gradient.quadratic() != null) {
            at = gradient.quadratic().clone();
            for (int k = 0; k < at.length; k++) {
                at[k] *= sampleSeconds(sample);
            }
        } else if (!constantGradient() && turns.length > 3) {
            at = new double[GradientField.QUADRATIC];
            for (int k = 0; k < at.length; k++) {
                at[k] = turns[3 + k][sample];
            }
        }
        return at;
    }

    /**
     * All curves by sample since the reference moment, whatever the gradient: {x, y, z, seconds} and, with concomitant
     * fields, {x², y², z², xy, xz, yz}; ten or four of them.
     */
    double[][] curves() {
        boolean bent = constantGradient() ? gradient.quadratic() != null : turns.length > 3;
        double[][] curves = new double[bent ? 4 + GradientField.QUADRATIC : 4][samples];
        for (int n = 0; n < samples; n++) {
            for (int axis = 0; axis < 3; axis++) {
                curves[axis][n] = turnsPerMeter(axis, n);
            }
            curves[3][n] = sampleSeconds(n);
            for (int k = 4; k < curves.length; k++) {
                curves[k][n] = constantGradient() ? gradient.quadratic()[k - 4] * sampleSeconds(n) : turns[k - 1][n];
            }
        }
        return curves;
    }

    /**
     * Whether k-space is read along a line, or nearly so, as by a gradient that eddy currents bend a little: such a window is
     * received with few terms.
     */
    boolean nearlyStraight() {
        if (constantGradient()) {
            return true;
        }
        int last = samples - 1;
        double[] along = new double[3];
        double square = 0;
        for (int axis = 0; axis < 3; axis++) {
            along[axis] = turns[axis][last] - turns[axis][0];
            square += along[axis] * along[axis];
        }
        double farthest = 0;
        for (int n = 0; n <= last; n++) {
            double way = 0;
            double all = 0;
            for (int axis = 0; axis < 3; axis++) {
                double k = turns[axis][n] - turns[axis][0];
                way += k * along[axis];
                all += k * k;
            }
            farthest = Math.max(farthest, all - (square == 0 ? 0 : way * way / square));
        }
        return farthest <= STRAIGHT_TURNS_PER_METER * STRAIGHT_TURNS_PER_METER;
    }

    /** By how much the receiver's phase has turned, since the carrier's, more than that of all spins at this sample. */
    double demodulationRadians(int sample) {
        int ofWindow = firstSample + sample;
        double extra = phaseShapeRadians == null ? 0 : phaseShapeRadians[ofWindow];
        double common = commonTurns == null ? 0 : 2 * Math.PI * commonTurns[sample];
        return 2 * Math.PI * frequencyHertz * (ofWindow + 0.5) * dwellSeconds + phaseRadians + extra - common;
    }

    boolean completesTheWindow() {
        return firstSample + samples == wholeSamples;
    }
}
