package org.isocenter.hardware.virtual;

/**
 * At which offsets a pulse under a constant gradient turns spins by more than a share of the most that it turns any, both
 * measured by the sine of half the angle.
 */
final class ActingOffsets {
    private static final double POINTS_PER_INVERSE_DURATION = 4;

    private final double lowestHertz;
    private final double stepHertz;
    private final boolean[] acts;

    /** Between these offsets; beyond them the pulse is taken to act. */
    ActingOffsets(Pulse pulse, double lowestHertz, double highestHertz, double share) {
        stepHertz = 1 / (POINTS_PER_INVERSE_DURATION * pulse.durationSeconds());
        this.lowestHertz = lowestHertz - stepHertz;
        double[] offsets = new double[3 + (int) Math.ceil((highestHertz - lowestHertz) / stepHertz)];
        for (int i = 0; i < offsets.length; i++) {
            offsets[i] = this.lowestHertz + i * stepHertz;
        }
        PulseTurns turns = PulseTurns.rotations(pulse, offsets);
        double most = 0;
        double[] effect = new double[offsets.length];
        for (int i = 0; i < effect.length; i++) {
            effect[i] = Math.hypot(turns.x[0][i], turns.y[0][i]);
            most = Math.max(most, effect[i]);
        }
        acts = new boolean[offsets.length];
        for (int i = 0; i < acts.length; i++) {
            for (int k = Math.max(0, i - 1); k <= Math.min(acts.length - 1, i + 2); k++) {
                acts[i] |= effect[k] > share * most;
            }
        }
    }

    /** How many offsets must be worked out for this range. */
    static double points(Pulse pulse, double lowestHertz, double highestHertz) {
        return 3 + (highestHertz - lowestHertz) * POINTS_PER_INVERSE_DURATION * pulse.durationSeconds();
    }

    /** Whether the pulse acts on any of these. */
    boolean actsOn(double[] offsetHertz) {
        for (double offset : offsetHertz) {
            double place = (offset - lowestHertz) / stepHertz;
            if (!(place >= 0 && place < acts.length) || acts[(int) place]) {
                return true;
            }
        }
        return false;
    }
}
