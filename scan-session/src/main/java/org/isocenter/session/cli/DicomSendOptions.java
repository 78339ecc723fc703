package org.isocenter.session.cli;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.isocenter.session.archive.Archive;
import org.isocenter.session.archive.OutboxRow;
import org.isocenter.session.archive.ScanExport;
import org.isocenter.session.dicom.Destination;
import org.isocenter.session.dicom.DicomSettings;
import org.isocenter.session.outbox.Exports;
import org.isocenter.session.run.ScanResult;
import picocli.CommandLine.Option;

/** Where the images of a command's scans go. */
final class DicomSendOptions {
    @Option(
            names = "--dicom-send",
            paramLabel = "AE@HOST:PORT|NAME",
            description =
                    "Send the images there, an address or a name of dicom.json; may be repeated. What cannot be sent"
                            + " now stays in the outbox.")
    private List<String> sendTo = List.of();

    /** For the request of a scan. Told before anything is scanned when a destination is not known. */
    List<ScanExport> exports() throws IOException, CommandException {
        List<Destination> destinations = new ArrayList<>();
        for (String name : sendTo) {
            destinations.add(DicomDestinations.forScans(DicomSettings.readDefault(), name));
        }
        return Exports.to(destinations);
    }

    /** Sends what came of scans, once, and tells how it went. Returns the exit code. */
    int send(List<ScanResult> results, Terminal terminal) throws CommandException {
        if (sendTo.isEmpty()) {
            return ExitCode.DONE;
        }
        try (Archive archive = Archive.openDefault()) {
            List<Long> numbers = results.stream()
                    .flatMap(result -> archive.outbox().ofScan(result.header().measurementId()).stream())
                    .map(OutboxRow::number)
                    .toList();
            OutboxRun run = new OutboxRun(archive, terminal);
            return run.tell(run.send(numbers, false));
        }
    }
}
