package org.isocenter.session.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code isocenter dicom}: the hospital's systems. */
@Command(
        name = "dicom",
        description = "The hospital's systems: connection tests, planned exams, sending, and what waits to be sent.")
final class DicomCommand implements Runnable {
    private final Terminal terminal;

    @Spec
    private CommandSpec spec;

    DicomCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    CommandLine withSubcommands() {
        return new CommandLine(this)
                .addSubcommand(new DicomEchoCommand(terminal))
                .addSubcommand(new DicomSendCommand(terminal))
                .addSubcommand(new DicomOutboxCommand(terminal).withSubcommands())
                .addSubcommand(new DicomListenCommand(terminal))
                .addSubcommand(new DicomWorklistCommand(terminal))
                .addSubcommand(new DicomMppsCommand(terminal).withSubcommands())
                .addSubcommand(new DicomCommitCommand(terminal))
                .addSubcommand(new DicomFindCommand(terminal))
                .addSubcommand(new DicomRetrieveCommand(terminal))
                .addSubcommand(new DicomSettingsCommand(terminal))
                .addSubcommand(new DicomAnonymizeCommand(terminal))
                .addSubcommand(new DicomMediaCommand(terminal))
                .addSubcommand(new DicomNiftiCommand(terminal))
                .addSubcommand(new DicomProvenanceCommand(terminal))
                .addSubcommand(new DicomValidateCommand(terminal));
    }

    @Override
    public void run() {
        throw new CommandLine.ParameterException(spec.commandLine(), "Missing a subcommand");
    }
}
