package org.isocenter.session.hospital;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.isocenter.dicom.data.UID;
import org.isocenter.session.archive.Archive;
import org.isocenter.session.archive.OutboxEntry;
import org.isocenter.session.archive.OutboxOutcome;
import org.isocenter.session.archive.OutboxRow;
import org.isocenter.session.archive.OutboxState;
import org.isocenter.session.archive.OutboxStore;
import org.isocenter.session.dicom.Destination;
import org.isocenter.session.dicom.DicomSettings;
import org.isocenter.session.dicom.Service;
import org.isocenter.session.outbox.TestImages;
import org.isocenter.testing.Archives;
import org.isocenter.testing.PeerProgram;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Images go to an Orthanc, which calls back to say whether it keeps them. */
@Timeout(120)
class OrthancCommitmentTest {
    @TempDir
    Path home;

    @Test
    void imagesAreSafeOnceTheArchiveHasCalledBackAndThoseThatItLacksAreTold() throws Exception {
        int port = PeerProgram.freePort();
        Destination pacs = new Destination.Dimse(
                "pacs",
                "ORTHANC",
                "127.0.0.1",
                port,
                Optional.empty(),
                Set.of(Service.STORE, Service.COMMITMENT),
                false);
        int anyPort = 0;
        DicomSettings settings = new DicomSettings(
                "ISOCENTER", Optional.of(new DicomSettings.Listening(anyPort, Optional.empty())), List.of(pacs));
        try (Archive archive = Archive.open(home);
                Hospital hospital = new Hospital(archive, () -> settings)) {
            int ourPort = hospital.listen().orElseThrow();
            try (PeerProgram orthanc = Archives.orthanc(home, port, Archives.knowingUs(ourPort))) {
                Semaphore changes = new Semaphore(0);
                hospital.outbox().subscribe(changes::release);
                OutboxStore store = archive.outbox();
                long lacking = markedAsSent(store, image(3));
                List<Long> sent = store.add(List.of(image(1), image(2)));
                hospital.outbox().start();
                assertThat(await(changes, store, sent.get(0)).state()).isEqualTo(OutboxState.COMMITTED);
                assertThat(await(changes, store, sent.get(1)).state()).isEqualTo(OutboxState.COMMITTED);
                OutboxRow refused = await(changes, store, lacking);
                assertThat(refused.state()).isEqualTo(OutboxState.FAILED);
                assertThat(refused.reason()).contains("does not have the image");
            }
        }
    }

    private OutboxEntry image(int number) throws Exception {
        OutboxEntry entry = TestImages.entry("pacs", home, number);
        return OutboxEntry.instance(
                "pacs", UID.MRImageStorage, TestImages.uid(number), entry.file().orElseThrow(), true);
    }

    /** As if it had been sent, though the archive never got it. */
    private static long markedAsSent(OutboxStore store, OutboxEntry entry) {
        long number = store.add(List.of(entry)).get(0);
        Instant now = Instant.now();
        assertThat(store.claim("pacs", 1, now)).extracting(OutboxRow::number).containsExactly(number);
        store.settle(List.of(new OutboxStore.Settled(number, OutboxOutcome.SENT, now)));
        return number;
    }

    /** Waits until it is known what became of it. */
    private static OutboxRow await(Semaphore changes, OutboxStore store, long number) throws InterruptedException {
        while (true) {
            OutboxRow row = store.find(number).orElseThrow();
            if (row.state() == OutboxState.COMMITTED || row.state() == OutboxState.FAILED) {
                return row;
            }
            // The answer comes from the network by another thread, which tells the outbox nothing but to look again.
            changes.tryAcquire(20, TimeUnit.MILLISECONDS);
        }
    }
}
