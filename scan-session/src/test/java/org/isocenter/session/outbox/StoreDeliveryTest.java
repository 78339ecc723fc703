package org.isocenter.session.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.isocenter.dicom.data.UID;
import org.isocenter.dicom.net.DicomListener;
import org.isocenter.dicom.net.DimseHandler;
import org.isocenter.dicom.net.DimseResponse;
import org.isocenter.dicom.net.DimseStatus;
import org.isocenter.dicom.net.ListenerSettings;
import org.isocenter.dicom.net.NetSettings;
import org.isocenter.dicom.net.Operation;
import org.isocenter.dicom.net.Peer;
import org.isocenter.dicom.net.Services;
import org.isocenter.session.archive.Archive;
import org.isocenter.session.archive.OutboxEntry;
import org.isocenter.session.archive.OutboxOutcome;
import org.isocenter.session.archive.OutboxOutcome.Kind;
import org.isocenter.session.archive.OutboxRow;
import org.isocenter.session.dicom.Destination;
import org.isocenter.session.dicom.DicomSettings;
import org.isocenter.session.dicom.Service;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(value = 1, unit = TimeUnit.MINUTES) // a hang is a failure, not a test run without an end
class StoreDeliveryTest {
    private static final String SECONDARY_CAPTURE = "1.2.840.10008.5.1.4.1.1.7";

    @TempDir
    Path home;

    private Archive archive;
    private final Map<String, OutboxOutcome> outcomes = new LinkedHashMap<>();

    @BeforeEach
    void open() {
        archive = Archive.open(home);
    }

    @AfterEach
    void close() {
        archive.close();
    }

    private static DicomListener pacs(DimseHandler store) throws IOException {
        return pacs(NetSettings.of("PACS"), store);
    }

    private static DicomListener pacs(NetSettings settings, DimseHandler store) throws IOException {
        return DicomListener.open(
                ListenerSettings.of(0, List.of(Peer.of("MR", "127.0.0.1", 104))),
                settings,
                Services.NONE.with(Operation.C_STORE, UID.MRImageStorage, store));
    }

    /** Claimed rows of images with these numbers at the end of their UIDs. */
    private List<OutboxRow> rows(int count) throws IOException {
        List<OutboxEntry> entries = new ArrayList<>();
        for (int i = 1; i <= count; i++) {
            entries.add(TestImages.entry("pacs", home, i));
        }
        archive.outbox().add(entries);
        return archive.outbox().claim("pacs", count, Instant.now());
    }

    private Batch batch(int port, String localTitle, List<OutboxRow> rows) {
        Destination destination = new Destination.Dimse(
                "pacs", "PACS", "127.0.0.1", port, Optional.empty(), Set.of(Service.STORE), false);
        DicomSettings settings = new DicomSettings(localTitle, Optional.empty(), List.of(destination));
        return new Batch(destination, settings, rows, (row, outcome) -> outcomes.put(row.subjectUid(), outcome));
    }

    private Batch deliver(int port, String localTitle, List<OutboxRow> rows) {
        Batch batch = batch(port, localTitle, rows);
        new StoreDelivery().deliver(batch);
        return batch;
    }

    @ParameterizedTest
    @CsvSource({
        "0x0000, SENT",
        "0xB000, SENT",
        "0xB007, SENT",
        "0x0111, SENT",
        "0xA700, TEMPORARY",
        "0x0110, TEMPORARY",
        "0x0213, TEMPORARY",
        "0xA900, PERMANENT",
        "0xC123, PERMANENT",
        "0x0124, PERMANENT"
    })
    void whatThePeerAnswersBecomesAnOutcome(String code, Kind expected) throws Exception {
        int status = Integer.decode(code);
        try (DicomListener pacs = pacs(request -> DimseResponse.of(DimseStatus.of(Operation.C_STORE, status)))) {
            deliver(pacs.port(), "MR", rows(2));
        }
        assertThat(outcomes).hasSize(2).allSatisfy((uid, outcome) -> {
            assertThat(outcome.kind()).isEqualTo(expected);
            if (expected == Kind.TEMPORARY || expected == Kind.PERMANENT) {
                assertThat(outcome.reason()).contains(code);
            }
        });
    }

    @Test
    void aPeerThatDoesNotKnowUsIsTriedAgain() throws Exception {
        try (DicomListener pacs = pacs(request -> DimseResponse.of(DimseStatus.success()))) {
            deliver(pacs.port(), "STRANGER", rows(2));
        }
        assertThat(outcomes).hasSize(2).allSatisfy((uid, outcome) -> {
            assertThat(outcome.kind()).isEqualTo(Kind.TEMPORARY);
            assertThat(outcome.reason()).contains("PACS");
        });
    }

