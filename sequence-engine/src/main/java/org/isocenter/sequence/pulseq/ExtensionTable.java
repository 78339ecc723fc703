package org.isocenter.sequence.pulseq;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.isocenter.model.Rotation;
import org.isocenter.sequence.Extension;

/** The linked lists of [EXTENSIONS] and what they point to. */
final class ExtensionTable {
    static final String EXTENSIONS = "EXTENSIONS";

    private static final Set<String> KNOWN =
            Set.of("TRIGGERS", "LABELSET", "LABELINC", "DELAYS", "ROTATIONS", "RF_SHIMS");
    private static final double PS_PER_MICROSECOND = 1e6;

    /** No real block has more; a list this long is a cycle or an attack. */
    private static final int MAX_PER_BLOCK = 64;

    private record Link(int type, int reference, int next, int line) {}

    /** One extension sub-section. */
    private record Kind(String name, Map<Integer, Extension> entries) {}

    private final PulseqText text;
    private final List<String> warnings;
    private final Map<Integer, Link> links = new HashMap<>();
    private final Map<Integer, Kind> kinds = new HashMap<>();
    private final Map<Integer, List<Extension>> resolved = new HashMap<>();
    private final Set<Integer> undefinedTypes = new HashSet<>();

    ExtensionTable(PulseqText text, List<String> warnings) throws PulseqFormatException {
        this.text = text;
        this.warnings = warnings;
        PulseqText.Section list = text.section(EXTENSIONS);
        if (list != null) {
            readLinks(new Fields(text, list));
        }
        for (PulseqText.Section section : text.sections.values()) {
            if (!section.type.isEmpty()) {
                readKind(section);
            }
        }
    }

    /** Refuses a file that needs an extension which this reader does not know, or which the file does not hold. */
    void require(String definition) throws PulseqFormatException {
        for (String name : definition.trim().split("[ \t]+")) {
            if (name.isEmpty()) {
                continue;
            }
            if (!KNOWN.contains(name)) {
                throw new PulseqFormatException(
                        text.file,
                        0,
                        "DEFINITIONS",
                        "RequiredExtensions names " + PulseqText.printable(name)
                                + ", which this version cannot play; export the sequence without it");
            }
            if (text.section("extension " + name) == null) {
                throw new PulseqFormatException(
                        text.file,
                        0,
                        "DEFINITIONS",
                        "RequiredExtensions names " + name + " but the file has no such extension: its meaning was lost"
                                + " in an export to an older version; export it again as 1.5.1");
            }
        }
    }

    /** The extensions of the list that starts at {@code head}, in walking order. */
    List<Extension> list(int head, int blockLine) throws PulseqFormatException {
        List<Extension> known = resolved.get(head);
        if (known == null) {
            known = walk(head, blockLine);
            resolved.put(head, known);
        }
        return known;
    }

    private List<Extension> walk(int head, int blockLine) throws PulseqFormatException {
        List<Extension> found = new ArrayList<>(4);
        int line = blockLine;
        String section = "BLOCKS";
        for (int id = head, steps = 0; id != 0; steps++) {
            Link link = links.get(id);
            if (link == null) {
                throw new PulseqFormatException(
                        text.file, line, section, "extension list entry " + id + " is not defined");
            }
            if (steps == MAX_PER_BLOCK) {
                throw new PulseqFormatException(
                        text.file, link.line, EXTENSIONS, "the list from " + head + " runs in a circle or is too long");
            }
            line = link.line;
            section = EXTENSIONS;
            Kind kind = kinds.get(link.type);
            if (kind == null) {
                if (undefinedTypes.add(link.type)) {
                    warnings.add("line " + line + ": extension type " + link.type
                            + " is used but not defined; ignored everywhere");
                }
            } else {
                Extension extension = kind.entries.get(link.reference);
                if (extension == null) {
                    throw new PulseqFormatException(
                            text.file,
                            line,
                            EXTENSIONS,
                            PulseqText.printable(kind.name) + " " + link.reference + " is not defined");
                }
                found.add(extension);
            }
            id = link.next;
        }
        if (found.stream().filter(Extension.Turn.class::isInstance).count() > 1) {
            throw new PulseqFormatException(
                    text.file, blockLine, "BLOCKS", "the block has more than one rotation; Pulseq allows one");
        }
        return List.copyOf(found);
    }

