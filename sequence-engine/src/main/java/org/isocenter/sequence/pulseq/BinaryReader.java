package org.isocenter.sequence.pulseq;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.isocenter.sequence.Adc;
import org.isocenter.sequence.Extension;
import org.isocenter.sequence.Gradient;
import org.isocenter.sequence.RfPulse;
import org.isocenter.sequence.RfUse;
import org.isocenter.sequence.Sequence;

/**
 * Reads binary Pulseq files from 1.5.2 on; the layout before was never settled. The first pass finds the sections, for blocks
 * come before what they refer to. Shapes are single precision.
 */
final class BinaryReader {
    private static final int HEADER_BYTES = 32;
    private static final int OLDEST_REVISION = 2;

    /** More are not warned of one by one. */
    private static final int MOST_OWN_LABELS = 100;

    private final String file;
    private final byte[] bytes;
    private final BinaryCursor in;
    private final List<String> warnings = new ArrayList<>();
    private final Map<BinaryCode, Integer> sections = new EnumMap<>(BinaryCode.class);
    private ShapeTable shapes;
    private EventTables events;

    private BinaryReader(String file, byte[] bytes) {
        this.file = file;
        this.bytes = bytes;
        this.in = new BinaryCursor(file, bytes);
    }

    static boolean isBinary(byte[] bytes) {
        int n = BinaryCode.MAGIC.length;
        return bytes.length >= n && Arrays.equals(bytes, 0, n, BinaryCode.MAGIC, 0, n);
    }

    static PulseqFile read(String file, byte[] bytes) throws PulseqFormatException {
        return new BinaryReader(file, bytes).read();
    }

    private PulseqFile read() throws PulseqFormatException {
        String version = version();
        findSections();
        Definitions definitions = Definitions.of(file, PulseqReader.VERSION_1_5, definitions(), warnings);
        shapes = new ShapeTable(true, bytes.length);
        events = new EventTables(shapes, definitions);
        ExtensionTable extensions = extensions();
        extensions.require(definitions.requiredExtensions());
        each(BinaryCode.SHAPES, 20, this::shape);
        each(BinaryCode.RF, this::pulse);
        each(BinaryCode.GRADIENTS, this::shaped);
        each(BinaryCode.TRAP, this::trapezoid);
        each(BinaryCode.ADC, this::adc);
        Sequence sequence = blocks(new BlockTable(definitions, events, extensions, warnings));
        PulseqFile.Signature signature = signature();
        signature.warning().ifPresent(warnings::add);
        return new PulseqFile(sequence, version, true, "", signature, warnings);
    }

    private String version() throws PulseqFormatException {
        in.enter("VERSION");
        in.skip(BinaryCode.MAGIC.length);
        long major = in.longInteger();
        long minor = in.longInteger();
        long revision = in.longInteger();
        String version = major + "." + minor + "." + revision;
        if (major != 1 || minor != 5 || revision < OLDEST_REVISION || revision > 999) {
            throw new PulseqFormatException(
                    file,
                    0,
                    "VERSION",
                    "binary version " + version + " cannot be read; 1.5.2 can: export it again, or as text (.seq)");
        }
        return version;
    }

    private void findSections() throws PulseqFormatException {
        in.at(HEADER_BYTES);
        while (in.hasMore()) {
            in.enter("");
            int start = in.offset();
            long code = in.longInteger();
            BinaryCode section = BinaryCode.of(code);
            if (section == null) {
                in.at(start);
                throw in.error("no section has the code 0x" + Long.toHexString(code)
                        + "; the file is damaged, or of a later version");
            }
            in.enter(section.name());
            if (sections.putIfAbsent(section, in.offset()) != null) {
                throw in.error("the section is here twice");
            }
            skip(section);
        }
    }

    private void skip(BinaryCode section) throws PulseqFormatException {
        if (section == BinaryCode.SIGNATURE) {
            in.skip(in.integer());
            in.skip(in.integer());
            in.skip(Long.BYTES);
            return;
        }
        if (section.isExtension()) {
            in.skip(Integer.BYTES);
        }
        int count = in.count(in.longInteger(), Math.max(1, section.entryBytes), "entries");
        if (section.entryBytes > 0) {
            in.skip((long) count * section.entryBytes);
            return;
        }
        for (int i = 0; i < count; i++) {
            switch (section) {
                case DEFINITIONS -> {
                    in.skip(in.integer());
                    int values = in.integer();
                    in.skip((long) values * definitionBytes(in.letter()));
                }
                case SHAPES -> {
                    in.skip(Integer.BYTES + Long.BYTES);
                    in.skip((long) Float.BYTES * in.count(in.longInteger(), Float.BYTES, "samples"));
                }
                case SOFT_DELAYS -> {
                    in.skip(2 * Integer.BYTES + Long.BYTES + Double.BYTES);
                    in.skip(in.integer());
                }
                default -> {
                    in.skip(Integer.BYTES);
                    in.skip(2L * Double.BYTES * in.integer());
                }
            }
        }
    }

