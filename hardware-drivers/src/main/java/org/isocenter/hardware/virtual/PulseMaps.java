package org.isocenter.hardware.virtual;

import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.isocenter.hardware.virtual.phantom.Material;

/**
 * What each pulse does to each block of spins: worked out at the first use, kept while memory lasts. Safe for several
 * threads as long as each block belongs to one at a time.
 */
final class PulseMaps {
    /** A pulse that turns no spin of a block by more than this share of the most that it turns any is left out for it. */
    private static final double SMALLEST_SHARE = 0.02;

    /** More table points than this: each spin is worked out by itself. */
    private static final int MOST_TABLE_POINTS = 60_000;

    /** Stands for "does nothing but let the block precess". */
    static final AffineMaps PASSIVE = new AffineMaps(0);

    private final List<Material> materials;
    private final Map<Pulse, Entry> entries = new IdentityHashMap<>();
    private final AtomicLong bytesLeft;

    private static final class Entry {
        private int number;
        private double lowestHertz;
        private double highestHertz;
        private boolean tabulated;
        private PulseTable table;
    }

    PulseMaps(List<Pulse> pulses, List<Material> materials, Spins spins, long bytes) {
        this.materials = materials;
        bytesLeft = new AtomicLong(bytes);
        for (Pulse pulse : pulses) {
            Entry entry = new Entry();
            entry.number = entries.size();
            if (pulse.constantGradient() && !spins.listed()) {
                range(pulse, spins, entry);
            }
            entries.put(pulse, entry);
        }
    }

    private static void range(Pulse pulse, Spins spins, Entry entry) {
        entry.lowestHertz = Double.POSITIVE_INFINITY;
        entry.highestHertz = Double.NEGATIVE_INFINITY;
        for (SpinGroup group : spins.groups()) {
            for (SpinBlock block : group.blocks()) {
                for (double offset : offsets(pulse, block)) {
                    entry.lowestHertz = Math.min(entry.lowestHertz, offset);
                    entry.highestHertz = Math.max(entry.highestHertz, offset);
                }
            }
        }
        int points = PulseTable.points(pulse, entry.lowestHertz, entry.highestHertz);
        entry.tabulated = points > 0 && points < MOST_TABLE_POINTS;
    }

    private static double[] offsets(Pulse pulse, SpinBlock block) {
        return block.offsetsUnder(pulse.field(0));
    }

    /** The maps of this pulse on this block, or {@link #PASSIVE}. */
    AffineMaps maps(Pulse pulse, SpinBlock block) {
        Entry entry = entries.get(pulse);
        AffineMaps known = block.rememberedMaps(entry.number);
        if (known != null) {
            return known;
        }
        AffineMaps made = make(pulse, entry, block);
        if (entry.tabulated && made.passive(SMALLEST_SHARE * entry.table.largestExcitation())) {
            block.rememberMaps(entry.number, entries.size(), PASSIVE);
            return PASSIVE;
        }
        long bytes = AffineMaps.bytes(block.spins);
        if (bytesLeft.addAndGet(-bytes) >= 0) {
            block.rememberMaps(entry.number, entries.size(), made);
        } else {
            bytesLeft.addAndGet(bytes);
        }
        return made;
    }

    private AffineMaps make(Pulse pulse, Entry entry, SpinBlock block) {
        Material material = materials.get(block.materialIndex);
        if (!entry.tabulated) {
            double[] offsets = block.offsetsUnder(GradientField.linear(0, 0, 0));
            float[][] places = {block.x, block.y, block.z};
            return AffineMaps.of(PulseTurns.atPlaces(pulse, offsets, places, PulseTable.RELAXATION_SEGMENTS), material);
        }
        PulseTable table;
        synchronized (entry) {
            if (entry.table == null) {
                entry.table = new PulseTable(pulse, entry.lowestHertz, entry.highestHertz, materials.size());
            }
            table = entry.table;
        }
        return table.at(offsets(pulse, block), block.materialIndex, material);
    }
}
