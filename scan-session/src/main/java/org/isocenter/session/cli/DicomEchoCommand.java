package org.isocenter.session.cli;

import java.io.IOException;
import java.util.concurrent.Callable;
import org.isocenter.session.dicom.ConnectionTest;
import org.isocenter.session.dicom.Destination;
import org.isocenter.session.dicom.DicomSettings;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code isocenter dicom echo}: whether a destination is there and speaks with this console. */
@Command(
        name = "echo",
        description = "Tests the connection to a destination; exit code 1 when it refuses us, 3 when it is not there.")
final class DicomEchoCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Parameters(paramLabel = "AE@HOST:PORT|NAME", description = "Whom to ask: an address, or a name of dicom.json.")
    private String name;

    DicomEchoCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws IOException, CommandException {
        DicomSettings settings = DicomSettings.readDefault();
        Destination destination = DicomDestinations.find(settings, name);
        ConnectionTest.Result result = ConnectionTest.of(destination, settings);
        terminal.document(Terminal.object()
                .put("destination", destination.name())
                .put("address", destination.address())
                .put("verdict", result.verdict().name())
                .put("text", result.text()));
        return switch (result.verdict()) {
            case ANSWERED -> {
                terminal.line(result.text());
                yield ExitCode.DONE;
            }
            case REFUSED -> {
                terminal.error(result.text(), null);
                yield ExitCode.NO;
            }
            case UNREACHABLE -> {
                terminal.error(result.text(), null);
                yield ExitCode.DEVICE;
            }
        };
    }
}
