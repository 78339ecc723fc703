package org.isocenter.session.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.isocenter.dicom.net.NetSettings;
import org.isocenter.session.IsocenterHome;
import org.isocenter.session.dicom.Destination;
import org.isocenter.session.dicom.DicomSettings;
import org.isocenter.session.dicom.NetworkOptions;
import org.isocenter.session.dicom.Service;
import picocli.CommandLine.Command;

/** {@code isocenter dicom settings}: checks the settings and shows what they say. */
@Command(
        name = "settings",
        description = "Checks dicom.json in the Isocenter home, and shows whom this console speaks DICOM with.")
final class DicomSettingsCommand implements Callable<Integer> {
    private final Terminal terminal;

    DicomSettingsCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws IOException {
        DicomSettings settings = DicomSettings.readDefault();
        Path file = DicomSettings.file(IsocenterHome.folder());
        terminal.line(Files.exists(file) ? "in order: " + file : "nothing is set yet: " + file + " does not exist");
        terminal.line("this console is " + settings.localAeTitle()
                + settings.listening()
                        .map(l -> ", and listens on port " + l.port()
                                + encrypted(l.tls().isPresent()))
                        .orElse(", and does not listen"));
        NetSettings net = settings.net();
        terminal.line(String.format(
                "network: %d s to connect, %d s for an association, %d s for an answer, %d s for a PDU, %d s for the end,"
                        + " %d s idle; PDUs of %d bytes, %d operations at once, %d associations of others at once",
                net.connectTimeout().toSeconds(),
                net.associateTimeout().toSeconds(),
                net.replyTimeout().toSeconds(),
                net.pduTimeout().toSeconds(),
                net.releaseTimeout().toSeconds(),
                net.idleTimeout().toSeconds(),
                net.maxPduBytes(),
                net.maxOperations(),
                settings.network().maxAssociations()));
        for (Destination destination : settings.destinations()) {
            terminal.line(destination.name() + ": " + destination.address()
                    + encrypted(destination.tls().isPresent()) + "; "
                    + destination.services().stream()
                            .sorted()
                            .map(Service::text)
                            .collect(Collectors.joining(", "))
                    + (destination.automatic() ? "; gets every scan of the window" : "")
                    + own(destination.network()));
        }
        terminal.document(Terminal.object()
                .put("file", file.toString())
                .put("exists", Files.exists(file))
                .set("settings", settings.json()));
        return ExitCode.DONE;
    }

    private static String own(NetworkOptions network) {
        return network.values().isEmpty()
                ? ""
                : new TreeMap<>(network.values())
                        .entrySet().stream()
                                .map(set -> set.getKey().key() + " " + set.getValue())
                                .collect(Collectors.joining(", ", "; network: ", ""));
    }

    private static String encrypted(boolean tls) {
        return tls ? ", encrypted" : "";
    }
}
