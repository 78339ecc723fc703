package org.isocenter.sequence.library;

import org.isocenter.model.Vec3;
import org.isocenter.sequence.Shape;
import org.isocenter.sequence.Waveform;

/** The phase that the receiver must follow, sample by sample, to look at a place off centre while gradients change. */
final class ReceiverPhase {
    /** Nearer to the isocentre than this, a place is at it. */
    private static final double NOTHING_METERS = 1e-9;

    private ReceiverPhase() {}

    /**
     * 2π k·r at every sample, in radians; null at the isocentre.
     *
     * @param read gradient along read; k is 0 at its beginning
     * @param phase the same along phase
     * @param center the place, on the same axes
     * @param windowPs start of the window on the waveforms' clock
     */
    static Shape of(Waveform read, Waveform phase, Vec3 center, long windowPs, long dwellPs, int samples) {
        if (Math.hypot(center.x(), center.y()) < NOTHING_METERS) {
            return null;
        }
        double[] phases = new double[samples];
        add(phases, read, center.x(), windowPs, dwellPs);
        add(phases, phase, center.y(), windowPs, dwellPs);
        return new Shape(phases);
    }

    private static void add(double[] phases, Waveform gradient, double meters, long windowPs, long dwellPs) {
        int corner = 0;
        double moment = 0; // up to the corner
        for (int i = 0; i < phases.length; i++) {
            double time = windowPs + (i + 0.5) * dwellPs;
            while (corner + 1 < gradient.timesPs().length && gradient.timesPs()[corner + 1] <= time) {
                moment += trapezium(gradient, corner, gradient.timesPs()[corner + 1]);
                corner++;
            }
            boolean within = corner + 1 < gradient.timesPs().length && time > gradient.timesPs()[corner];
            double k = moment + (within ? trapezium(gradient, corner, time) : 0);
            phases[i] += 2 * Math.PI * meters * k * 1e-12;
        }
    }

    /** The moment from a corner to a time before the next one, in Hz/m times ps. */
    private static double trapezium(Waveform gradient, int corner, double timePs) {
        double from = gradient.hertzPerMeter()[corner];
        double rise = gradient.hertzPerMeter()[corner + 1] - from;
        double length = gradient.timesPs()[corner + 1] - gradient.timesPs()[corner];
        double time = timePs - gradient.timesPs()[corner];
        return time * (from + 0.5 * rise * (length > 0 ? time / length : 0));
    }
}
