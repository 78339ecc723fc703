package org.isocenter.sequence.library;

import org.isocenter.model.Protocol;
import org.isocenter.model.SystemLimits;
import org.isocenter.sequence.Adc;
import org.isocenter.sequence.Gradient;
import org.isocenter.sequence.Rasters;
import org.isocenter.sequence.design.GradientSystem;
import org.isocenter.sequence.design.Grid;

/**
 * A readout with twofold oversampling under a flat gradient. The window may be shifted by up to a grid step, so that the
 * echo comes within half an RF raster of any wanted time.
 *
 * @param samples of the window
 * @param gradient under the window
 * @param earliestPs the window's start in the block, unshifted
 * @param centerPs from the window's start to the middle of the sample at the centre of k-space
 * @param halfPs half the block: the middle of the gradient, on the grid
 */
record FrequencyEncoding(
        int samples,
        long dwellPs,
        Gradient.Trapezoid gradient,
        long earliestPs,
        long centerPs,
        long halfPs,
        Grid grid) {

    static final int OVERSAMPLING = 2;

    /** Blames FOV when the gradient is too weak for it at the wanted bandwidth. */
    static FrequencyEncoding plan(Protocol protocol, SystemLimits limits, GradientSystem system, Problems problems) {
        Grid grid = system.grid();
        long raster = grid.rasters().adcPs();
        long dwell = Math.max(1, Math.round(1e12 / (OVERSAMPLING * protocol.number("BW")) / raster)) * raster;
        double bandwidth = 1e12 / (OVERSAMPLING * dwell);
        problems.atLeast(
                "FOV",
                bandwidth / system.hertzPerMeter(),
                1e-4,
                "at this bandwidth a smaller one needs a read gradient above "
                        + Excitation.milliTesla(system.hertzPerMeter(), limits));
        int samples = OVERSAMPLING * protocol.count("matrix");
        double amplitude = Math.min(system.hertzPerMeter(), bandwidth / protocol.number("FOV"));
        long ramp = system.rampPs(amplitude);
        long center = samples / 2 * dwell + dwell / 2;
        long earliest = grid.upRf(Math.max(ramp, Rasters.ps(limits.adcDeadSeconds())));
        long half = grid.up(earliest + center);
        // The window ends before the flat top does even when it starts a grid step late.
        while (2 * half - ramp < earliest + grid.stepPs() + samples * dwell) {
            half += grid.stepPs();
        }
        Gradient.Trapezoid gradient = system.flatTop(amplitude, 2 * half - 2 * ramp, 0);
        return new FrequencyEncoding(samples, dwell, gradient, earliest, center, half, grid);
    }

    long blockPs() {
        return 2 * halfPs;
    }

    /** The sample at the centre of k-space: {@code samples/2}, or the one before it in a reversed readout. */
    int centerSample() {
        return (int) (centerPs / dwellPs);
    }

    boolean isReversed() {
        return gradient.amplitudeHertzPerMeter() < 0;
    }

    /** The same points of k-space the other way round. */
    FrequencyEncoding reversed() {
        Gradient.Trapezoid turned = new Gradient.Trapezoid(
                -gradient.amplitudeHertzPerMeter(),
                gradient.risePs(),
                gradient.flatPs(),
                gradient.fallPs(),
                gradient.delayPs());
        return new FrequencyEncoding(samples, dwellPs, turned, earliestPs, centerPs - dwellPs, halfPs, grid);
    }

    /** The shift that brings the centre nearest to the gradient's middle. */
    long middleShiftPs() {
        return grid.nearestRf(halfPs - centerPs - earliestPs);
    }

    /** Moment of the read gradient from its start to the centre of k-space, 1/m. */
    double areaToCenterPerMeter(long shiftPs) {
        return gradient.amplitudeHertzPerMeter() * 1e-12 * (earliestPs + shiftPs + centerPs - 0.5 * gradient.risePs());
    }

    /** ∫g² of the read gradient up to its middle, in Hz²·s/m². */
    double halfEnergy() {
        double hertz = gradient.amplitudeHertzPerMeter();
        return hertz * hertz * 1e-12 * (gradient.flatPs() / 2.0 + (gradient.risePs() + gradient.fallPs()) / 6.0);
    }

    /** Distance of neighbouring samples in k-space, 1/m. */
    double stepPerMeter() {
        return gradient.amplitudeHertzPerMeter() * dwellPs * 1e-12;
    }

    /**
     * The window for a field of view whose centre lies {@code offsetMeters} along read from the isocentre.
     *
     * @param phaseAtCenterRadians receiver phase at the centre of k-space
     */
    Adc window(long shiftPs, double offsetMeters, double phaseAtCenterRadians) {
        double hertz = gradient.amplitudeHertzPerMeter() * offsetMeters;
        double phase = Angles.positive(phaseAtCenterRadians - 2 * Math.PI * hertz * centerPs * 1e-12);
        return new Adc(samples, dwellPs, earliestPs + shiftPs, 0, 0, hertz, phase, null);
    }
}
