package org.isocenter.sequence.design;

import java.util.Arrays;
import org.isocenter.sequence.Rasters;
import org.isocenter.sequence.RfPulse;
import org.isocenter.sequence.RfUse;
import org.isocenter.sequence.Shape;
import org.isocenter.sequence.Waveform;

/**
 * What an RF pulse does at each of a row of points: the exact product of the rotations of its samples, as Cayley-Klein
 * parameters α and β (Pauly et al., IEEE Trans Med Imaging 10:53, 1991), without relaxation. A rotation by θ about the unit
 * vector n has α = cos θ/2 - i·n_z·sin θ/2 and β = -i·(n_x + i·n_y)·sin θ/2; axes and signs are those of the scanner: dM/dt =
 * 2π·(b_x, b_y, δ) × M. The frame is the carrier's, from the pulse's start to its end, without its delay. Immutable; any thread.
 */
public final class SliceProfile {
    /** The share of a pulse's band over which its phase is fitted. */
    private static final double CENTRAL_BAND = 0.7;

    private static final int CENTER_POINTS = 101;

    private final double[] alphaRe;
    private final double[] alphaIm;
    private final double[] betaRe;
    private final double[] betaIm;

    private SliceProfile(int points) {
        alphaRe = new double[points];
        Arrays.fill(alphaRe, 1);
        alphaIm = new double[points];
        betaRe = new double[points];
        betaIm = new double[points];
    }

    /** By frequency, without a gradient. */
    public static SliceProfile overFrequency(
            RfPulse pulse, Rasters rasters, double larmorHertz, double[] offsetsHertz) {
        return of(pulse, rasters, larmorHertz, Waveform.ZERO, new double[offsetsHertz.length], offsetsHertz);
    }

    /** By place along a gradient of any form, with one off-resonance for all. */
    public static SliceProfile overPosition(
            RfPulse pulse,
            Rasters rasters,
            double larmorHertz,
            Waveform gradient,
            double[] positionsMeters,
            double offsetHertz) {
        double[] offsets = new double[positionsMeters.length];
        Arrays.fill(offsets, offsetHertz);
        return of(pulse, rasters, larmorHertz, gradient, positionsMeters, offsets);
    }

    /** @param gradient timed from the block's start, as the pulse's delay is */
    private static SliceProfile of(
            RfPulse pulse,
            Rasters rasters,
            double larmorHertz,
            Waveform gradient,
            double[] positionsMeters,
            double[] offsetsHertz) {
        SliceProfile profile = new SliceProfile(positionsMeters.length);
        long raster = rasters.rfPs();
        int steps = (int) (pulse.shapeDurationPs(rasters) / raster);
        double frequency = pulse.frequencyOffsetHertz(larmorHertz);
        double phase = pulse.phaseOffsetRadians(larmorHertz);
        double[] b1 = new double[2];
        for (int i = 0; i < steps; i++) {
            sample(pulse, i + 0.5, b1);
            double angle = phase + 2 * Math.PI * frequency * (i + 0.5) * raster * 1e-12;
            double x = pulse.amplitudeHertz() * (b1[0] * Math.cos(angle) - b1[1] * Math.sin(angle));
            double y = pulse.amplitudeHertz() * (b1[0] * Math.sin(angle) + b1[1] * Math.cos(angle));
            double g = gradient.at(pulse.delayPs() + i * raster + raster / 2);
            profile.turn(x, y, g, positionsMeters, offsetsHertz, raster * 1e-12);
        }
        return profile;
    }

    /** Complex value of the shape at a time in rasters; between the samples of a time shape along straight lines. */
    private static void sample(RfPulse pulse, double rasters, double[] into) {
        Shape times = pulse.timeRaster();
        if (times == null) {
            value(pulse, (int) rasters, 1, into, true);
            return;
        }
        int place = Arrays.binarySearch(times.samples(), rasters);
        int right = Math.min(times.length() - 1, place >= 0 ? place : -place - 1);
        int left = Math.max(0, place >= 0 ? place : right - 1);
        double span = times.at(right) - times.at(left);
        double fraction = span > 0 ? Math.min(1, Math.max(0, (rasters - times.at(left)) / span)) : 0;
        value(pulse, left, 1 - fraction, into, true);
        value(pulse, right, fraction, into, false);
    }

    private static void value(RfPulse pulse, int index, double weight, double[] into, boolean first) {
        double magnitude = weight * pulse.magnitude().at(index);
        double phase = pulse.phaseCycles() == null
                ? 0
                : 2 * Math.PI * pulse.phaseCycles().at(index);
        into[0] = (first ? 0 : into[0]) + magnitude * Math.cos(phase);
        into[1] = (first ? 0 : into[1]) + magnitude * Math.sin(phase);
    }

