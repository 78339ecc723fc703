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

/** Turns the lines of [BLOCKS] into a sequence. Blocks are played in the order of the file, whatever their numbers. */
final class BlockReader {
    /** 100 days; a picosecond count reaches 106. */
    private static final double MAX_TOTAL_PS = 8.64e18;

    private final PulseqText text;
    private final int version;
    private final Rasters rasters;
    private final EventTables events;
    private final ExtensionTable extensions;
    private final List<String> warnings;
    private final Sequence.Builder builder;
    private final GradientEdges edges;
    private final Map<Integer, Integer> rfIds = new HashMap<>();
    private final Map<Integer, Integer> adcIds = new HashMap<>();
    private final Map<Integer, Integer> listIds = new HashMap<>();
    private boolean warnedOfRaster;

    BlockReader(
            PulseqText text,
            int version,
            Rasters rasters,
            EventTables events,
            ExtensionTable extensions,
            List<String> warnings) {
        this.text = text;
        this.version = version;
        this.rasters = rasters;
        this.events = events;
        this.extensions = extensions;
        this.warnings = warnings;
        builder = new Sequence.Builder(rasters);
        edges = new GradientEdges(builder, version < PulseqReader.VERSION_1_5);
    }

    Sequence read(Map<String, String> definitions) throws PulseqFormatException {
        PulseqText.Section section = text.section("BLOCKS");
        if (section == null || section.count == 0) {
            throw new PulseqFormatException(
                    text.file, section == null ? 0 : section.line, "BLOCKS", "no blocks: the file is incomplete");
        }
        definitions.forEach(builder::definition);
        Fields fields = new Fields(text, section);
        while (fields.next()) {
            block(fields);
        }
        return builder.build();
    }

    private void block(Fields f) throws PulseqFormatException {
        int n = f.count();
        if (n != 8 && (n != 7 || version >= PulseqReader.VERSION_1_4)) {
            throw f.error(n + " fields, expected "
                    + (version >= PulseqReader.VERSION_1_4
                            ? "8: id duration rf gx gy gz adc ext"
                            : "7 or 8: id delay rf gx gy gz adc [ext]"));
        }
        RfPulse rf = event(f, 2, "RF", events.rf);
        Gradient[] gradients = new Gradient[3];
        for (Axis axis : Axis.values()) {
            gradients[axis.ordinal()] = event(f, 3 + axis.ordinal(), "gradient", events.gradients);
        }
        Adc adc = event(f, 6, "ADC", events.adcs);
        int head = n == 8 ? f.id(7, "ext", 0) : 0;
        List<Extension> list = head == 0 ? List.of() : extensions.list(head, f.line());

        long durationPs =
                version >= PulseqReader.VERSION_1_4 ? durationPs(f) : durationFromEventsPs(f, rf, gradients, adc, list);
        if ((double) builder.endPs() + durationPs > MAX_TOTAL_PS) {
            throw f.error("the sequence would last more than 100 days");
        }
        int[] gradientIds = new int[3];
        for (Axis axis : Axis.values()) {
            int i = axis.ordinal();
            gradientIds[i] = edges.id(axis, f.id(3 + i, "gradient", 0), gradients[i], durationPs);
        }
        builder.block(
                durationPs,
                rf == null ? 0 : rfIds.computeIfAbsent(f.id(2, "RF", 0), id -> builder.id(rf)),
                gradientIds[0],
                gradientIds[1],
                gradientIds[2],
                adc == null ? 0 : adcIds.computeIfAbsent(f.id(6, "ADC", 0), id -> builder.id(adc)),
                listIds.computeIfAbsent(head, id -> builder.id(list)));
    }

    private static <T> T event(Fields f, int column, String what, Map<Integer, T> table) throws PulseqFormatException {
        int id = f.id(column, what, 0);
        if (id == 0) {
            return null;
        }
        T event = table.get(id);
        if (event == null) {
            throw f.error(what + " event " + id + " is not defined");
        }
        return event;
    }

    private long durationPs(Fields f) throws PulseqFormatException {
        long rastersLong = f.integer(1, "duration", 0, Integer.MAX_VALUE);
        if ((double) rastersLong * rasters.blockPs() > MAX_TOTAL_PS) {
            throw f.error("the block would last more than 100 days");
        }
        return rastersLong * rasters.blockPs();
    }

    /** Before 1.4 a block lasts as long as its longest event or its delay. */
    private long durationFromEventsPs(Fields f, RfPulse rf, Gradient[] gradients, Adc adc, List<Extension> list)
            throws PulseqFormatException {
        Long delayPs = event(f, 1, "delay", events.delaysPs);
        List<Long> ends = new ArrayList<>();
        ends.add(delayPs == null ? 0 : delayPs);
        if (rf != null) {
            ends.add(rf.endPs(rasters));
        }
        for (Gradient gradient : gradients) {
            if (gradient != null) {
                ends.add(gradient.endPs(rasters));
            }
        }
        if (adc != null) {
            ends.add(adc.endPs());
        }
        for (Extension extension : list) {
            if (extension instanceof Extension.Trigger t) {
                ends.add(t.delayPs() + t.durationPs());
            }
        }
        long durationPs = ends.stream().mapToLong(Long::longValue).max().orElse(0);
        if (durationPs % rasters.blockPs() != 0 && !warnedOfRaster) {
            warnedOfRaster = true;
            warnings.add("line " + f.line() + ": the block ends off the 10 µs raster; kept as it is, others too");
        }
        return durationPs;
    }
}
