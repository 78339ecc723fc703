package org.isocenter.hardware.virtual;

import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.isocenter.hardware.virtual.phantom.Material;

/**
 * What each pulse does to each block of spins: worked out at the first use, kept while memory lasts and as long as the
 * frequency at which it is asked for stays the same. Safe for several threads as long as each block belongs to one at a time.
 */
final class PulseMaps {
    /**
     * A pulse that turns no spin of a block by more than this share of the most that it turns any is left out for the block,
     * unless the spins are listed one by one. The ripples of a refocusing pulse send nothing by themselves.
     */
    private static final double SMALLEST_SHARE = 0.003;

    private static final double SMALLEST_REFOCUSING_SHARE = 0.01;

    /** What is stored goes by half the square of twice this. */
    private static final double SMALLEST_STORING_SHARE = 0.015;

    /**
     * Of an echo a refocusing pulse makes the square of this. But it also excites, by twice this, and what ends at once in space
     * is not dephased by crushers.
     */
    private static final double SMALLEST_ECHO_SHARE = 0.02;

    /** More table points than this: each spin is worked out by itself. */
    private static final int MOST_TABLE_POINTS = 100_000;

    /** Stands for "does nothing but let the block precess". */
    static final AffineMaps PASSIVE = new AffineMaps(0);

    private final List<Material> materials;
    private final Map<Pulse, Entry> entries = new IdentityHashMap<>();
    private final AtomicLong bytesLeft;
    private final List<Material> present;
    private final double lowestFactor;
    private final double highestFactor;

    /**
     * What is known of one pulse.
     *
     * @param acting where it acts; null where that is not known, as for the next two
     * @param storing where it does so much that even what is stored is changed
     * @param echoing where it refocuses; null for one that does not
     * @param crushed whether it refocuses, and nothing is read of its own free decay
     * @param refocusing the pulses without which nothing is seen of what it excites; may be empty
     */
    private record Entry(
            int number,
            PulseTable table,
            ActingOffsets acting,
            ActingOffsets storing,
            ActingOffsets echoing,
            boolean crushed,
            Set<Pulse> refocusing) {}

    /** Offsets that occur under a pulse. */
    private record Range(double lowestHertz, double highestHertz) {}

    /** @param bytes that may be kept */
    PulseMaps(List<Pulse> pulses, EchoPairs echoes, List<Material> materials, Spins spins, long bytes) {
        this.materials = materials;
        bytesLeft = new AtomicLong(bytes);
        present = new ArrayList<>(Collections.nCopies(materials.size(), null));
        double lowest = Double.POSITIVE_INFINITY;
        double highest = 0;
        for (SpinGroup group : spins.groups()) {
            present.set(group.materialIndex(), materials.get(group.materialIndex()));
            for (SpinBlock block : group.blocks()) {
                for (int i = 0; i < block.spins; i++) {
                    lowest = Math.min(lowest, block.b1Factor(i));
                    highest = Math.max(highest, block.b1Factor(i));
                }
            }
        }
        lowestFactor = lowest;
        highestFactor = highest;
        int count = spins.staying();
        for (Pulse pulse : pulses) {
            entries.put(pulse, entry(pulse, echoes, spins, count));
        }
    }

    private Entry entry(Pulse pulse, EchoPairs echoes, Spins spins, int count) {
        PulseTable table = null;
        ActingOffsets acting = null;
        ActingOffsets storing = null;
        ActingOffsets echoing = null;
        if (pulse.constantGradient() && count > 0) {
            Range range = range(pulse, spins);
            double points =
                    PulseTable.points(pulse, range.lowestHertz, range.highestHertz, lowestFactor, highestFactor);
            if (points < Math.min(MOST_TABLE_POINTS, count)) {
                table = new PulseTable(pulse, lowestFactor, highestFactor, present);
            }
            if (!spins.listed()
                    && ActingOffsets.points(pulse, range.lowestHertz, range.highestHertz) < MOST_TABLE_POINTS) {
                boolean refocuses = EchoPairs.refocuses(pulse);
                acting = acting(pulse, range, refocuses ? SMALLEST_REFOCUSING_SHARE : SMALLEST_SHARE);
                storing = refocuses ? acting : acting(pulse, range, SMALLEST_STORING_SHARE);
                echoing = refocuses ? acting(pulse, range, SMALLEST_ECHO_SHARE) : null;
            }
        }
        boolean crushed = echoing != null && echoes.crushed(pulse);
        return new Entry(
                entries.size(), table, acting, storing, echoing, crushed, Set.copyOf(echoes.refocusing(pulse)));
    }

