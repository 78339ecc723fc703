package org.isocenter.sequence.pulseq;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.isocenter.sequence.Sequence;

/**
 * Reads Pulseq files (specification at pulseq.github.io): text from 1.2.0 to 1.5.x, binary from 1.5.2. They are told apart by
 * their first bytes. Two passes: sections are found first, so they may come in any order. Times are whole picoseconds from
 * the start. Whatever the bytes are, the answer is a sequence or a {@link PulseqFormatException}, in memory and time that
 * the file's size bounds. Stateless; any thread.
 */
public final class PulseqReader {
    /** Real files reach 60 MB. */
    static final int MAX_FILE_BYTES = 256 << 20;

    static final int VERSION_1_4 = 1_004_000;
    static final int VERSION_1_5 = 1_005_000;
    private static final int OLDEST = 1_002_000;
    private static final int TOO_NEW = 1_006_000;

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
        return BinaryReader.isBinary(bytes) ? BinaryReader.read(name, bytes) : readText(name, bytes);
    }

    private static PulseqFile readText(String name, byte[] bytes) throws PulseqFormatException {
        PulseqText text = new PulseqText(name, bytes);
        List<String> warnings = new ArrayList<>();
        StringBuilder versionText = new StringBuilder();
        int version = version(text, versionText);
        Sequence sequence = TextReader.read(text, version, warnings);
        PulseqFile.Signature signature = Signatures.verify(text);
        signature.warning().ifPresent(warnings::add);
        return new PulseqFile(sequence, versionText.toString(), false, text.writer, signature, warnings);
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
}
