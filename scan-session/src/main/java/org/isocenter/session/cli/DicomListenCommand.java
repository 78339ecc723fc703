package org.isocenter.session.cli;

import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.isocenter.session.archive.Archive;
import org.isocenter.session.dicom.DicomSettings;
import org.isocenter.session.hospital.Hospital;
import picocli.CommandLine.Command;

/** {@code isocenter dicom listen}: answers calls and sends what waits, until Ctrl-C. */
@Command(
        name = "listen",
        description =
                "Sends what waits in the outbox, and listens on the port of dicom.json, until Ctrl-C: for a machine"
                        + " where no window is open.")
final class DicomListenCommand implements Callable<Integer> {
    private final Terminal terminal;

    DicomListenCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws IOException, CommandException {
        DicomSettings settings = DicomSettings.readDefault();
        CountDownLatch stopped = new CountDownLatch(1);
        CountDownLatch ended = new CountDownLatch(1);
        Thread hook = new Thread(
                () -> {
                    stopped.countDown();
                    awaitQuietly(ended);
                },
                "interrupt");
        Runtime.getRuntime().addShutdownHook(hook);
        try (Archive archive = Archive.openDefault();
                Hospital hospital = new Hospital(archive, () -> DicomSettings.read(archive.folder()))) {
            Optional<Integer> port = listen(hospital, settings);
            hospital.outbox().start();
            terminal.line(settings.localAeTitle()
                    + port.map(p -> " listens on port " + p)
                            .orElse(" does not listen (dicom.json has no \"listen\": {\"port\": …})")
                    + ", and sends what waits; Ctrl-C ends it");
            terminal.document(
                    Terminal.object().put("aeTitle", settings.localAeTitle()).put("port", port.orElse(null)));
            stopped.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            ended.countDown();
        }
        return ExitCode.INTERRUPTED;
    }

    private static Optional<Integer> listen(Hospital hospital, DicomSettings settings) throws CommandException {
        try {
            return hospital.listen();
        } catch (IOException e) {
            throw new CommandException(
                    ExitCode.INPUT,
                    "cannot listen (port "
                            + settings.listening().map(l -> l.port()).orElse(0) + "): " + e.getMessage()
                            + ": choose another port in dicom.json, or end the program that has it",
                    e);
        }
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