    private int definitionBytes(char type) throws PulseqFormatException {
        return switch (type) {
            case 'c' -> 1;
            case 'i' -> Integer.BYTES;
            case 'f' -> Double.BYTES;
            default -> throw in.error("a definition has the type " + (int) type + ", expected c, i or f");
        };
    }

    @FunctionalInterface
    private interface EntryReader {
        void read() throws PulseqFormatException;
    }

    private void each(BinaryCode section, EntryReader reader) throws PulseqFormatException {
        each(section, section.entryBytes, reader);
    }

    /** Reads the entries of a section, of which each has at least so many bytes. */
    private void each(BinaryCode section, int leastBytes, EntryReader reader) throws PulseqFormatException {
        if (goTo(section)) {
            entries(leastBytes, reader);
        }
    }

    private void entries(int leastBytes, EntryReader reader) throws PulseqFormatException {
        int count = in.count(in.longInteger(), leastBytes, "entries");
        for (int i = 0; i < count; i++) {
            reader.read();
        }
    }

    private boolean goTo(BinaryCode section) {
        Integer offset = sections.get(section);
        if (offset == null) {
            return false;
        }
        in.enter(section.name());
        in.at(offset);
        return true;
    }

    private Map<String, String> definitions() throws PulseqFormatException {
        Map<String, String> definitions = new LinkedHashMap<>();
        each(BinaryCode.DEFINITIONS, 9, () -> {
            String key = in.text(in.integer());
            if (!key.matches("[^\\s\\p{Cntrl}\\[#][^\\s\\p{Cntrl}]*")) {
                throw in.error("'" + PulseqText.printable(key) + "' cannot be a definition's name");
            }
            int count = in.integer();
            char type = in.letter();
            definitions.put(key, type == 'c' ? characters(count) : numbers(count, type));
        });
        return definitions;
    }

    private String characters(int count) throws PulseqFormatException {
        String text = in.text(count);
        return text.endsWith("\0") ? text.substring(0, text.length() - 1) : text;
    }

    private String numbers(int count, char type) throws PulseqFormatException {
        StringBuilder text = new StringBuilder();
        int values = in.count(count, definitionBytes(type), "values");
        for (int i = 0; i < values; i++) {
            text.append(i == 0 ? "" : " ").append(type == 'i' ? "" + in.integer() : Numbers.exact(in.number("value")));
        }
        return text.toString();
    }

    private void shape() throws PulseqFormatException {
        Place place = in.kept();
        int id = in.id("shape id", 1);
        long samples = in.longInteger();
        if (samples < 1 || samples > shapes.maxSamples()) {
            throw place.error("shape " + id + " has " + samples + " samples, expected 1 to " + shapes.maxSamples());
        }
        double[] stored = new double[in.count(in.longInteger(), Float.BYTES, "samples")];
        for (int i = 0; i < stored.length; i++) {
            stored[i] = in.single("sample");
        }
        shapes.add(place, id, stored, (int) samples);
    }

    private void pulse() throws PulseqFormatException {
        int id = in.id("id", 1);
        double amplitude = in.number("amplitude");
        int magnitude = in.id("mag_id", 1);
        int phase = in.id("phase_id", 0);
        int time = in.id("time_id", 0);
        events.add(
                in,
                id,
                new RfPulse(
                        amplitude,
                        shapes.get(magnitude, in, "magnitude shape"),
                        shapes.get(phase, in, "phase shape"),
                        shapes.get(time, in, "time shape"),
                        in.timePs("center") * 1e-12,
                        in.timePs("delay"),
                        in.number("freq_ppm"),
                        in.number("phase_ppm"),
                        in.number("freq"),
                        in.number("phase"),
                        RfUse.of(in.letter())));
    }

    private void shaped() throws PulseqFormatException {
        int id = in.id("id", 1);
        double amplitude = in.number("amplitude");
        double first = in.number("first");
        double last = in.number("last");
        int shape = in.id("shape_id", 1);
        int time = in.id("time_id", -1);
        events.addShaped(in, id, amplitude, first, last, shape, time, in.timePs("delay"));
    }

    private void trapezoid() throws PulseqFormatException {
        int id = in.id("id", 1);
        double amplitude = in.number("amplitude");
        long rise = in.timePs("rise");
        long flat = in.timePs("flat");
        long fall = in.timePs("fall");
        events.add(in, id, new Gradient.Trapezoid(amplitude, rise, flat, fall, in.timePs("delay")));
    }

    private void adc() throws PulseqFormatException {
        int id = in.id("id", 1);
        long samples = in.longInteger();
        if (samples < 1 || samples > EventTables.MAX_ADC_SAMPLES) {
            throw in.error("num is " + samples + ", expected a whole number from 1 to " + EventTables.MAX_ADC_SAMPLES);
        }
        long dwell = in.timePs("dwell");
        long delay = in.timePs("delay");
        double frequencyPpm = in.number("freq_ppm");
        double phasePpm = in.number("phase_ppm");
        double frequency = in.number("freq");
        double phase = in.number("phase");
        int phaseShape = in.id("phase_id", 0);
        events.add(
                in,
                id,
                new Adc(
                        (int) samples,
                        dwell,
                        delay,
                        frequencyPpm,
                        phasePpm,
                        frequency,
                        phase,
                        shapes.get(phaseShape, in, "phase shape")));
    }

