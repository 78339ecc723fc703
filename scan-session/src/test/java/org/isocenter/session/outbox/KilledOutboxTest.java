package org.isocenter.session.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.isocenter.dicom.data.UID;
import org.isocenter.dicom.net.DicomListener;
import org.isocenter.dicom.net.DimseHandler;
import org.isocenter.dicom.net.ListenerSettings;
import org.isocenter.dicom.net.NetSettings;
import org.isocenter.dicom.net.Operation;
import org.isocenter.dicom.net.Peer;
import org.isocenter.dicom.net.Services;
import org.isocenter.dicom.net.StoreFolder;
import org.isocenter.session.archive.Archive;
import org.isocenter.session.archive.OutboxEntry;
import org.isocenter.session.archive.OutboxRow;
import org.isocenter.session.archive.OutboxState;
import org.isocenter.session.dicom.Destination;
import org.isocenter.session.dicom.DicomSettings;
import org.isocenter.session.dicom.Service;
import org.isocenter.testing.JavaProgram;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A program that sends is ended without warning (SIGKILL) while images are under way. */
@Timeout(value = 3, unit = TimeUnit.MINUTES) // a hang is a failure, not a test run without an end
class KilledOutboxTest {
    private static final int IMAGES = 60;

    /** Kills when the so many-th image arrives, before it is answered. */
    private static final List<Integer> MOMENTS = List.of(1, 25, 59);

    @TempDir
    Path folder;

    /** The program: sends what the archive's outbox holds, as its settings say. @param arguments archive folder */
    static final class Program {
        private Program() {}

        public static void main(String[] arguments) throws InterruptedException {
            Path home = Path.of(arguments[0]);
            Outbox outbox = new Outbox(
                    Archive.open(home).outbox(), () -> DicomSettings.read(home), List.of(new StoreDelivery()));
            outbox.start();
            Thread.currentThread().join();
        }
    }

    private Process start(Path home) throws Exception {
        return new ProcessBuilder(JavaProgram.command(List.of(), Program.class, home.toString()))
                .inheritIO()
                .start();
    }

    @Test
    void nothingIsLostAndNothingIsThereTwice() throws Exception {
        Path home = folder.resolve("home");
        Map<String, Integer> arrived = new HashMap<>();
        AtomicReference<Process> victim = new AtomicReference<>();
        AtomicInteger moment = new AtomicInteger();
        DimseHandler kept = new StoreFolder(folder.resolve("pacs"), file -> {});
        DimseHandler killing = request -> {
            synchronized (arrived) {
                arrived.merge(request.sopInstanceUid(), 1, Integer::sum);
                if (arrived.size() == moment.get() && victim.get() != null) {
                    victim.getAndSet(null).destroyForcibly();
                }
            }
            return kept.handle(request);
        };
        try (DicomListener pacs = DicomListener.open(
                        ListenerSettings.of(0, List.of(Peer.of("MR", "127.0.0.1", 104))),
                        NetSettings.of("PACS"),
                        Services.NONE.with(Operation.C_STORE, UID.MRImageStorage, killing));
                Archive archive = Archive.open(home)) {
            Destination destination = new Destination.Dimse(
                    "pacs", "PACS", "127.0.0.1", pacs.port(), Optional.empty(), Set.of(Service.STORE), false);
            new DicomSettings("MR", Optional.empty(), List.of(destination)).write(home);
            List<OutboxEntry> entries = new ArrayList<>();
            for (int i = 0; i < IMAGES; i++) {
                entries.add(TestImages.entry("pacs", home, i));
            }
            archive.outbox().add(entries);
            for (int planned : MOMENTS) {
                moment.set(planned);
                Process program = start(home);
                victim.set(program);
                program.waitFor();
                synchronized (arrived) {
                    assertThat(arrived).as("killed as planned").hasSizeGreaterThanOrEqualTo(planned);
                }
            }
            try (Outbox last =
                    new Outbox(archive.outbox(), () -> DicomSettings.read(home), List.of(new StoreDelivery()))) {
                last.start();
                while (!archive.outbox().open().isEmpty()) {
                    TimeUnit.MILLISECONDS.sleep(5);
                }
            }
            assertThat(archive.outbox().newest(2 * IMAGES))
                    .hasSize(IMAGES)
                    .extracting(OutboxRow::state)
                    .containsOnly(OutboxState.SENT);
        }
        assertThat(arrived).hasSize(IMAGES);
        assertThat(folder.resolve("pacs").toFile().list()).hasSize(IMAGES);
    }
}
