package org.isocenter.sequence.pulseq;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.isocenter.sequence.Adc;
import org.isocenter.sequence.Gradient;
import org.isocenter.sequence.RfPulse;
import org.isocenter.sequence.RfUse;
import org.isocenter.sequence.Sequence;
import org.isocenter.sequence.Shape;

/**
 * Reads a text file section by section, in the order in which they need one another. Columns are told by their number, and
 * a number that does not fit the version is noted.
 */
final class TextReader {
    static final double PS_PER_MICROSECOND = 1e6;
    private static final double PS_PER_NANOSECOND = 1e3;

    private static final Set<String> SECTIONS = Set.of(
            "VERSION",
            PulseqText.DEFINITIONS,
            "BLOCKS",
            "RF",
            "GRADIENTS",
            "TRAP",
            "ADC",
            "DELAYS",
            ExtensionTable.EXTENSIONS,
            "SHAPES",
            PulseqText.SIGNATURE);

    private final PulseqText text;
    private final List<String> warnings;
    private final int version;
    private final Definitions definitions;
    private final ShapeTable shapes;
    private final EventTables events;

    private TextReader(PulseqText text, int version, List<String> warnings) throws PulseqFormatException {
        this.text = text;
        this.version = version;
        this.warnings = warnings;
        definitions = Definitions.of(text.file, version, definitions(text), warnings);
        shapes = new ShapeTable(version >= PulseqReader.VERSION_1_4, text.bytes.length);
        events = new EventTables(shapes, definitions);
    }

    static Sequence read(PulseqText text, int version, List<String> warnings) throws PulseqFormatException {
        return new TextReader(text, version, warnings).read();
    }

    private Sequence read() throws PulseqFormatException {
        warnOfUnknownSections();
        ExtensionTable extensions = TextExtensions.read(text, warnings);
        extensions.require(definitions.requiredExtensions());
        readShapes();
        each("RF", 7, 8, 12, this::pulse);
        each("GRADIENTS", 4, 5, 7, this::shaped);
        each("TRAP", 6, 6, 6, this::trapezoid);
        each("ADC", 6, 6, 9, this::adc);
        PulseqText.Section delays = text.section("DELAYS");
        if (delays != null && version >= PulseqReader.VERSION_1_4) {
            throw new PulseqFormatException(
                    text.file,
                    delays.line,
                    "DELAYS",
                    "the section is not allowed from version 1.4 on; blocks hold their own duration");
        }
        each("DELAYS", 2, 2, 2, this::delay);
        return blocks(new BlockTable(definitions, events, extensions, warnings));
    }

    private static Map<String, String> definitions(PulseqText text) throws PulseqFormatException {
        Map<String, String> definitions = new LinkedHashMap<>();
        PulseqText.Section section = text.section(PulseqText.DEFINITIONS);
        if (section != null) {
            Fields fields = new Fields(text, section);
            while (fields.next()) {
                String[] keyAndValue = fields.rest(0).split("[ \t]+", 2);
                definitions.put(keyAndValue[0], keyAndValue.length < 2 ? "" : keyAndValue[1]);
            }
        }
        return definitions;
    }

    private void warnOfUnknownSections() {
        for (PulseqText.Section section : text.sections.values()) {
            if (section.type.isEmpty() && !SECTIONS.contains(section.name)) {
                warnings.add("line " + section.line + ": section [" + PulseqText.printable(section.name)
                        + "] is not known; ignored");
            }
        }
    }

    private void readShapes() throws PulseqFormatException {
        PulseqText.Section section = text.section("SHAPES");
        if (section == null) {
            return;
        }
        Fields fields = new Fields(text, section);
        double[] stored = new double[256];
        boolean more = fields.next();
        while (more) {
            Place place = fields.kept();
            if (fields.count() < 2 || !fields.startsWith(0, "shape_id")) {
                throw fields.error("expected 'shape_id N'");
            }
            int id = fields.id(1, "shape_id", 1);
            if (!fields.next() || fields.count() < 2 || !fields.startsWith(0, "num_")) {
                throw place.error("shape " + id + ": expected 'num_samples N' in the next line");
            }
            int samples = (int) fields.integer(1, "num_samples", 1, shapes.maxSamples());
            int count = 0;
            while ((more = fields.next()) && !fields.startsWith(0, "shape")) {
                if (fields.count() != 1) {
                    throw fields.error("shape " + id + ": expected one number in a line");
                }
                if (count == stored.length) {
                    stored = Arrays.copyOf(stored, count * 2);
                }
                stored[count++] = fields.number(0, "sample");
            }
            shapes.add(place, id, Arrays.copyOf(stored, count), samples);
        }
    }

