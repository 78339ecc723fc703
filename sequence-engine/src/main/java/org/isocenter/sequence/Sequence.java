package org.isocenter.sequence;

import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.isocenter.model.Rotation;

/**
 * A pulse sequence with Pulseq's semantics. Blocks are numbered from 0 and played in order; each refers by id to the events
 * that it plays, and equal events are stored once. Event ids run from 1; 0 is none. Gradients are in the sequence's own
 * axes, before any rotation. Immutable and safe for any thread.
 */
public final class Sequence {
    private final Rasters rasters;
    private final Map<String, String> definitions;
    private final List<RfPulse> rfPulses;
    private final List<Gradient> gradients;
    private final List<Adc> adcs;
    private final List<List<Extension>> extensionLists;
    private final Rotation[] rotations; // per extension list
    private final int[] events; // per block: rf, gx, gy, gz, adc, extension list
    private final long[] startPs; // one more than blocks

    private static final int COLUMNS = 6;

    private Sequence(Builder builder) {
        rasters = builder.rasters;
        definitions = Collections.unmodifiableMap(new LinkedHashMap<>(builder.definitions));
        rfPulses = List.copyOf(builder.rfPulses.keySet());
        gradients = List.copyOf(builder.gradients.keySet());
        adcs = List.copyOf(builder.adcs.keySet());
        extensionLists = List.copyOf(builder.extensionLists.keySet());
        rotations = new Rotation[extensionLists.size()];
        for (int i = 0; i < rotations.length; i++) {
            rotations[i] = rotation(extensionLists.get(i));
        }
        events = Arrays.copyOf(builder.events, builder.blocks * COLUMNS);
        startPs = Arrays.copyOf(builder.startPs, builder.blocks + 1);
    }

    public Rasters rasters() {
        return rasters;
    }

    /** [DEFINITIONS], in their order, as text; rasters are not among them. */
    public Map<String, String> definitions() {
        return definitions;
    }

    public int blockCount() {
        return startPs.length - 1;
    }

    public long startPs(int block) {
        return startPs[block];
    }

    public long blockDurationPs(int block) {
        return startPs[block + 1] - startPs[block];
    }

    public long durationPs() {
        return startPs[blockCount()];
    }

    /** The block that is played at this time; of several that begin there the last, at the sequence's end the last of all. */
    public int blockAt(long ps) {
        int found = Arrays.binarySearch(startPs, ps);
        int block = found < 0 ? -found - 2 : found;
        while (block + 1 < startPs.length && startPs[block + 1] == ps) {
            block++;
        }
        return Math.max(0, Math.min(block, blockCount() - 1));
    }

    public int rfId(int block) {
        return events[block * COLUMNS];
    }

    public int gradientId(int block, Axis axis) {
        return events[block * COLUMNS + 1 + axis.ordinal()];
    }

    public int adcId(int block) {
        return events[block * COLUMNS + 4];
    }

    public int extensionId(int block) {
        return events[block * COLUMNS + 5];
    }

    /** The event with this id, from 1. */
    public RfPulse rfPulse(int id) {
        return rfPulses.get(id - 1);
    }

    public Gradient gradient(int id) {
        return gradients.get(id - 1);
    }

    public Adc adc(int id) {
        return adcs.get(id - 1);
    }

    /** The extensions with this list id; none for 0. */
    public List<Extension> extensions(int id) {
        return id == 0 ? List.of() : extensionLists.get(id - 1);
    }

    public int rfCount() {
        return rfPulses.size();
    }

    public int gradientCount() {
        return gradients.size();
    }

    public int adcCount() {
        return adcs.size();
    }

    public int extensionListCount() {
        return extensionLists.size();
    }

    /** The rotation of this block's gradients; identity when it has none. */
    public Rotation rotation(int block) {
        int list = extensionId(block);
        return list == 0 ? Rotation.IDENTITY : rotations[list - 1];
    }

    private static Rotation rotation(List<Extension> extensions) {
        for (Extension extension : extensions) {
            if (extension instanceof Extension.Turn turn) {
                return turn.rotation();
            }
        }
        return Rotation.IDENTITY;
    }

    /** Number of ADC windows when the sequence is played once. */
    public int adcWindows() {
        int count = 0;
        for (int block = 0; block < blockCount(); block++) {
            if (adcId(block) != 0) {
                count++;
            }
        }
        return count;
    }