    private void readLinks(Fields fields) throws PulseqFormatException {
        while (fields.next()) {
            if (fields.count() != 4) {
                throw fields.error(fields.count() + " fields, expected 4: id type ref next");
            }
            int id = fields.id(0, "id", 1);
            Link link =
                    new Link(fields.id(1, "type", 0), fields.id(2, "ref", 0), fields.id(3, "next", 0), fields.line());
            if (links.put(id, link) != null) {
                throw fields.error("id " + id + " is defined twice");
            }
        }
    }

    private void readKind(PulseqText.Section section) throws PulseqFormatException {
        String name = section.name.substring(section.name.indexOf(' ') + 1);
        Fields fields = new Fields(text, section);
        int type;
        try {
            type = Integer.parseInt(section.type);
        } catch (NumberFormatException e) {
            throw fields.error(
                    section.line,
                    "the type number is '" + PulseqText.printable(section.type) + "', expected a whole number");
        }
        Kind kind = new Kind(name, new HashMap<>());
        if (kinds.put(type, kind) != null) {
            throw fields.error(section.line, "two extensions have the type number " + type);
        }
        if (!KNOWN.contains(name)) {
            warnings.add("line " + section.line + ": extension " + PulseqText.printable(name)
                    + " is not known; it has no effect");
        }
        while (fields.next()) {
            int id = fields.id(0, "id", 1);
            if (kind.entries.put(id, entry(name, fields)) != null) {
                throw fields.error("id " + id + " is defined twice");
            }
        }
    }

    private Extension entry(String name, Fields f) throws PulseqFormatException {
        switch (name) {
            case "TRIGGERS":
                expect(f, 5, "id type channel delay duration");
                return new Extension.Trigger(
                        f.id(1, "type", 0),
                        f.id(2, "channel", 0),
                        f.timePs(3, "delay", PS_PER_MICROSECOND),
                        f.timePs(4, "duration", PS_PER_MICROSECOND));
            case "LABELSET":
            case "LABELINC":
                expect(f, 3, "id value label");
                return new Extension.Label(name.equals("LABELINC"), f.word(2), (int)
                        f.integer(1, "value", Integer.MIN_VALUE, Integer.MAX_VALUE));
            case "DELAYS":
                return softDelay(f);
            case "ROTATIONS":
                return rotation(f);
            case "RF_SHIMS":
                return shim(f);
            default:
                return new Extension.Unknown(name, f.rest(1));
        }
    }

    private static Extension softDelay(Fields f) throws PulseqFormatException {
        expect(f, 5, "id num offset factor hint");
        double offsetPs = f.number(2, "offset") * PS_PER_MICROSECOND;
        if (Math.abs(offsetPs) > Fields.MAX_EVENT_PS) {
            throw f.error("offset is longer than 28 hours");
        }
        double factor = f.number(3, "factor");
        if (factor == 0) {
            throw f.error("factor is 0; a delay cannot be divided by it");
        }
        return new Extension.SoftDelay(f.id(1, "num", 0), Math.round(offsetPs), factor, f.word(4));
    }

    private static Extension rotation(Fields f) throws PulseqFormatException {
        expect(f, 5, "id q0 qx qy qz");
        double[] q = new double[4];
        double squares = 0;
        for (int i = 0; i < 4; i++) {
            q[i] = f.number(i + 1, "quaternion");
            squares += q[i] * q[i];
        }
        double norm = Math.sqrt(squares);
        if (!(Math.abs(norm - 1) <= 1e-3)) {
            throw f.error("the quaternion has the norm " + norm + ", expected 1");
        }
        return new Extension.Turn(new Rotation(q[0], q[1], q[2], q[3]));
    }

    private static Extension shim(Fields f) throws PulseqFormatException {
        if (f.count() < 4) {
            throw f.error("expected id nchan mag1 phase1 mag2 phase2 …");
        }
        int channels = f.id(1, "nchan", 1);
        if (f.count() - 2 != 2L * channels) {
            throw f.error((f.count() - 2) + " values for " + channels + " channels, expected twice as many");
        }
        List<Double> values = new ArrayList<>(2 * channels);
        for (int i = 2; i < f.count(); i++) {
            values.add(f.number(i, "shim"));
        }
        return new Extension.RfShim(values);
    }

    private static void expect(Fields f, int count, String columns) throws PulseqFormatException {
        if (f.count() != count) {
            throw f.error(f.count() + " fields, expected " + count + ": " + columns);
        }
    }
}
