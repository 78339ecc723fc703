package org.isocenter.sequence.pulseq;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.UUID;
import org.isocenter.sequence.Sequence;

/**
 * Writes a sequence as a Pulseq file, text or binary, with an MD5 signature where the version has one. Numbers are written so
 * that they read back the same, but for shapes: text rounds those that compress to 1e-7 of their amplitude, binary is single
 * precision. What the version cannot hold is refused. The same sequence gives the same bytes. Stateless; any thread.
 */
public final class PulseqWriter {
    private PulseqWriter() {}

    /** What this version cannot hold of the sequence, for the user; empty when nothing would be lost. */
    public static List<String> losses(Sequence sequence, PulseqVersion version) {
        return Losses.of(sequence, version);
    }

    /**
     * What this version does not hold because its readers work it out for themselves, and would work out otherwise: uses and
     * centres of RF pulses and edges of gradients before 1.5. It changes what toolboxes plot, not what a scanner plays.
     */
    public static List<String> guesses(Sequence sequence, PulseqVersion version) {
        return Losses.guesses(sequence, version);
    }

    /**
     * The file's bytes.
     *
     * @throws IllegalArgumentException naming what the version cannot hold; see {@link #losses}
     */
    public static byte[] write(Sequence sequence, PulseqVersion version) {
        List<String> losses = losses(sequence, version);
        if (!losses.isEmpty()) {
            throw new IllegalArgumentException(
                    "Pulseq " + version + " cannot hold: " + String.join(", ", losses) + wayOut(sequence, version));
        }
        return version.isBinary() ? new BinaryWriter(sequence).bytes() : new TextWriter(sequence, version).bytes();
    }

    /** As text 1.5.1, or as a binary file if only that can hold it. */
    public static byte[] write(Sequence sequence) {
        boolean text = losses(sequence, PulseqVersion.V1_5_1).isEmpty();
        return write(sequence, text ? PulseqVersion.V1_5_1 : PulseqVersion.BINARY_1_5_2);
    }

    private static String wayOut(Sequence sequence, PulseqVersion version) {
        for (PulseqVersion other : List.of(PulseqVersion.V1_5_1, PulseqVersion.BINARY_1_5_2)) {
            if (other != version && losses(sequence, other).isEmpty()) {
                return "; write it as " + other;
            }
        }
        return "";
    }

    /** Writes a file whole or not at all; one that is there is replaced. */
    public static void write(Sequence sequence, PulseqVersion version, Path file) throws IOException {
        byte[] bytes = write(sequence, version);
        // Not Files.createTempFile: that makes a file that only its owner may read.
        Path temporary = file.resolveSibling(file.getFileName() + "." + UUID.randomUUID() + ".part");
        try {
            Files.write(temporary, bytes, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
            Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(temporary);
        }
    }
}