    @FunctionalInterface
    private interface LineReader {
        void read(Fields fields) throws PulseqFormatException;
    }

    private void each(String name, int columnsBefore14, int columns14, int columns15, LineReader reader)
            throws PulseqFormatException {
        PulseqText.Section section = text.section(name);
        if (section == null) {
            return;
        }
        int expected = version >= PulseqReader.VERSION_1_5
                ? columns15
                : version >= PulseqReader.VERSION_1_4 ? columns14 : columnsBefore14;
        Fields fields = new Fields(text, section);
        boolean warned = false;
        while (fields.next()) {
            if (fields.count() != expected && !warned) {
                warned = true;
                warnings.add("line " + fields.line() + ": [" + name + "] has " + fields.count()
                        + " columns where this version has " + expected);
            }
            reader.read(fields);
        }
    }

    private static void check(Fields f, boolean fits, String columns) throws PulseqFormatException {
        if (!fits) {
            throw f.error(f.count() + " fields, expected " + columns);
        }
    }

    /**
     * A line of [RF]: 7 columns before 1.4, 8 with a time shape, 12 from 1.5 on. 9 and 10 are those of a branch for parallel
     * transmission, which adds the shapes of the channels' magnitudes and phases to the first two.
     */
    private void pulse(Fields f) throws PulseqFormatException {
        int n = f.count();
        check(f, n >= 7 && n <= 12, "7 (before 1.4), 8 (1.4), 12 (1.5), or 9 or 10 with a transmit shim");
        boolean timed = n != 7 && n != 9;
        boolean full = n >= 11;
        int delayColumn = full ? 6 : timed ? 5 : 4;
        int frequencyColumn = full ? 9 : delayColumn + 1;
        double amplitude = f.number(1, "amplitude");
        Shape magnitude = shapes.get(f.id(2, "mag_id", 1), f, "magnitude shape");
        Shape phase = shapes.get(f.id(3, "phase_id", 0), f, "phase shape");
        Shape time = timed ? shapes.get(f.id(4, "time_id", 0), f, "time shape") : null;
        int id = f.id(0, "id", 1);
        events.add(
                f,
                id,
                new RfPulse(
                        amplitude,
                        magnitude,
                        phase,
                        time,
                        full ? center(f) : Double.NaN,
                        f.timePs(delayColumn, "delay", PS_PER_MICROSECOND),
                        full ? f.number(7, "freq_ppm") : 0,
                        full ? f.number(8, "phase_ppm") : 0,
                        f.number(frequencyColumn, "freq"),
                        f.number(frequencyColumn + 1, "phase"),
                        n == 12 ? use(f) : RfUse.UNDEFINED));
        if (n == 9 || n == 10) {
            shim(f, id);
        }
    }

    private void shim(Fields f, int rfId) throws PulseqFormatException {
        int magnitudeId = f.id(f.count() - 2, "shim_mag_id", 0);
        int phaseId = f.id(f.count() - 1, "shim_phase_id", 0);
        if ((magnitudeId == 0) != (phaseId == 0)) {
            throw f.error("shim_mag_id " + magnitudeId + " and shim_phase_id " + phaseId + ": both or none are needed");
        }
        if (magnitudeId != 0) {
            events.addShim(f, rfId, magnitudeId, phaseId);
        }
    }

    private static RfUse use(Fields f) throws PulseqFormatException {
        String use = f.word(11);
        check(f, use.length() == 1, "one letter as the use");
        return RfUse.of(use.charAt(0));
    }

    /** Unlike other times this one need not be a whole number of picoseconds. */
    private static double center(Fields f) throws PulseqFormatException {
        f.timePs(5, "center", PS_PER_MICROSECOND);
        return f.number(5, "center") * 1e-6;
    }