    @Test
    void aKindOfObjectThatThePeerDoesNotTakeIsRefusedAndTheOthersGo() throws Exception {
        List<OutboxEntry> entries = new ArrayList<>(List.of(TestImages.entry("pacs", home, 1)));
        Path other = TestImages.write(home.resolve("2.dcm"), SECONDARY_CAPTURE, TestImages.uid(2));
        entries.add(OutboxEntry.instance("pacs", SECONDARY_CAPTURE, TestImages.uid(2), other, false));
        archive.outbox().add(entries);
        try (DicomListener pacs = pacs(request -> DimseResponse.of(DimseStatus.success()))) {
            deliver(pacs.port(), "MR", archive.outbox().claim("pacs", 2, Instant.now()));
        }
        assertThat(outcomes.get(TestImages.uid(1))).isEqualTo(OutboxOutcome.SENT);
        assertThat(outcomes.get(TestImages.uid(2)).kind()).isEqualTo(Kind.PERMANENT);
    }

    @Test
    void aPeerThatTakesNoneOfTheKindsRefusesThemToo() throws Exception {
        Path file = TestImages.write(home.resolve("1.dcm"), SECONDARY_CAPTURE, TestImages.uid(1));
        archive.outbox().add(List.of(OutboxEntry.instance("pacs", SECONDARY_CAPTURE, TestImages.uid(1), file, false)));
        try (DicomListener pacs = pacs(request -> DimseResponse.of(DimseStatus.success()))) {
            deliver(pacs.port(), "MR", archive.outbox().claim("pacs", 1, Instant.now()));
        }
        OutboxOutcome outcome = outcomes.get(TestImages.uid(1));
        assertThat(outcome.kind()).isEqualTo(Kind.PERMANENT);
        assertThat(outcome.reason()).contains("accepted nothing", SECONDARY_CAPTURE);
    }

    @Test
    void whenThePeerBreaksOffTheImageUnderWayFailsAndThoseBehindItCountAsNotTried() throws Exception {
        List<OutboxRow> rows = rows(5);
        AtomicReference<DicomListener> listener = new AtomicReference<>();
        String third = TestImages.uid(3);
        // One at a time: with several under way, a reset may take along answers that were not read yet.
        NetSettings oneAtATime = NetSettings.of("PACS").withLimits(1 << 17, 1, 1 << 20);
        try (DicomListener pacs = pacs(oneAtATime, request -> {
            if (request.sopInstanceUid().equals(third)) {
                listener.get().close();
            }
            return DimseResponse.of(DimseStatus.success());
        })) {
            listener.set(pacs);
            Batch batch = deliver(pacs.port(), "MR", rows);
            assertThat(batch.isBroken()).isTrue();
            assertThat(outcomes).containsOnlyKeys(TestImages.uid(1), TestImages.uid(2), third);
            assertThat(outcomes.get(third).kind()).isEqualTo(Kind.UNANSWERED);
            assertThat(batch.open()).containsExactlyElementsOf(rows.subList(3, 5));
        }
    }

    @Test
    void stoppingEndsItWhileThePeerStalls() throws Exception {
        List<OutboxRow> rows = rows(2);
        CountDownLatch under = new CountDownLatch(1);
        CountDownLatch end = new CountDownLatch(1);
        try (DicomListener pacs = pacs(request -> {
            under.countDown();
            awaitQuietly(end);
            return DimseResponse.of(DimseStatus.success());
        })) {
            Batch batch = batch(pacs.port(), "MR", rows);
            Thread delivery = new Thread(() -> new StoreDelivery().deliver(batch));
            delivery.start();
            under.await();
            batch.stop();
            delivery.join();
            end.countDown();
            assertThat(outcomes).containsOnlyKeys(TestImages.uid(1));
            assertThat(outcomes.get(TestImages.uid(1)).kind())
                    .as("it may be there")
                    .isEqualTo(Kind.UNANSWERED);
            assertThat(batch.open()).isEqualTo(rows.subList(1, 2));
        }
    }

    @Test
    void stoppingEndsItWhileThePeerOwesTheAssociation() throws Exception {
        List<OutboxRow> rows = rows(2);
        try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Batch batch = batch(silent.getLocalPort(), "MR", rows);
            Thread delivery = new Thread(() -> new StoreDelivery().deliver(batch));
            delivery.start();
            try (Socket called = silent.accept()) {
                assertThat(called.getInputStream().read()).isNotNegative();
                batch.stop();
                delivery.join();
            }
            assertThat(outcomes).isEmpty();
            assertThat(batch.open()).isEqualTo(rows);
        }
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void aFileThatChangedOrBrokeSinceIsToldAndTheOthersGo() throws Exception {
        List<OutboxRow> rows = rows(3);
        TestImages.write(rows.get(0).file().orElseThrow(), UID.MRImageStorage, "2.25.999");
        Files.writeString(rows.get(1).file().orElseThrow(), "no image");
        try (DicomListener pacs = pacs(request -> DimseResponse.of(DimseStatus.success()))) {
            deliver(pacs.port(), "MR", rows);
        }
        assertThat(outcomes.get(TestImages.uid(1)).reason()).contains("another object");
        assertThat(outcomes.get(TestImages.uid(2)).kind()).isEqualTo(Kind.PERMANENT);
        assertThat(outcomes.get(TestImages.uid(3))).isEqualTo(OutboxOutcome.SENT);
    }
}