    private static ActingOffsets acting(Pulse pulse, Range range, double share) {
        return new ActingOffsets(pulse, range.lowestHertz, range.highestHertz, share);
    }

    private static Range range(Pulse pulse, Spins spins) {
        double lowest = Double.POSITIVE_INFINITY;
        double highest = Double.NEGATIVE_INFINITY;
        for (SpinGroup group : spins.groups()) {
            for (SpinBlock block : group.blocks()) {
                for (double offset : block.offsetsUnder(pulse.field(0))) {
                    lowest = Math.min(lowest, offset);
                    highest = Math.max(highest, offset);
                }
            }
        }
        return new Range(lowest, highest);
    }

    /**
     * The maps of this pulse on this block, or {@link #PASSIVE}.
     *
     * @param shiftHertz frequency of all its spins over and above their own
     */
    AffineMaps maps(Pulse pulse, SpinBlock block, double shiftHertz) {
        Entry entry = entries.get(pulse);
        AffineMaps known = block.rememberedMaps(entry.number, shiftHertz);
        if (known != null) {
            return known;
        }
        AffineMaps made = make(pulse, entry, block, shiftHertz);
        long bytes = AffineMaps.bytes(made.spins) - block.bytesOfMaps(entry.number);
        if (bytesLeft.addAndGet(-bytes) >= 0) {
            block.rememberMaps(entry.number, entries.size(), shiftHertz, made);
        } else {
            bytesLeft.addAndGet(bytes);
        }
        return made;
    }

    private AffineMaps make(Pulse pulse, Entry entry, SpinBlock block, double shiftHertz) {
        Material material = materials.get(block.materialIndex);
        int segments = AffineMaps.segments(pulse, highestFactor, material);
        if (!pulse.constantGradient()) {
            double[] offsets = shifted(block.offsetsUnder(GradientField.linear(0, 0, 0)), shiftHertz);
            float[][] places = {block.x, block.y, block.z};
            return AffineMaps.of(PulseTurns.atPlaces(pulse, offsets, places, block.b1Factor, segments), material);
        }
        double[] offsets = shifted(block.offsetsUnder(pulse.field(0)), shiftHertz);
        boolean seen = isSeen(entry, block, offsets, shiftHertz);
        ActingOffsets acting = seen ? entry.acting : entry.storing;
        if (acting != null && !acting.actsOn(offsets)) {
            return PASSIVE;
        }
        AffineMaps maps = entry.table != null
                ? entry.table.at(offsets, block.b1Factor, block.materialIndex)
                : AffineMaps.of(PulseTurns.atOffsets(pulse, offsets, block.b1Factor, segments), material);
        maps.crushed = !seen;
        return maps;
    }

    /** Whether anything of what the pulse excites in the block may be seen. */
    private boolean isSeen(Entry entry, SpinBlock block, double[] offsets, double shiftHertz) {
        if (entry.acting == null || !entry.crushed && entry.refocusing.isEmpty()) {
            return true;
        }
        if (entry.echoing != null) {
            return entry.echoing.actsOn(offsets);
        }
        for (Pulse refocusing : entry.refocusing) {
            ActingOffsets echoing = entries.get(refocusing).echoing;
            if (echoing == null || echoing.actsOn(shifted(block.offsetsUnder(refocusing.field(0)), shiftHertz))) {
                return true;
            }
        }
        return entry.refocusing.isEmpty();
    }

    private static double[] shifted(double[] offsets, double shiftHertz) {
        for (int i = 0; i < offsets.length; i++) {
            offsets[i] += shiftHertz;
        }
        return offsets;
    }
}
