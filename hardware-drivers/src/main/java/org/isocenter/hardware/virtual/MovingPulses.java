package org.isocenter.hardware.virtual;

import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.isocenter.hardware.virtual.phantom.Material;

/**
 * What each pulse does to spins that are elsewhere each time: nothing is kept by spin, only by offset and B1. Safe for several
 * threads.
 */
final class MovingPulses {
    /** As {@link PulseMaps} has it: a pulse that turns no spin of a block by more than this share of its most does nothing. */
    private static final double SMALLEST_SHARE = 0.01;

    private static final int MOST_TABLE_POINTS = 100_000;

    private final List<Material> materials;
    private final PhantomReach reach;
    private final double offsetHertz;
    private final double[] factors;
    /** Spins of a file are played one by one as they stand: nothing is left out for them. */
    private final boolean listed;

    private final Map<Pulse, Acting> acting = new IdentityHashMap<>();

    /** @param reach where the spins come */
    MovingPulses(
            List<Pulse> pulses, List<Material> materials, PhantomReach reach, Spins spins, Surroundings surroundings) {
        this.materials = materials;
        this.reach = reach;
        listed = spins.listed();
        offsetHertz = reach.fieldHertz() + largestOwnHertz(spins, surroundings);
        factors = reach.extremes(surroundings.transmit()::factorAt);
        for (Pulse pulse : pulses) {
            acting.put(pulse, new Acting(pulse));
        }
    }

    private static double largestOwnHertz(Spins spins, Surroundings surroundings) {
        double largest = 0;
        for (SpinGroup group : spins.moving()) {
            for (SpinBlock block : group.blocks()) {
                for (float own : surroundings.ownHertz(block)) {
                    largest = Math.max(largest, Math.abs(own));
                }
            }
        }
        return largest;
    }

    Acting of(Pulse pulse) {
        return acting.get(pulse);
    }

    /** One pulse. */
    final class Acting {
        /** Of the pulse's first half, at its start. */
        final PhaseTurns firstHalf;
        /** Of the pulse's second half, at its end. */
        final PhaseTurns secondHalf;

        private final Pulse pulse;
        /** Null when it is not worth while, or the gradient changes; as {@link #offsets}. */
        private final PulseTable table;

        private final ActingOffsets offsets;

        private Acting(Pulse pulse) {
            this.pulse = pulse;
            double half = 0.5 * pulse.durationSeconds();
            firstHalf = PhaseTurns.ofStart(part(0, half));
            secondHalf = PhaseTurns.ofEnd(part(half, pulse.durationSeconds()));
            double most = offsetHertz + reach.radiusMeters() * Math.sqrt(square(0) + square(1) + square(2));
            boolean constant = pulse.constantGradient();
            double points = PulseTable.points(pulse, -most, most, factors[0], factors[1]);
            table = constant && points < MOST_TABLE_POINTS
                    ? new PulseTable(pulse, factors[0], factors[1], materials)
                    : null;
            offsets = !listed && constant && ActingOffsets.points(pulse, -most, most) < MOST_TABLE_POINTS
                    ? new ActingOffsets(pulse, -most, most, SMALLEST_SHARE)
                    : null;
        }

        private double square(int axis) {
            return pulse.gradient(axis, 0) * pulse.gradient(axis, 0);
        }

        private GradientPath part(double fromSeconds, double toSeconds) {
            GradientPath path = new GradientPath();
            double start = 0;
            for (int i = 0; i < pulse.steps(); i++) {
                double end = start + pulse.stepSeconds(i);
                double length = Math.min(end, toSeconds) - Math.max(start, fromSeconds);
                if (length > 0) {
                    path.add(pulse.gradient(0, i), pulse.gradient(1, i), pulse.gradient(2, i), length);
                }
                start = end;
            }
            return path;
        }

        /** Whether it turns any of these spins where they are now. */
        boolean turns(SpinBlock block, double shiftHertz) {
            return offsets == null || offsets.actsOn(shifted(block.offsetsUnder(pulse.field(0)), shiftHertz));
        }

        /** What it does to the spins where they are now. */
        AffineMaps maps(SpinBlock block, double shiftHertz) {
            if (table != null) {
                double[] hertz = shifted(block.offsetsUnder(pulse.field(0)), shiftHertz);
                return table.at(hertz, block.b1Factor, block.materialIndex);
            }
            Material material = materials.get(block.materialIndex);
            int segments = AffineMaps.segments(pulse, factors[1], material);
            double[] hertz = shifted(block.offsetsUnder(GradientField.linear(0, 0, 0)), shiftHertz);
            float[][] places = {block.x, block.y, block.z};
            return AffineMaps.of(PulseTurns.atPlaces(pulse, hertz, places, block.b1Factor, segments), material);
        }

        private static double[] shifted(double[] offsets, double hertz) {
            for (int i = 0; i < offsets.length; i++) {
                offsets[i] += hertz;
            }
            return offsets;
        }
    }
}
