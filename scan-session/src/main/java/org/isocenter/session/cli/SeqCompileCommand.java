package org.isocenter.session.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.isocenter.hardware.ScannerException;
import org.isocenter.hardware.UncompilableTableException;
import org.isocenter.hardware.marcos.MarcosAddress;
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
            names = "--option",
            paramLabel = "NAME=VALUE",
            description =
                    "One more option of a marga, as in the address of a MaRCoS console: spi (the gradient board's SPI divider) or"
                            + " updates, gradient, shim, rf, tx, oversample, delay; may be repeated.")
    private List<String> options = List.of();

    @Option(
            names = "--system",
            paramLabel = "FILE",
            defaultValue = "osi2one",
            description =
                    "The scanner profile to check against, by file or built-in name; what it says of a MaRCoS console is"
                            + " taken, else its largest gradient and RF for the full scales; default ${DEFAULT-VALUE}.")
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
        if (!target.equals("marga") && !target.equals("stream")) {
            throw new CommandException(
                    ExitCode.INPUT, "this target is not known (--target " + target + "): marga or stream");
        }
        OutputFiles.refuseExisting(out, force);
        SystemLimits limits = Devices.system(system);
        MargaSettings marga = target.equals("marga") ? marga() : null;
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
                    write(table, marga, buffered, document);
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

    /** As of a console with such an address. */
    private MargaSettings marga() throws CommandException {
        StringBuilder address = new StringBuilder("marcos://none?board=").append(encoded(board));
        address.append("&profile=").append(encoded(system));
        for (String option : options) {
            int equals = option.indexOf('=');
            if (equals < 1) {
                throw new CommandException(ExitCode.INPUT, "--option wants NAME=VALUE, not '" + option + "'");
            }
            address.append('&').append(encoded(option.substring(0, equals)));
            address.append('=').append(encoded(option.substring(equals + 1)));
        }
        try {
            return MarcosAddress.parse(URI.create(address.toString())).marga();
        } catch (ScannerException e) {
            String problem =
                    e.getCause() instanceof IllegalArgumentException wrong ? wrong.getMessage() : e.getMessage();
            throw new CommandException(ExitCode.INPUT, problem, e);
        }
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    /** @param settings null for the event stream */
    private void write(EventTable table, MargaSettings settings, OutputStream stream, ObjectNode document)
            throws IOException, UncompilableTableException {
        if (settings == null) {
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
        MargaSummary summary = MargaCompiler.compile(table, settings, word -> {
            stream.write(word);
            stream.write(word >>> 8);
            stream.write(word >>> 16);
            stream.write(word >>> 24);
        });
        document.put("board", settings.board().label())
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
                settings.board().label(),
                settings.spiDivider(),
                summary.peakWordsPerSecond(),
                summary.adcWindows(),
                summary.adcSamples(),
                summary.oversampling(),
                summary.worstDwellError()));
    }
}
