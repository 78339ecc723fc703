package org.isocenter.hardware.virtual;

import java.util.ArrayList;
import java.util.List;
import org.isocenter.model.Vec3;

/**
 * Where any of a table's pulses turns spins. Spins elsewhere stay in equilibrium, send nothing and are left out. "Turns"
 * means: by the half angle's sine, more than a small share of the most that the pulse does anywhere. That keeps the whole
 * profile of a slice that is excited, its ripples down to 0.3 %; those of a refocusing pulse send nothing by themselves.
 */
final class ExcitedRegion {
    private static final double SMALLEST_SHARE = 0.003;
    private static final double SMALLEST_REFOCUSING_SHARE = 0.05;
    private static final double SMALLEST_REFOCUSING_RADIANS = Math.toRadians(150);
    private static final double POINTS_PER_INVERSE_DURATION = 4;
    private static final int MOST_POINTS = 100_000;

    /** This and its doubles and halves lie far from the steps of pulses that take a round number of milliseconds. */
    private static final double ROUND_STEP_HERTZ = 96;

    private static final double LOG_2 = Math.log(2);

    private final double lowestShiftHertz;
    private final double highestShiftHertz;
    private final List<Slab> slabs = new ArrayList<>();
    private boolean everywhere;

    /** The set of offsets at which one pulse acts. */
    private record Slab(GradientField field, double lowestHertz, double stepHertz, boolean[] acts, boolean[] nearby) {
        private Vec3 gradient() {
            return new Vec3(field.x(), field.y(), field.z());
        }

        private double edgeMeters(boolean last) {
            int edge = last ? acts.length - 1 : 0;
            while (!acts[edge]) {
                edge += last ? -1 : 1;
            }
            return (lowestHertz + edge * stepHertz) / gradient().norm();
        }

        double widthMeters() {
            return edgeMeters(true) - edgeMeters(false);
        }

        boolean overlaps(Slab other) {
            double middle = 0.5 * (edgeMeters(true) + edgeMeters(false));
            return other.along(gradient().normalized())
                    && gradient().dot(other.gradient()) > 0
                    && middle > other.edgeMeters(false)
                    && middle < other.edgeMeters(true);
        }

        boolean along(Vec3 direction) {
            return Math.abs(gradient().dot(direction)) > 0.99 * gradient().norm();
        }

        boolean contains(double x, double y, double z, double offsetHertz) {
            return holds(acts, x, y, z, offsetHertz);
        }

        boolean mayContain(double x, double y, double z, double fieldHertz) {
            return holds(nearby, x, y, z, fieldHertz);
        }

        private boolean holds(boolean[] cells, double x, double y, double z, double offsetHertz) {
            double place = (offsetHertz + field.hertzAt(x, y, z) - lowestHertz) / stepHertz;
            int cell = (int) place;
            return place >= 0 && cell < cells.length && cells[cell];
        }
    }

    /**
     * @param radiusMeters of a ball about the isocentre that holds the phantom
     * @param fieldHertz largest off-resonance of the field in it, either way
     * @param ownHertz by how much a spin may differ from the field at its place, either way
     * @param lowestShiftHertz smallest common frequency of all spins during a pulse
     * @param highestShiftHertz the largest
     */
    ExcitedRegion(
            List<Pulse> pulses,
            double radiusMeters,
            double fieldHertz,
            double ownHertz,
            double lowestShiftHertz,
            double highestShiftHertz) {
        this.lowestShiftHertz = lowestShiftHertz;
        this.highestShiftHertz = highestShiftHertz;
        for (Pulse pulse : pulses) {
            if (!everywhere) {
                double shift = Math.max(Math.abs(lowestShiftHertz), Math.abs(highestShiftHertz));
                add(pulse, radiusMeters, fieldHertz + ownHertz + shift, ownHertz);
            }
        }
    }

    boolean everywhere() {
        return everywhere;
    }

    boolean contains(double x, double y, double z, double offsetHertz) {
        if (everywhere) {
            return true;
        }
        for (Slab slab : slabs) {
            if (slab.contains(x, y, z, offsetHertz)) {
                return true;
            }
        }
        return false;
    }

