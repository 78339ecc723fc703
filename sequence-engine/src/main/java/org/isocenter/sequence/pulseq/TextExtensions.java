package org.isocenter.sequence.pulseq;

import java.util.ArrayList;
import java.util.List;
import org.isocenter.sequence.Extension;

/** Reads [EXTENSIONS] and its sub-sections. */
final class TextExtensions {
    private TextExtensions() {}

    static ExtensionTable read(PulseqText text, List<String> warnings) throws PulseqFormatException {
        ExtensionTable table = new ExtensionTable(text.file, warnings);
        PulseqText.Section list = text.section(ExtensionTable.EXTENSIONS);
        if (list != null) {
            Fields f = new Fields(text, list);
            while (f.next()) {
                expect(f, 4, "id type ref next");
                table.link(f, f.id(0, "id", 1), f.id(1, "type", 0), f.id(2, "ref", 0), f.id(3, "next", 0));
            }
        }
        for (PulseqText.Section section : text.sections.values()) {
            if (!section.type.isEmpty()) {
                readKind(text, section, table, warnings);
            }
        }
        return table;
    }

    private static void readKind(
            PulseqText text, PulseqText.Section section, ExtensionTable table, List<String> warnings)
            throws PulseqFormatException {
        String name = section.name.substring(section.name.indexOf(' ') + 1);
        Fields f = new Fields(text, section);
        int type;
        try {
            type = Integer.parseInt(section.type);
        } catch (NumberFormatException e) {
            throw f.error("the type number is '" + PulseqText.printable(section.type) + "', expected a whole number");
        }
        ExtensionTable.Kind kind = table.kind(f, name, type);
        if (!ExtensionTable.KNOWN.contains(name)) {
            warnings.add("line " + section.line + ": extension " + PulseqText.printable(name)
                    + " is not known; it has no effect");
        }
        while (f.next()) {
            kind.add(f, f.id(0, "id", 1), entry(name, f));
        }
    }

    private static Extension entry(String name, Fields f) throws PulseqFormatException {
        switch (name) {
            case ExtensionTable.TRIGGERS:
                expect(f, 5, "id type channel delay duration");
                return new Extension.Trigger(
                        f.id(1, "type", 0),
                        f.id(2, "channel", 0),
                        f.timePs(3, "delay", TextReader.PS_PER_MICROSECOND),
                        f.timePs(4, "duration", TextReader.PS_PER_MICROSECOND));
            case ExtensionTable.LABELSET:
            case ExtensionTable.LABELINC:
                expect(f, 3, "id value label");
                return new Extension.Label(name.equals(ExtensionTable.LABELINC), f.word(2), (int)
                        f.integer(1, "value", Integer.MIN_VALUE, Integer.MAX_VALUE));
            case ExtensionTable.SOFT_DELAYS:
                expect(f, 5, "id num offset factor hint");
                return ExtensionEntries.softDelay(
                        f,
                        f.id(1, "num", 0),
                        f.number(2, "offset") * TextReader.PS_PER_MICROSECOND,
                        f.number(3, "factor"),
                        f.word(4));
            case ExtensionTable.ROTATIONS:
                expect(f, 5, "id q0 qx qy qz");
                return ExtensionEntries.rotation(
                        f, f.number(1, "q0"), f.number(2, "qx"), f.number(3, "qy"), f.number(4, "qz"));
            case ExtensionTable.RF_SHIMS:
                return shim(f);
            default:
                return new Extension.Unknown(name, f.rest(1));
        }
    }

    private static Extension shim(Fields f) throws PulseqFormatException {
        if (f.count() < 4) {
            throw f.error("expected id nchan mag1 phase1 mag2 phase2 …");
        }
        ExtensionEntries.checkChannels(f, f.id(1, "nchan", 1), f.count() - 2);
        List<Double> values = new ArrayList<>(f.count() - 2);
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
