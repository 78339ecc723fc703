package org.isocenter.session.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.isocenter.hardware.UncompilableTableException;
import org.isocenter.hardware.marcos.GradientBoard;
import org.isocenter.hardware.marcos.MargaCompiler;
import org.isocenter.hardware.marcos.MargaSettings;
import org.isocenter.hardware.marcos.MargaSummary;
import org.isocenter.hardware.stream.TableFrames;
import org.isocenter.model.SystemLimits;
import org.isocenter.sequence.check.SafetyCheck;
import org.isocenter.sequence.check.UnsafeSequenceException;
import org.isocenter.sequence.compile.EventCompiler;
import org.isocenter.sequence.compile.EventTable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code isocenter seq compile}. */
@Command(
        name = "compile",
        description = "Writes what a device is sent to play a file: a device's instructions, or frames.")
final class SeqCompileCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Parameters(paramLabel = "FILE", description = "A Pulseq file.")
    private Path file;

    @Option(
            names = "--target",
            required = true,
            paramLabel = "TARGET",
            description =
                    "marga: instructions of MaRCoS's firmware, 32-bit little-endian words; stream: frames of the open"
                            + " event stream (docs/event-stream.md).")
    private String target;

    @Option(
            names = "--board",
            paramLabel = "BOARD",
            defaultValue = "ocra1",
            description = "Gradient board of a marga: ocra1 or gpa-fhdo; default ${DEFAULT-VALUE}.")
    private String board;

    @Option(
            names = "--system",
            paramLabel = "FILE",
            defaultValue = "osi2one",
            description =
                    "The scanner profile to check against, by file or built-in name; its largest gradient and RF are"
                            + " taken for the full scales; default ${DEFAULT-VALUE}.")
    private String system;

    @Mixin
    private SoftDelayOptions softDelays = new SoftDelayOptions();

    @Option(names = "--out", required = true, paramLabel = "OUT", description = "The file to write.")
    private Path out;

    @Option(names = "--force", description = "Replace OUT.")
    private boolean force;

    SeqCompileCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws IOException, CommandException {
        GradientBoard gradientBoard = board();
        OutputFiles.refuseExisting(out, force);
        SystemLimits limits = Devices.system(system);
        EventTable table;
        try {
            table = EventCompiler.compile(SafetyCheck.check(softDelays.read(file), limits));
        } catch (UnsafeSequenceException e) {
            throw new CommandException(
                    ExitCode.SAFETY,
                    "the sequence is not safe on system '" + limits.name() + "' (" + file + "): " + e.getMessage(),
                    e);
        }
        ObjectNode document = Terminal.object()
                .put("file", out.toString())
                .put("target", target)
                .put("system", limits.name())
                .put("duration", table.durationSeconds());
        UncompilableTableException[] refused = new UncompilableTableException[1];
        try {
            OutputFiles.write(out, stream -> {
                BufferedOutputStream buffered = new BufferedOutputStream(stream, 1 << 16);
                try {
                    write(table, gradientBoard, buffered, document);
                } catch (UncompilableTableException e) {
                    refused[0] = e;
                    throw new IOException(e);
                }
                buffered.flush();
            });
        } catch (IOException e) {
            if (refused[0] == null) {
                throw e;
            }
            throw new CommandException(
                    ExitCode.INPUT, "the device cannot play it (" + file + "): " + refused[0].getMessage(), e);
        }
        terminal.document(document);
        return ExitCode.DONE;
    }

    private GradientBoard board() throws CommandException {
        if (!target.equals("marga") && !target.equals("stream")) {
            throw new CommandException(
                    ExitCode.INPUT, "this target is not known (--target " + target + "): marga or stream");
        }
        try {
            return GradientBoard.labelled(board);
        } catch (IllegalArgumentException e) {
            throw new CommandException(ExitCode.INPUT, e.getMessage(), e);
        }
    }

    private void write(EventTable table, GradientBoard gradientBoard, OutputStream stream, ObjectNode document)
            throws IOException, UncompilableTableException {
        if (target.equals("stream")) {
            TableFrames.Summary summary = TableFrames.write(table, stream);
            document.put("chunks", summary.chunks())
                    .put("events", summary.events())
                    .put("bytes", summary.bytes());
            terminal.line(String.format(
                    Locale.ROOT,
                    "%s: %.3f s, %d events in %d chunks, %d bytes, %.3g bytes/s on average",
                    out,
                    table.durationSeconds(),
                    summary.events(),
                    summary.chunks(),
                    summary.bytes(),
                    summary.bytes() / table.durationSeconds()));
            return;
        }
        MargaSettings settings = MargaSettings.of(table.limits(), gradientBoard);
        MargaSummary summary = MargaCompiler.compile(table, settings, word -> {
            stream.write(word);
            stream.write(word >>> 8);
            stream.write(word >>> 16);
            stream.write(word >>> 24);
        });
        document.put("board", gradientBoard.label())
                .put("spiDivider", settings.spiDivider())
                .put("words", summary.words())
                .put("bytes", 4 * summary.words())
                .put("peakWordsPerSecond", summary.peakWordsPerSecond())
                .put("adcWindows", summary.adcWindows())
                .put("adcSamples", summary.adcSamples())
                .put("oversampling", summary.oversampling())
                .put("worstDwellError", summary.worstDwellError());
        terminal.line(String.format(
                Locale.ROOT,
                "%s: %.3f s, %d instructions for %s (SPI divider %d), at most %.3g a second; %d windows, %d samples to"
                        + " receive, oversampled up to %d times, dwell times within %.2g",
                out,
                summary.durationSeconds(),
                summary.words(),
                gradientBoard.label(),
                settings.spiDivider(),
                summary.peakWordsPerSecond(),
                summary.adcWindows(),
                summary.adcSamples(),
                summary.oversampling(),
                summary.worstDwellError()));
    }
}
