package org.isocenter.hardware.virtual;

/**
 * Finds out whether a table reads free decays only, as gradient echoes, radial and spiral sequences do: every ADC window
 * belongs to the pulse just before it, refocused by gradients near the window's middle, or read from the centre of k-space
 * on. Then transverse magnetisation that is dephased when the next pulse comes has no part in what is read, except for
 * unwanted coherences that a spoiled sequence is built to destroy. Spin echoes and stimulated echoes are never taken for
 * this: their last pulse is a refocusing pulse, or its own free decay is not refocused where the window is.
 */
final class FreeDecayReadouts {
    /** A pulse that turns further is there to refocus. */
    private static final double LARGEST_FLIP_RADIANS = Math.toRadians(120.5);

    /** How far from the window's middle the echo may be, as a share of the readout's extent in k-space. */
    private static final double CENTRE_SHARE = 0.15;

    /** How far from the centre of k-space a readout without prephasing may begin, as a share of the largest extent. */
    private static final double START_SHARE = 0.15;

    /** How far beside the centre the line of a readout that comes from there may pass, as a share of its extent. */
    private static final double RAY_SHARE = 0.05;

    /** How far phase encoding may reach, as a share of the readout's extent. */
    private static final double ENCODING_SHARE = 0.75;

    /** How near the centre of k-space the sequence must come once, as the same share. */
    private static final double CENTRE_LINE_SHARE = 0.05;

    private final double[] turns = new double[3];
    /** Where the last pulse would turn what was there before about to, less where it starts its own free decay. */
    private final double[] echo = new double[3];

    private boolean pulsed;
    private boolean allFreeDecays = true;
    private double largestExtent;
    private double farthestStart;
    private double nearest = Double.POSITIVE_INFINITY;

    /** The window under way: its first and middle samples in k-space, and the largest distance from the first. */
    private final double[] first = new double[3];

    private final double[] middle = new double[3];
    private final double[] last = new double[3];
    private double extent;

    void precession(PlayedEvent.Precession precession) {
        turns[0] += precession.path().x();
        turns[1] += precession.path().y();
        turns[2] += precession.path().z();
    }

    /** The free decay is taken to start in the centre of the pulse. */
    void pulse(Pulse pulse) {
        pulsed = pulse.flipRadians() <= LARGEST_FLIP_RADIANS;
        double[] before = {
            pulse.pathBefore().x(), pulse.pathBefore().y(), pulse.pathBefore().z()
        };
        double[] after = {
            pulse.pathAfter().x(), pulse.pathAfter().y(), pulse.pathAfter().z()
        };
        for (int axis = 0; axis < 3; axis++) {
            echo[axis] = -(turns[axis] + before[axis]);
            turns[axis] = after[axis];
        }
    }

    void window(Window window) {
        if (window.firstSample() == 0) {
            extent = 0;
            place(window, 0, first);
        }
        int half = window.wholeSamples() / 2 - window.firstSample();
        if (half >= 0 && half < window.samples()) {
            place(window, half, middle);
        }
        for (int quarter = 0; quarter <= 4; quarter++) {
            place(window, quarter * (window.samples() - 1) / 4, last);
            extent = Math.max(extent, distance(first, last));
        }
        if (window.completesTheWindow()) {
            judge();
        }
    }

    private void place(Window window, int sample, double[] k) {
        for (int axis = 0; axis < 3; axis++) {
            k[axis] = turns[axis] + window.turnsPerMeter(axis, sample);
        }
    }

    private void judge() {
        if (!pulsed) {
            allFreeDecays = false;
            return;
        }
        largestExtent = Math.max(largestExtent, extent);
        double length = distance(first, last);
        double along = 0;
        double all = 0;
        double start = 0;
        for (int axis = 0; axis < 3; axis++) {
            along += length == 0 ? 0 : middle[axis] * (last[axis] - first[axis]) / length;
            all += middle[axis] * middle[axis];
            start += first[axis] * first[axis];
        }
        double across = Math.sqrt(Math.max(0, all - along * along));
        if (Math.abs(along) <= CENTRE_SHARE * extent && across <= ENCODING_SHARE * extent) {
            nearest = Math.min(nearest, across);
        } else {
            if (readsAnEcho(length)) {
                allFreeDecays = false;
            }
            // A gradient that was on during the pulse has gone some way before the receiver opens.
            boolean fromTheCentre = along > 0 && across <= RAY_SHARE * extent;
            farthestStart = Math.max(farthestStart, fromTheCentre ? 0 : Math.sqrt(start));
            nearest = Math.min(nearest, fromTheCentre ? across : Math.sqrt(start));
        }
    }

    /** Whether the last pulse refocuses something near the window's middle that is not its own free decay. */
    private boolean readsAnEcho(double length) {
        double along = 0;
        double all = 0;
        double shift = 0;
        for (int axis = 0; axis < 3; axis++) {
            double k = middle[axis] + echo[axis];
            along += length == 0 ? 0 : k * (last[axis] - first[axis]) / length;
            all += k * k;
            shift += echo[axis] * echo[axis];
        }
        double across = Math.sqrt(Math.max(0, all - along * along));
        return Math.abs(along) <= CENTRE_SHARE * extent
                && across <= ENCODING_SHARE * extent
                && Math.sqrt(shift) > 2 * CENTRE_SHARE * extent;
    }

    private static double distance(double[] a, double[] b) {
        return Math.sqrt((a[0] - b[0]) * (a[0] - b[0]) + (a[1] - b[1]) * (a[1] - b[1]) + (a[2] - b[2]) * (a[2] - b[2]));
    }

    boolean only() {
        return allFreeDecays
                && farthestStart <= START_SHARE * largestExtent
                && nearest < CENTRE_LINE_SHARE * largestExtent;
    }
}