    /** Builds a sequence block by block. Not safe for several threads. */
    public static final class Builder {
        private final Rasters rasters;
        private final Map<String, String> definitions = new LinkedHashMap<>();
        private final Map<RfPulse, Integer> rfPulses = new LinkedHashMap<>();
        private final Map<Gradient, Integer> gradients = new LinkedHashMap<>();
        private final Map<Adc, Integer> adcs = new LinkedHashMap<>();
        private final Map<List<Extension>, Integer> extensionLists = new LinkedHashMap<>();
        private final Map<Shape, Shape> shapes = new HashMap<>();
        private int[] events = new int[COLUMNS * 64];
        private long[] startPs = new long[65];
        private int blocks;

        public Builder(Rasters rasters) {
            this.rasters = rasters;
        }

        public Rasters rasters() {
            return rasters;
        }

        public Builder definition(String key, String value) {
            definitions.put(key, value);
            return this;
        }

        /** The id of this pulse; the same for an equal one. 0 for null. So for the other events. */
        public int id(RfPulse pulse) {
            return pulse == null ? 0 : intern(rfPulses, pulse);
        }

        public int id(Gradient gradient) {
            return gradient == null ? 0 : intern(gradients, gradient);
        }

        public int id(Adc adc) {
            return adc == null ? 0 : intern(adcs, adc);
        }

        public int id(List<Extension> extensions) {
            return extensions.isEmpty() ? 0 : intern(extensionLists, List.copyOf(extensions));
        }

        /** One object for equal shapes. */
        public Shape shared(Shape shape) {
            return shape == null ? null : shapes.computeIfAbsent(shape, s -> s);
        }

        private static <T> int intern(Map<T, Integer> table, T event) {
            Integer known = table.putIfAbsent(event, table.size() + 1);
            return known == null ? table.size() : known;
        }

        /** Adds a block that lasts {@code durationPs}; any event may be null, and extensions empty. */
        public Builder block(
                long durationPs,
                RfPulse rf,
                Gradient gx,
                Gradient gy,
                Gradient gz,
                Adc adc,
                List<Extension> extensions) {
            return block(durationPs, id(rf), id(gx), id(gy), id(gz), id(adc), id(extensions));
        }

        /** Adds a block by event ids. */
        public Builder block(long durationPs, int rf, int gx, int gy, int gz, int adc, int extensionList) {
            if (durationPs < 0) {
                throw new IllegalArgumentException("block " + (blocks + 1) + " would last " + durationPs + " ps");
            }
            if ((blocks + 1) * COLUMNS > events.length) {
                events = Arrays.copyOf(events, events.length * 2);
                startPs = Arrays.copyOf(startPs, startPs.length * 2);
            }
            int at = blocks * COLUMNS;
            events[at] = rf;
            events[at + 1] = gx;
            events[at + 2] = gy;
            events[at + 3] = gz;
            events[at + 4] = adc;
            events[at + 5] = extensionList;
            startPs[blocks + 1] = Math.addExact(startPs[blocks], durationPs);
            blocks++;
            return this;
        }

        /** Adds a block that lasts just as long as its longest event, rounded up to the block raster. */
        public Builder block(RfPulse rf, Gradient gx, Gradient gy, Gradient gz, Adc adc, List<Extension> extensions) {
            long end = 0;
            if (rf != null) {
                end = rf.endPs(rasters);
            }
            for (Gradient gradient : new Gradient[] {gx, gy, gz}) {
                if (gradient != null) {
                    end = Math.max(end, gradient.endPs(rasters));
                }
            }
            if (adc != null) {
                end = Math.max(end, adc.endPs());
            }
            for (Extension extension : extensions) {
                if (extension instanceof Extension.Trigger t) {
                    end = Math.max(end, t.delayPs() + t.durationPs());
                }
            }
            long raster = rasters.blockPs();
            return block((end + raster - 1) / raster * raster, rf, gx, gy, gz, adc, extensions);
        }

        public Builder delay(long durationPs) {
            return block(durationPs, 0, 0, 0, 0, 0, 0);
        }

        public int blocks() {
            return blocks;
        }

        /** End of the last block so far. */
        public long endPs() {
            return startPs[blocks];
        }

        public Sequence build() {
            return new Sequence(this);
        }
    }
}
