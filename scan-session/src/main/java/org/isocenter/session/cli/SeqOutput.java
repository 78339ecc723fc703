package org.isocenter.session.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.isocenter.sequence.Sequence;
import org.isocenter.sequence.pulseq.PulseqVersion;
import org.isocenter.sequence.pulseq.PulseqWriter;
import picocli.CommandLine.Option;

/** In which version a command writes a Pulseq file. */
final class SeqOutput {
    @Option(
            names = "--pulseq-version",
            paramLabel = "V",
            description = "1.2.1, 1.3.1, 1.4.2, 1.5.0 or 1.5.1; default 1.5.1.")
    private String version;

    @Option(names = "--binary", description = "Writes a binary file, version 1.5.2, instead of text.")
    private boolean binary;

    @Option(names = "--force", description = "Replace the file.")
    private boolean force;

    /** Refuses what cannot end well before any work is done. */
    void check(String out, Terminal terminal) throws CommandException {
        version();
        if (!out.equals("-")) {
            OutputFiles.refuseExisting(Path.of(out), force);
        } else if (terminal.json()) {
            throw new CommandException(
                    ExitCode.INPUT,
                    "the sequence and --json cannot both go to standard output (-): name a file for the sequence");
        }
    }

    private PulseqVersion version() throws CommandException {
        if (binary && version != null && !version.equals(PulseqVersion.BINARY_1_5_2.number())) {
            throw new CommandException(
                    ExitCode.INPUT,
                    "binary files have the version 1.5.2 (--pulseq-version " + version + "): leave out one of the two");
        }
        if (binary) {
            return PulseqVersion.BINARY_1_5_2;
        }
        return version == null
                ? PulseqVersion.V1_5_1
                : PulseqVersion.of(version)
                        .orElseThrow(() -> new CommandException(
                                ExitCode.INPUT,
                                "this version cannot be written (--pulseq-version " + version + "): " + versions()
                                        + " can, and 1.5.2 with --binary"));
    }

    private static String versions() {
        return Arrays.stream(PulseqVersion.values())
                .filter(v -> !v.isBinary())
                .map(PulseqVersion::number)
                .collect(Collectors.joining(", "));
    }

    /** @param source where the sequence comes from, for messages */
    void write(Sequence sequence, String source, String out, Terminal terminal) throws IOException, CommandException {
        PulseqVersion target = version();
        List<String> losses = PulseqWriter.losses(sequence, target);
        if (!losses.isEmpty()) {
            throw new CommandException(
                    ExitCode.INPUT,
                    "Pulseq " + target + " cannot hold " + String.join(", ", losses) + " (" + source + "): "
                            + wayOut(sequence, target));
        }
        List<String> guesses = PulseqWriter.guesses(sequence, target);
        for (String guess : guesses) {
            terminal.status("note: Pulseq " + target + " leaves to its readers " + guess);
        }
        byte[] bytes = PulseqWriter.write(sequence, target);
        if (out.equals("-")) {
            terminal.out().write(bytes);
            terminal.out().flush();
            return;
        }
        OutputFiles.write(Path.of(out), stream -> stream.write(bytes));
        double seconds = sequence.durationPs() * 1e-12;
        terminal.line(String.format(
                Locale.ROOT, "%s: Pulseq %s, %d blocks, %.3f s", out, target, sequence.blockCount(), seconds));
        ObjectNode document = Terminal.object()
                .put("file", out)
                .put("version", target.number())
                .put("binary", target.isBinary())
                .put("blocks", sequence.blockCount())
                .put("duration", seconds);
        guesses.forEach(document.putArray("notes")::add);
        terminal.document(document);
    }

    private static String wayOut(Sequence sequence, PulseqVersion target) {
        if (target != PulseqVersion.V1_5_1
                && PulseqWriter.losses(sequence, PulseqVersion.V1_5_1).isEmpty()) {
            return "write it as 1.5.1";
        }
        boolean binary = !target.isBinary()
                && PulseqWriter.losses(sequence, PulseqVersion.BINARY_1_5_2).isEmpty();
        return binary ? "write it with --binary" : "no version can hold it all";
    }
}