    /** Whether any spin at this place might be turned, whatever its own difference from the field's frequency there. */
    boolean mayContain(double x, double y, double z, double fieldHertz) {
        if (everywhere) {
            return true;
        }
        for (Slab slab : slabs) {
            if (slab.mayContain(x, y, z, fieldHertz)) {
                return true;
            }
        }
        return false;
    }

    /** What share of the whole region one pulse turns, on average: 1 for one slice, a fifth for five apart. */
    double meanShare() {
        if (everywhere || slabs.isEmpty()) {
            return 1;
        }
        double sum = 0;
        double total = 0;
        List<Slab> counted = new ArrayList<>();
        for (Slab slab : slabs) {
            sum += slab.widthMeters();
            if (counted.stream().noneMatch(slab::overlaps)) {
                total += slab.widthMeters();
                counted.add(slab);
            }
        }
        return Math.min(1, sum / slabs.size() / total);
    }

    /** Whether a pulse that selects along this direction acts there. */
    boolean contains(double x, double y, double z, double offsetHertz, Vec3 direction) {
        for (Slab slab : slabs) {
            if (slab.along(direction) && slab.contains(x, y, z, offsetHertz)) {
                return true;
            }
        }
        return false;
    }

    /**
     * The next smaller round step. Pulses that differ a little, as those do that a console's words were made of, then act in the same
     * cells.
     */
    private static double roundStepHertz(double hertz) {
        return ROUND_STEP_HERTZ * Math.exp(LOG_2 * Math.floor(Math.log(hertz / ROUND_STEP_HERTZ) / LOG_2));
    }

    private void add(Pulse pulse, double radiusMeters, double offsetHertz, double ownHertz) {
        GradientField field = pulse.field(0);
        double step = roundStepHertz(1 / (POINTS_PER_INVERSE_DURATION * pulse.durationSeconds()));
        double reach = step * Math.ceil((field.largestHertz(radiusMeters) + offsetHertz) / step + 2);
        int points = (int) Math.rint(2 * reach / step) + 1;
        if (!pulse.constantGradient() || points > MOST_POINTS) {
            everywhere = true;
            return;
        }
        double[] offsets = new double[points];
        for (int i = 0; i < points; i++) {
            offsets[i] = -reach + i * step;
        }
        PulseTurns turns = PulseTurns.rotations(pulse, offsets);
        double[] effect = new double[points];
        double most = 0;
        for (int i = 0; i < points; i++) {
            effect[i] = Math.hypot(turns.x[0][i], turns.y[0][i]);
            most = Math.max(most, effect[i]);
        }
        double share = pulse.flipRadians() < SMALLEST_REFOCUSING_RADIANS ? SMALLEST_SHARE : SMALLEST_REFOCUSING_SHARE;
        boolean[] unshifted = new boolean[points];
        boolean all = true;
        for (int i = 0; i < points; i++) {
            for (int k = Math.max(0, i - 1); k <= Math.min(points - 1, i + 2); k++) {
                unshifted[i] |= effect[k] > share * most && effect[k] > 1e-6;
            }
            all &= unshifted[i];
        }
        everywhere = all;
        boolean[] acts =
                anyAt(unshifted, (int) Math.floor(lowestShiftHertz / step), (int) Math.ceil(highestShiftHertz / step));
        int own = (int) Math.ceil(ownHertz / step);
        slabs.add(new Slab(field, -reach, step, acts, anyAt(acts, -own, own)));
    }

    /** Whether any of the cells so far from each one is set. */
    private static boolean[] anyAt(boolean[] cells, int first, int last) {
        int[] before = new int[cells.length + 1];
        for (int i = 0; i < cells.length; i++) {
            before[i + 1] = before[i] + (cells[i] ? 1 : 0);
        }
        boolean[] any = new boolean[cells.length];
        for (int i = 0; i < cells.length; i++) {
            int from = Math.max(0, Math.min(cells.length, i + first));
            int to = Math.max(0, Math.min(cells.length, i + last + 1));
            any[i] = before[to] > before[from];
        }
        return any;
    }
}
