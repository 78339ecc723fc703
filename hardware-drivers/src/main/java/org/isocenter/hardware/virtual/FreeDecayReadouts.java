package org.isocenter.hardware.virtual;

/**
 * Finds out whether a table is a plain gradient-echo sequence: every ADC window reads the free decay of the pulse just before
 * it, refocused along the readout at the window's centre. Then transverse magnetisation that is dephased when the next pulse
 * comes has no part in what is read, except for unwanted coherences that a spoiled sequence is built to destroy. Spin echoes
 * and stimulated echoes are never taken for this: their last pulse is a refocusing pulse, or its own free decay is not
 * refocused where the window is.
 */
final class FreeDecayReadouts {
    /** A pulse that turns further is there to refocus. */
    private static final double LARGEST_FLIP_RADIANS = Math.toRadians(120);

    /** How far from the window's centre the echo may be, as a share of the readout's extent in k-space. */
    private static final double CENTRE_SHARE = 0.15;

    /** How far phase encoding may reach, as a share of the readout's extent. */
    private static final double ENCODING_SHARE = 0.75;

    /** How near the centre of k-space the sequence must come once, as the same share. */
    private static final double CENTRE_LINE_SHARE = 0.05;

    private final double[] turns = new double[3];
    private boolean pulsed;
    private boolean allRefocusedByGradients = true;
    private double nearestShare = Double.POSITIVE_INFINITY;

    void precession(PlayedEvent.Precession precession) {
        turns[0] += precession.turnsPerMeterX();
        turns[1] += precession.turnsPerMeterY();
        turns[2] += precession.turnsPerMeterZ();
    }

    /** The free decay is taken to start in the middle of the pulse. */
    void pulse(Pulse pulse) {
        pulsed = flipRadians(pulse) <= LARGEST_FLIP_RADIANS;
        for (int axis = 0; axis < 3; axis++) {
            turns[axis] = 0.5 * pulse.turnsPerMeter(axis);
        }
    }

    void window(Window window) {
        if (!pulsed || !window.constantGradient()) {
            allRefocusedByGradients = false;
            return;
        }
        double[] g = window.gradientHertzPerMeter();
        double strength = Math.sqrt(g[0] * g[0] + g[1] * g[1] + g[2] * g[2]);
        if (strength == 0) {
            allRefocusedByGradients = false;
            return;
        }
        double extent = strength * window.samples() * window.dwellSeconds();
        double along = 0;
        double all = 0;
        for (int axis = 0; axis < 3; axis++) {
            along += turns[axis] * g[axis] / strength;
            all += turns[axis] * turns[axis];
        }
        double across = Math.sqrt(Math.max(0, all - along * along));
        if (Math.abs(along) > CENTRE_SHARE * extent || across > ENCODING_SHARE * extent) {
            allRefocusedByGradients = false;
        }
        nearestShare = Math.min(nearestShare, across / extent);
    }

    boolean only() {
        return allRefocusedByGradients && nearestShare < CENTRE_LINE_SHARE;
    }

    /** The turn of a spin at the pulse's own mean frequency. */
    static double flipRadians(Pulse pulse) {
        double re = 0;
        double im = 0;
        double seconds = 0;
        for (int step = 1; step < pulse.steps(); step++) {
            double weight = pulse.amplitudeHertz(step) * pulse.amplitudeHertz(step - 1);
            double turn = pulse.phaseRadians(step) - pulse.phaseRadians(step - 1);
            re += weight * Math.cos(turn);
            im += weight * Math.sin(turn);
            seconds = Math.max(seconds, pulse.stepSeconds(step));
        }
        double hertz = seconds > 0 ? Math.atan2(im, re) / (2 * Math.PI * seconds) : 0;
        PulseTurns turn = PulseTurns.atOffsets(pulse, new double[] {hertz}, 1);
        return 2 * Math.asin(Math.min(1, Math.hypot(turn.x[0][0], turn.y[0][0])));
    }
}