    private ExtensionTable extensions() throws PulseqFormatException {
        ExtensionTable table = new ExtensionTable(file, warnings);
        each(BinaryCode.EXTENSIONS, () -> {
            int id = in.id("id", 1);
            int type = in.integer();
            int reference = in.integer();
            table.link(in, id, type, reference, in.id("next", 0));
        });
        kind(table, BinaryCode.TRIGGERS, ExtensionTable.TRIGGERS, 28, () -> {
            int type = in.id("type", 0);
            int channel = in.id("channel", 0);
            long delay = in.timePs("delay");
            return new Extension.Trigger(type, channel, delay, in.timePs("duration"));
        });
        kind(table, BinaryCode.LABELSET, ExtensionTable.LABELSET, 12, () -> label(false));
        kind(table, BinaryCode.LABELINC, ExtensionTable.LABELINC, 12, () -> label(true));
        kind(table, BinaryCode.SOFT_DELAYS, ExtensionTable.SOFT_DELAYS, 28, () -> {
            int number = in.id("num", 0);
            long offset = in.longInteger();
            double factor = in.number("factor");
            return ExtensionEntries.softDelay(in, number, offset, factor, in.text(in.integer()));
        });
        kind(table, BinaryCode.RF_SHIMS, ExtensionTable.RF_SHIMS, 8, this::shim);
        kind(table, BinaryCode.ROTATIONS, ExtensionTable.ROTATIONS, 36, () -> {
            double w = in.number("q0");
            double x = in.number("qx");
            double y = in.number("qy");
            return ExtensionEntries.rotation(in, w, x, y, in.number("qz"));
        });
        return table;
    }

    @FunctionalInterface
    private interface ExtensionReader {
        Extension read() throws PulseqFormatException;
    }

    private void kind(ExtensionTable table, BinaryCode section, String name, int leastBytes, ExtensionReader reader)
            throws PulseqFormatException {
        if (goTo(section)) {
            ExtensionTable.Kind kind = table.kind(in, name, in.integer());
            entries(leastBytes, () -> {
                int id = in.id("id", 1);
                kind.add(in, id, reader.read());
            });
        }
    }

    private Extension label(boolean increment) throws PulseqFormatException {
        int value = in.integer();
        int index = in.id("label", 1);
        if (index <= Labels.DEFINED.size()) {
            return new Extension.Label(increment, Labels.DEFINED.get(index - 1), value);
        }
        String warning = "label number " + index + " is the writer's own; binary files do not hold its name";
        if (index < MOST_OWN_LABELS && !warnings.contains(warning)) {
            warnings.add(warning);
        }
        return new Extension.Label(increment, "LABEL" + index, value);
    }

    private Extension shim() throws PulseqFormatException {
        int channels = in.id("num_chan", 1);
        ExtensionEntries.checkChannels(in, channels, 2L * channels);
        List<Double> values = new ArrayList<>(2 * channels);
        for (int i = 0; i < 2 * channels; i++) {
            values.add(in.number("shim"));
        }
        return new Extension.RfShim(values);
    }

    private Sequence blocks(BlockTable blocks) throws PulseqFormatException {
        if (!sections.containsKey(BinaryCode.BLOCKS)) {
            throw new PulseqFormatException(file, 0, "BLOCKS", "no blocks: the file is incomplete");
        }
        each(BinaryCode.BLOCKS, () -> {
            long duration = in.longInteger();
            if (duration < 0) {
                throw in.error("duration is " + duration + ", expected a whole number from 0 on");
            }
            int rf = in.id("RF", 0);
            int gx = in.id("gradient", 0);
            int gy = in.id("gradient", 0);
            int gz = in.id("gradient", 0);
            int adc = in.id("ADC", 0);
            blocks.add(in, duration, rf, gx, gy, gz, adc, in.id("ext", 0));
        });
        return blocks.build();
    }

    private PulseqFile.Signature signature() throws PulseqFormatException {
        if (!goTo(BinaryCode.SIGNATURE)) {
            return PulseqFile.Signature.ABSENT;
        }
        int signed = in.offset() - Long.BYTES;
        String type = in.text(in.integer());
        byte[] hash = new byte[in.count(in.integer(), 1, "bytes of hash")];
        for (int i = 0; i < hash.length; i++) {
            hash[i] = (byte) in.letter();
        }
        boolean right = in.longInteger() == signed && !in.hasMore();
        if (!type.equalsIgnoreCase("md5")) {
            return PulseqFile.Signature.UNKNOWN_TYPE;
        }
        right &= HexFormat.of().formatHex(hash).equals(Signatures.md5(bytes, signed));
        return right ? PulseqFile.Signature.VALID : PulseqFile.Signature.INVALID;
    }
}
