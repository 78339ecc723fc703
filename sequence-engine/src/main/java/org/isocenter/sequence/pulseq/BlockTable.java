package org.isocenter.sequence.pulseq;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.isocenter.sequence.Adc;
import org.isocenter.sequence.Axis;
import org.isocenter.sequence.Extension;
import org.isocenter.sequence.Gradient;
import org.isocenter.sequence.Rasters;
import org.isocenter.sequence.RfPulse;
import org.isocenter.sequence.Sequence;

/**
 * Builds the sequence block by block from the event ids of a file, text or binary. Blocks are played in the order in which
 * they come, whatever their numbers. Each event is taken over once.
 */
final class BlockTable {
    /** 100 days; a picosecond count reaches 106. */
    private static final double MAX_TOTAL_PS = 8.64e18;

    private record ListKey(int head, Extension.RfShim shim) {}

    private final Rasters rasters;
    private final EventTables events;
    private final ExtensionTable extensions;
    private final List<String> warnings;
    private final Sequence.Builder builder;
    private final GradientEdges edges;
    private final IdTable<Integer> rfIds = new IdTable<>();
    private final IdTable<Integer> adcIds = new IdTable<>();
    private final Map<ListKey, Integer> listIds = new HashMap<>();
    private final Gradient[] gradients = new Gradient[3];
    private final int[] gradientIds = new int[3];
    private boolean warnedOfRaster;

    BlockTable(Definitions definitions, EventTables events, ExtensionTable extensions, List<String> warnings) {
        this.rasters = definitions.rasters();
        this.events = events;
        this.extensions = extensions;
        this.warnings = warnings;
        builder = new Sequence.Builder(rasters);
        edges = new GradientEdges(builder);
        definitions.values().forEach(builder::definition);
    }

    Sequence build() {
        return builder.build();
    }

    /** Adds a block that lasts so many block rasters. Ids of 0 are none. */
    void add(Place at, long durationRasters, int rf, int gx, int gy, int gz, int adc, int extensionList)
            throws PulseqFormatException {
        if ((double) durationRasters * rasters.blockPs() > MAX_TOTAL_PS) {
            throw at.error("the block would last more than 100 days");
        }
        resolveGradients(at, gx, gy, gz);
        find(at, rf, "RF", events.rf);
        find(at, adc, "ADC", events.adcs);
        append(at, durationRasters * rasters.blockPs(), rf, gx, gy, gz, adc, extensionList);
    }

    /** Adds a block of a file before 1.4: it lasts as long as its longest event or its delay. */
    void addWithoutDuration(Place at, int delay, int rf, int gx, int gy, int gz, int adc, int extensionList)
            throws PulseqFormatException {
        resolveGradients(at, gx, gy, gz);
        RfPulse pulse = find(at, rf, "RF", events.rf);
        Adc window = find(at, adc, "ADC", events.adcs);
        Long delayPs = find(at, delay, "delay", events.delaysPs);
        long endPs = BlockEnd.ps(rasters, pulse, gradients, window, extensions.list(extensionList, at));
        long durationPs = Math.max(endPs, delayPs == null ? 0 : delayPs);
        if (durationPs % rasters.blockPs() != 0 && !warnedOfRaster) {
            warnedOfRaster = true;
            warnings.add("block " + (builder.blocks() + 1)
                    + " ends off the 10 µs raster; kept as it is, as are others like it");
        }
        append(at, durationPs, rf, gx, gy, gz, adc, extensionList);
    }

    private void append(Place at, long durationPs, int rf, int gx, int gy, int gz, int adc, int extensionList)
            throws PulseqFormatException {
        if ((double) builder.endPs() + durationPs > MAX_TOTAL_PS) {
            throw at.error("the sequence would last more than 100 days");
        }
        gradientIds[0] = edges.id(Axis.X, gx, gradients[0], durationPs);
        gradientIds[1] = edges.id(Axis.Y, gy, gradients[1], durationPs);
        gradientIds[2] = edges.id(Axis.Z, gz, gradients[2], durationPs);
        builder.block(
                durationPs,
                rfId(rf),
                gradientIds[0],
                gradientIds[1],
                gradientIds[2],
                adcId(adc),
                listId(at, extensionList, rf));
    }

    private void resolveGradients(Place at, int gx, int gy, int gz) throws PulseqFormatException {
        gradients[0] = find(at, gx, "gradient", events.gradients);
        gradients[1] = find(at, gy, "gradient", events.gradients);
        gradients[2] = find(at, gz, "gradient", events.gradients);
    }

    private static <T> T find(Place at, int id, String what, IdTable<T> table) throws PulseqFormatException {
        T event = id == 0 ? null : table.get(id);
        if (event == null && id != 0) {
            throw at.error(what + " event " + id + " is not defined");
        }
        return event;
    }

    private int rfId(int fileId) {
        Integer id = fileId == 0 ? Integer.valueOf(0) : rfIds.get(fileId);
        if (id == null) {
            id = builder.id(events.rf.get(fileId));
            rfIds.put(fileId, id);
        }
        return id;
    }

    private int adcId(int fileId) {
        Integer id = fileId == 0 ? Integer.valueOf(0) : adcIds.get(fileId);
        if (id == null) {
            id = builder.id(events.adcs.get(fileId));
            adcIds.put(fileId, id);
        }
        return id;
    }

    /** The list that the block names, with the transmit weights that its pulse may bring along. */
    private int listId(Place at, int head, int rf) throws PulseqFormatException {
        Extension.RfShim shim = rf == 0 ? null : events.shims.get(rf);
        if (head == 0 && shim == null) {
            return 0;
        }
        ListKey key = new ListKey(head, shim);
        Integer known = listIds.get(key);
        if (known == null) {
            List<Extension> list = new ArrayList<>(extensions.list(head, at));
            if (shim != null && list.stream().noneMatch(Extension.RfShim.class::isInstance)) {
                list.add(shim);
            }
            known = builder.id(list);
            listIds.put(key, known);
        }
        return known;
    }
}
