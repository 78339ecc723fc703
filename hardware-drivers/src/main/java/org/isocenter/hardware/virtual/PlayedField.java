package org.isocenter.hardware.virtual;

/**
 * The fields from one change of the commanded gradients to the next: a steady part, and what eddy currents add. Times are
 * seconds from the table's start. Immutable.
 */
final class PlayedField {
    private final ScannerFields fields;
    private final double startSeconds;
    private final GradientField steady;
    private final EddyCurrents eddyCurrents;

    PlayedField(ScannerFields fields, double startSeconds, GradientField steady, EddyCurrents eddyCurrents) {
        this.fields = fields;
        this.startSeconds = startSeconds;
        this.steady = steady;
        this.eddyCurrents = eddyCurrents;
    }

    GradientField steady() {
        return steady;
    }

    /** Its eddy currents after a further step of the steady gradients, Hz/m. */
    EddyCurrents eddyCurrentsAfter(double seconds, double[] step) {
        return eddyCurrents.after(seconds - startSeconds, step);
    }

    /** Whether from then on there is nothing but the steady gradient. */
    boolean steadyFrom(double seconds) {
        return eddyCurrents.decayed(seconds - startSeconds);
    }

    /** Whether it is all the same to the spins which of the two there is. */
    boolean sameAs(PlayedField other) {
        return this == other
                || steadyFrom(startSeconds) && other.steadyFrom(other.startSeconds) && steady.sameAs(other.steady);
    }

    /** Free precession from one time to another. */
    void precess(double from, double to, GradientPath path) {
        double time = from;
        while (time < to && !steadyFrom(time)) {
            double step = Math.min(to - time, eddyCurrents.shortestTimeConstant(time - startSeconds));
            // What diffusion and concomitant fields do is that of the mean over the step; the turns are exact.
            double[] decay = new double[EddyCurrents.COMPONENTS];
            addDecayingTurns(time, time + step, decay);
            path.add(
                    fields.field(
                            steady.x() + decay[0] / step, steady.y() + decay[1] / step, steady.z() + decay[2] / step),
                    step);
            path.addCommon(decay[3]);
            time += step;
        }
        if (time < to) {
            path.add(steady, to - time);
        }
        path.addCommon(fields.variationTurns(from, to));
    }

    /** Adds what eddy currents do from one time to another: turns/m along x, y, z, and turns of all spins. */
    void addDecayingTurns(double from, double to, double[] sum) {
        eddyCurrents.addTurns(from - startSeconds, to - startSeconds, sum);
    }
}