    private void shaped(Fields f) throws PulseqFormatException {
        int n = f.count();
        check(f, n == 4 || n == 5 || n == 7, "4 (before 1.4), 5 (1.4) or 7 (1.5)");
        boolean edges = n == 7;
        int shapeColumn = edges ? 4 : 2;
        events.addShaped(
                f,
                f.id(0, "id", 1),
                f.number(1, "amplitude"),
                edges ? f.number(2, "first") : Double.NaN,
                edges ? f.number(3, "last") : Double.NaN,
                f.id(shapeColumn, "shape_id", 1),
                n == 4 ? 0 : f.id(shapeColumn + 1, "time_id", -1),
                f.timePs(n - 1, "delay", PS_PER_MICROSECOND));
    }

    private void trapezoid(Fields f) throws PulseqFormatException {
        check(f, f.count() == 6, "6: id amplitude rise flat fall delay");
        double amplitude = f.number(1, "amplitude");
        long rise = f.timePs(2, "rise", PS_PER_MICROSECOND);
        long flat = f.timePs(3, "flat", PS_PER_MICROSECOND);
        long fall = f.timePs(4, "fall", PS_PER_MICROSECOND);
        // Some old writers made zero-amplitude trapezoids without ramps; as in the toolboxes the flat top lends a
        // raster.
        if (version < PulseqReader.VERSION_1_4 && amplitude == 0) {
            long raster = definitions.rasters().gradientPs();
            if (rise == 0 && flat >= raster) {
                rise = raster;
                flat -= raster;
            }
            if (fall == 0 && flat >= raster) {
                fall = raster;
                flat -= raster;
            }
        }
        long delay = f.timePs(5, "delay", PS_PER_MICROSECOND);
        events.add(f, f.id(0, "id", 1), new Gradient.Trapezoid(amplitude, rise, flat, fall, delay));
    }

    private void adc(Fields f) throws PulseqFormatException {
        int n = f.count();
        check(f, n == 6 || n == 8 || n == 9, "6 (before 1.5) or 9 (1.5)");
        boolean full = n >= 8;
        int frequencyColumn = full ? 6 : 4;
        events.add(
                f,
                f.id(0, "id", 1),
                new Adc(
                        (int) f.integer(1, "num", 1, EventTables.MAX_ADC_SAMPLES),
                        f.timePs(2, "dwell", PS_PER_NANOSECOND),
                        f.timePs(3, "delay", PS_PER_MICROSECOND),
                        full ? f.number(4, "freq_ppm") : 0,
                        full ? f.number(5, "phase_ppm") : 0,
                        f.number(frequencyColumn, "freq"),
                        f.number(frequencyColumn + 1, "phase"),
                        n == 9 ? shapes.get(f.id(8, "phase_id", 0), f, "phase shape") : null));
    }

    private void delay(Fields f) throws PulseqFormatException {
        check(f, f.count() == 2, "2: id delay");
        EventTables.put(f, events.delaysPs, f.id(0, "id", 1), f.timePs(1, "delay", PS_PER_MICROSECOND));
    }

    private Sequence blocks(BlockTable blocks) throws PulseqFormatException {
        PulseqText.Section section = text.section("BLOCKS");
        if (section == null || section.empty) {
            throw new PulseqFormatException(
                    text.file, section == null ? 0 : section.line, "BLOCKS", "no blocks: the file is incomplete");
        }
        boolean ownDurations = version >= PulseqReader.VERSION_1_4;
        Fields f = new Fields(text, section);
        while (f.next()) {
            int n = f.count();
            if (n != 8 && (n != 7 || ownDurations)) {
                throw f.error(n + " fields, expected "
                        + (ownDurations
                                ? "8: id duration rf gx gy gz adc ext"
                                : "7 or 8: id delay rf gx gy gz adc [ext]"));
            }
            int rf = f.id(2, "RF", 0);
            int gx = f.id(3, "gradient", 0);
            int gy = f.id(4, "gradient", 0);
            int gz = f.id(5, "gradient", 0);
            int adc = f.id(6, "ADC", 0);
            int list = n == 8 ? f.id(7, "ext", 0) : 0;
            if (ownDurations) {
                blocks.add(f, f.integer(1, "duration", 0, Integer.MAX_VALUE), rf, gx, gy, gz, adc, list);
            } else {
                blocks.addWithoutDuration(f, f.id(1, "delay", 0), rf, gx, gy, gz, adc, list);
            }
        }
        return blocks.build();
    }
}
