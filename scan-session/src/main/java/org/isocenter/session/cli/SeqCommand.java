package org.isocenter.session.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.isocenter.hardware.ScannerException;
import org.isocenter.model.PatientPosition;
import org.isocenter.model.Protocol;
import org.isocenter.model.SystemLimits;
import org.isocenter.model.Violation;
import org.isocenter.sequence.Sequence;
import org.isocenter.sequence.SequenceBuilder;
import org.isocenter.sequence.pulseq.PulseqReader;
import org.isocenter.sequence.pulseq.PulseqVersion;
import org.isocenter.sequence.pulseq.PulseqWriter;
import org.isocenter.session.run.ViolationText;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code isocenter seq}: sequence files. */
@Command(name = "seq", description = "Pulseq files: info, check, trajectory, waveforms, convert, generate, compile.")
final class SeqCommand implements Runnable {
    private final Terminal terminal;

    @Spec
    private CommandSpec spec;

    SeqCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    CommandLine withSubcommands() {
        return new CommandLine(this)
                .addSubcommand(new SeqInfoCommand(terminal))
                .addSubcommand(new SeqCheckCommand(terminal))
                .addSubcommand(new SeqTrajectoryCommand(terminal))
                .addSubcommand(new SeqWaveformsCommand(terminal))
                .addSubcommand(new Convert(terminal))
                .addSubcommand(new Generate(terminal))
                .addSubcommand(new SeqCompileCommand(terminal));
    }

    @Override
    public void run() {
        throw new CommandLine.ParameterException(spec.commandLine(), "Missing a subcommand");
    }

    /** {@code seq convert}. */
    @Command(name = "convert", description = "Rewrites a file in another version.")
    static final class Convert implements Callable<Integer> {
        private final Terminal terminal;

        @Parameters(index = "0", paramLabel = "IN", description = "A Pulseq file.")
        private Path in;

        @Parameters(index = "1", paramLabel = "OUT", description = "The file to write; - is standard output.")
        private String out;

        @Option(
                names = "--pulseq-version",
                paramLabel = "V",
                defaultValue = "1.5.1",
                description = "1.4.2 or 1.5.1; default ${DEFAULT-VALUE}.")
        private String version;

        @Option(names = "--force", description = "Replace OUT.")
        private boolean force;

        Convert(Terminal terminal) {
            this.terminal = terminal;
        }

        @Override
        public Integer call() throws IOException, CommandException {
            PulseqVersion target = version(version);
            if (!out.equals("-")) {
                OutputFiles.refuseExisting(Path.of(out), force);
            }
            Sequence sequence = PulseqReader.read(in).sequence();
            for (String loss : PulseqWriter.losses(sequence, target)) {
                terminal.status("note: " + loss + " cannot be written in version " + target);
            }
            write(sequence, target, out, terminal);
            return ExitCode.DONE;
        }
    }

    /** {@code seq generate}. */
    @Command(name = "generate", description = "Writes a library sequence as a Pulseq file.")
    static final class Generate implements Callable<Integer> {
        private final Terminal terminal;

        @Parameters(paramLabel = "NAME", description = "A sequence of the library.")
        private String name;

        @Option(
                names = "--out",
                required = true,
                paramLabel = "FILE",
                description = "The file to write; - is standard output.")
        private String out;

        @Option(names = "--set", paramLabel = "K=V", description = "Sets a parameter, with its unit: --set TE=20ms.")
        private List<String> settings = List.of();

        @Option(
                names = "--system",
                paramLabel = "FILE",
                defaultValue = "virtual",
                description = "The scanner profile to suit, by file or built-in name; default ${DEFAULT-VALUE}.")
        private String system;

        @Option(
                names = "--patient-position",
                paramLabel = "POS",
                defaultValue = "HFS",
                description = "How the patient lies; default ${DEFAULT-VALUE}.")
        private PatientPosition position;

        @Option(
                names = "--pulseq-version",
                paramLabel = "V",
                defaultValue = "1.5.1",
                description = "1.4.2 or 1.5.1; default ${DEFAULT-VALUE}.")
        private String version;

        @Option(names = "--force", description = "Replace FILE.")
        private boolean force;

        Generate(Terminal terminal) {
            this.terminal = terminal;
        }

        @Override
        public Integer call() throws IOException, CommandException, ScannerException {
            PulseqVersion target = version(version);
            if (!out.equals("-")) {
                OutputFiles.refuseExisting(Path.of(out), force);
            }
            SystemLimits limits = Devices.system(system);
            SequenceBuilder builder = Protocols.builder(name);
            Protocol protocol = Protocols.protocol(builder, limits, settings);
            List<Violation> violations = builder.validate(protocol, limits);
            if (!violations.isEmpty()) {
                throw new CommandException(
                        ExitCode.INPUT,
                        "these parameters do not fit together (" + name + "): " + ViolationText.of(violations));
            }
            write(builder.build(protocol, limits, position).sequence(), target, out, terminal);
            return ExitCode.DONE;
        }
    }

    private static PulseqVersion version(String text) throws CommandException {
        return PulseqVersion.of(text)
                .orElseThrow(() -> new CommandException(
                        ExitCode.INPUT,
                        "this version cannot be written (--pulseq-version " + text + "): 1.4.2 and 1.5.1 can"));
    }

    private static void write(Sequence sequence, PulseqVersion version, String out, Terminal terminal)
            throws IOException {
        byte[] text = PulseqWriter.write(sequence, version);
        if (out.equals("-")) {
            terminal.out().write(text);
            terminal.out().flush();
            return;
        }
        OutputFiles.write(Path.of(out), stream -> stream.write(text));
        double seconds = sequence.durationPs() * 1e-12;
        terminal.line(String.format(
                Locale.ROOT, "%s: Pulseq %s, %d blocks, %.3f s", out, version, sequence.blockCount(), seconds));
        terminal.document(Terminal.object()
                .put("file", out)
                .put("version", version.toString())
                .put("blocks", sequence.blockCount())
                .put("duration", seconds));
    }
}