    private void turn(double bx, double by, double gradient, double[] positions, double[] offsets, double seconds) {
        double transverse = bx * bx + by * by;
        for (int i = 0; i < alphaRe.length; i++) {
            double bz = offsets[i] + gradient * positions[i];
            double b = Math.sqrt(transverse + bz * bz);
            double half = Math.PI * b * seconds;
            double c = Math.cos(half);
            double s = b == 0 ? 0 : Math.sin(half) / b;
            double aIm = -bz * s;
            double bRe = by * s;
            double bIm = -bx * s;
            double ar = alphaRe[i];
            double ai = alphaIm[i];
            double br = betaRe[i];
            double bi = betaIm[i];
            // α' = a·α - b*·β, β' = b·α + a*·β
            alphaRe[i] = c * ar - aIm * ai - (bRe * br + bIm * bi);
            alphaIm[i] = c * ai + aIm * ar - (bRe * bi - bIm * br);
            betaRe[i] = bRe * ar - bIm * ai + c * br + aIm * bi;
            betaIm[i] = bRe * ai + bIm * ar + c * bi - aIm * br;
        }
    }

    public int points() {
        return alphaRe.length;
    }

    /** Mx from equilibrium (Mz = 1): real part of 2α*β. */
    public double[] mx() {
        double[] values = new double[points()];
        for (int i = 0; i < values.length; i++) {
            values[i] = 2 * (alphaRe[i] * betaRe[i] + alphaIm[i] * betaIm[i]);
        }
        return values;
    }

    /** My from equilibrium: imaginary part of 2α*β. */
    public double[] my() {
        double[] values = new double[points()];
        for (int i = 0; i < values.length; i++) {
            values[i] = 2 * (alphaRe[i] * betaIm[i] - alphaIm[i] * betaRe[i]);
        }
        return values;
    }

    /** Mz from equilibrium: |α|² - |β|². */
    public double[] mz() {
        double[] values = new double[points()];
        for (int i = 0; i < values.length; i++) {
            values[i] = 1 - 2 * betaSquared(i);
        }
        return values;
    }

    /** |Mxy| from equilibrium. */
    public double[] transverse() {
        double[] values = new double[points()];
        for (int i = 0; i < values.length; i++) {
            values[i] = 2 * Math.sqrt(betaSquared(i) * Math.max(0, 1 - betaSquared(i)));
        }
        return values;
    }

    /** The share of transverse magnetisation that the pulse refocuses when crushers take all else: |β|². */
    public double[] refocused() {
        double[] values = new double[points()];
        for (int i = 0; i < values.length; i++) {
            values[i] = betaSquared(i);
        }
        return values;
    }

    private double betaSquared(int i) {
        return betaRe[i] * betaRe[i] + betaIm[i] * betaIm[i];
    }

    /**
     * The effective centre of a pulse on its carrier, as a share of its duration: where a pulse of no length would have left the
     * frequencies of its band with the same phases, by least squares. For refocusing from the phase of β², else from that
     * of 2α*β.
     */
    static double center(RfPulse pulse, long rasterPs, double timeBandwidth) {
        Rasters rasters = new Rasters(rasterPs, rasterPs, rasterPs, rasterPs);
        double seconds = pulse.shapeDurationPs(rasters) * 1e-12;
        double[] cycles = axis(CENTRAL_BAND * timeBandwidth / 2, CENTER_POINTS);
        SliceProfile profile = overFrequency(
                pulse, rasters, 0, Arrays.stream(cycles).map(c -> c / seconds).toArray());
        boolean refocuses = pulse.use() == RfUse.REFOCUSING;
        double[] x = profile.mx();
        double[] y = profile.my();
        double phase = 0;
        double product = 0;
        double square = 0;
        double before = 0;
        for (int i = 0; i < cycles.length; i++) {
            double now = refocuses ? 2 * profile.betaPhase(i) : Math.atan2(y[i], x[i]);
            phase += i == 0 ? 0 : Math.IEEEremainder(now - before, 2 * Math.PI);
            before = now;
            product += phase * cycles[i];
            square += cycles[i] * cycles[i];
        }
        double after = product / (2 * Math.PI * square);
        return refocuses ? (1 - after) / 2 : 1 - after;
    }

    private double betaPhase(int i) {
        return Math.atan2(betaIm[i], betaRe[i]);
    }

    /**
     * Full width of a profile at a level, found by straight lines between the outermost points that reach it.
     *
     * @param axis increasing positions or frequencies
     * @return NaN when the profile does not fall below the level on both sides
     */
    public static double width(double[] axis, double[] profile, double level) {
        int n = profile.length;
        int left = 0;
        while (left < n && profile[left] < level) {
            left++;
        }
        int right = n - 1;
        while (right >= 0 && profile[right] < level) {
            right--;
        }
        if (left == 0 || right == n - 1 || left > right) {
            return Double.NaN;
        }
        return crossing(axis, profile, level, right, right + 1) - crossing(axis, profile, level, left, left - 1);
    }

    private static double crossing(double[] axis, double[] profile, double level, int above, int below) {
        double share = (profile[above] - level) / (profile[above] - profile[below]);
        return axis[above] + share * (axis[below] - axis[above]);
    }

    /** {@code count} points from -{@code reach} to {@code reach}. */
    public static double[] axis(double reach, int count) {
        double[] axis = new double[count];
        for (int i = 0; i < count; i++) {
            axis[i] = reach * (2.0 * i / (count - 1) - 1);
        }
        return axis;
    }
}
