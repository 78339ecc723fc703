package org.isocenter.session.cli;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import org.isocenter.hardware.ScannerException;
import org.isocenter.model.PatientPosition;
import org.isocenter.model.Protocol;
import org.isocenter.model.SystemLimits;
import org.isocenter.model.Violation;
import org.isocenter.sequence.SequenceBuilder;
import org.isocenter.session.run.ViolationText;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code isocenter seq}: sequence files. */
@Command(
        name = "seq",
        description = "Pulseq files: info, check, trajectory, waveforms, profile, convert, generate, compile.")
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
                .addSubcommand(new SeqProfileCommand(terminal))
                .addSubcommand(new SeqConvertCommand(terminal))
                .addSubcommand(new Generate(terminal))
                .addSubcommand(new SeqCompileCommand(terminal));
    }

    @Override
    public void run() {
        throw new CommandLine.ParameterException(spec.commandLine(), "Missing a subcommand");
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

        @Mixin
        private SeqOutput output = new SeqOutput();

        Generate(Terminal terminal) {
            this.terminal = terminal;
        }

        @Override
        public Integer call() throws IOException, CommandException, ScannerException {
            output.check(out, terminal);
            SystemLimits limits = Devices.system(system);
            SequenceBuilder builder = Protocols.builder(name);
            Protocol protocol = Protocols.protocol(builder, limits, settings);
            List<Violation> violations = builder.validate(protocol, limits);
            if (!violations.isEmpty()) {
                throw new CommandException(
                        ExitCode.INPUT,
                        "these parameters do not fit together (" + name + "): " + ViolationText.of(violations));
            }
            output.write(builder.build(protocol, limits, position).sequence(), name, out, terminal);
            return ExitCode.DONE;
        }
    }
}
