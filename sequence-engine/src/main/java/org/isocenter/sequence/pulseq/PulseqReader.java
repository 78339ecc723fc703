package org.isocenter.sequence.pulseq;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.isocenter.sequence.Rasters;
import org.isocenter.sequence.Sequence;

/**
 * Reads Pulseq text files from 1.2.0 to 1.5.x (specification at pulseq.github.io). Two passes: the lines are collected by
 * section first, so sections may come in any order. Times are whole picoseconds from the start. Whatever the bytes are, the
 * answer is a sequence or a {@link PulseqFormatException}, in memory and time that the file's size bounds. Stateless; any
 * thread.
 */
public final class PulseqReader {
    /** Real files reach 4 MB. */
    static final int MAX_FILE_BYTES = 32 << 20;

    static final int VERSION_1_4 = 1_004_000;
    static final int VERSION_1_5 = 1_005_000;
    private static final int OLDEST = 1_002_000;
    private static final int TOO_NEW = 1_006_000;

    private static final List<String> RASTERS =
            List.of("GradientRasterTime", "RadiofrequencyRasterTime", "AdcRasterTime", "BlockDurationRaster");

    private PulseqReader() {}

    /** Reads a file; one that cannot be opened is reported in the same way as one that cannot be understood. */
    public static PulseqFile read(Path file) throws PulseqFormatException {
        byte[] bytes;
        try {
            if (Files.isRegularFile(file) && Files.size(file) > MAX_FILE_BYTES) {
                throw tooLarge(file.toString(), Files.size(file));
            }
            bytes = Files.readAllBytes(file);
        } catch (PulseqFormatException e) {
            throw e;
        } catch (IOException | OutOfMemoryError e) {
            String why = Files.exists(file) ? "cannot be read: " + e.getMessage() : "no such file";
            throw new PulseqFormatException(file.toString(), 0, "", why);
        }
        return read(file.toString(), bytes);
    }

    /** @param name of the file, for messages */
    public static PulseqFile read(String name, byte[] bytes) throws PulseqFormatException {
        if (bytes.length > MAX_FILE_BYTES) {
            throw tooLarge(name, bytes.length);
        }
        PulseqText text = new PulseqText(name, bytes);
        List<String> warnings = new ArrayList<>();
        StringBuilder versionText = new StringBuilder();
        int version = version(text, versionText);
        Map<String, String> definitions = definitions(text);
        Rasters rasters = rasters(text, version, definitions, warnings);
        warnOfUnknownSections(text, warnings);

        ExtensionTable extensions = new ExtensionTable(text, warnings);
        extensions.require(definitions.getOrDefault("RequiredExtensions", ""));
        ShapeTable shapes = new ShapeTable(text, version);
        EventTables events = new EventTables(text, version, rasters, definitions, shapes, warnings);
        Sequence sequence = new BlockReader(text, version, rasters, events, extensions, warnings).read(definitions);

        PulseqFile.Signature signature = Signatures.verify(text);
        if (signature == PulseqFile.Signature.INVALID) {
            warnings.add("the signature does not fit: the file was changed after it was written");
        }
        return new PulseqFile(sequence, versionText.toString(), signature, warnings);
    }

    private static PulseqFormatException tooLarge(String name, long bytes) {
        return new PulseqFormatException(
                name,
                0,
                "",
                "the file has " + (bytes >> 20) + " MB, more than the " + (MAX_FILE_BYTES >> 20) + " MB that are read");
    }

    private static int version(PulseqText text, StringBuilder versionText) throws PulseqFormatException {
        PulseqText.Section section = text.section("VERSION");
        if (section == null) {
            throw new PulseqFormatException(
                    text.file, 0, "", "no [VERSION] section: not a Pulseq file, or an incomplete one");
        }
        String[] parts = {null, null, null};
        List<String> names = List.of("major", "minor", "revision");
        Fields fields = new Fields(text, section);
        while (fields.next()) {
            int part = names.indexOf(fields.word(0));
            if (part < 0 || fields.count() < 2) {
                throw fields.error("expected 'major N', 'minor N' or 'revision N'");
            }
            parts[part] = fields.word(1);
        }
        int[] numbers = new int[3];
        for (int i = 0; i < 3; i++) {
            String digits = parts[i] == null ? "" : parts[i].replaceFirst("[^0-9].*$", "");
            if (digits.isEmpty() || digits.length() > 3) {
                throw fields.error(section.line, "'" + names.get(i) + "' is missing or no number");
            }
            numbers[i] = Integer.parseInt(digits);
            versionText.append(i == 0 ? "" : ".").append(PulseqText.printable(parts[i]));
        }
        int version = numbers[0] * 1_000_000 + numbers[1] * 1000 + numbers[2];
        if (version < OLDEST || version >= TOO_NEW) {
            throw fields.error(section.line, "version " + versionText + " cannot be read; 1.2.0 to 1.5.x can");
        }
        return version;
    }

    private static Map<String, String> definitions(PulseqText text) throws PulseqFormatException {
        Map<String, String> definitions = new LinkedHashMap<>();
        PulseqText.Section section = text.section("DEFINITIONS");
        if (section != null) {
            for (int i = 0; i < section.count; i++) {
                String[] keyAndValue = text.text(section.from[i], section.to[i]).split("[ \t]+", 2);
                definitions.put(keyAndValue[0], keyAndValue.length < 2 ? "" : keyAndValue[1]);
            }
        }
        return definitions;
    }

    /** Takes the rasters out of the definitions. */
    private static Rasters rasters(PulseqText text, int version, Map<String, String> definitions, List<String> warnings)
            throws PulseqFormatException {
        Rasters old = Rasters.BEFORE_1_4;
        long[] ps = {old.gradientPs(), old.rfPs(), old.adcPs(), old.blockPs()};
        for (int i = 0; i < ps.length; i++) {
            String name = RASTERS.get(i);
            String value = definitions.remove(name);
            if (value == null) {
                if (version >= VERSION_1_4) {
                    throw new PulseqFormatException(
                            text.file, 0, "DEFINITIONS", name + " is missing; it is required from version 1.4 on");
                }
                continue;
            }
            double seconds;
            try {
                seconds = Double.parseDouble(value.trim());
            } catch (NumberFormatException e) {
                seconds = Double.NaN;
            }
            if (!(seconds >= 1e-12 && seconds <= 1)) {
                throw new PulseqFormatException(
                        text.file,
                        0,
                        "DEFINITIONS",
                        name + " is '" + PulseqText.printable(value) + "', expected a time in seconds, e.g. 1e-05");
            }
            if (version >= VERSION_1_4) {
                ps[i] = Rasters.ps(seconds);
            } else if (Rasters.ps(seconds) != ps[i]) {
                warnings.add(name + " is ignored: files before 1.4 have fixed rasters");
            }
        }
        return new Rasters(ps[0], ps[1], ps[2], ps[3]);
    }

    private static void warnOfUnknownSections(PulseqText text, List<String> warnings) {
        List<String> known = List.of(
                "VERSION",
                "DEFINITIONS",
                "BLOCKS",
                "RF",
                "GRADIENTS",
                "TRAP",
                "ADC",
                "DELAYS",
                ExtensionTable.EXTENSIONS,
                "SHAPES",
                PulseqText.SIGNATURE);
        for (PulseqText.Section section : text.sections.values()) {
            if (section.type.isEmpty() && !known.contains(section.name)) {
                warnings.add("line " + section.line + ": section [" + PulseqText.printable(section.name)
                        + "] is not known; ignored");
            }
        }
    }
}
