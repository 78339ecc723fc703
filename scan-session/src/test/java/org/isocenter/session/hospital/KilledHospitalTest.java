package org.isocenter.session.hospital;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.isocenter.dicom.data.Attributes;
import org.isocenter.dicom.data.Tag;
import org.isocenter.dicom.data.UID;
import org.isocenter.dicom.iod.SopReferences;
import org.isocenter.dicom.net.DicomListener;
import org.isocenter.dicom.net.DimseHandler;
import org.isocenter.dicom.net.DimseRequest;
import org.isocenter.dicom.net.DimseResponse;
import org.isocenter.dicom.net.DimseStatus;
import org.isocenter.dicom.net.ListenerSettings;
import org.isocenter.dicom.net.NetSettings;
import org.isocenter.dicom.net.Operation;
import org.isocenter.dicom.net.Peer;
import org.isocenter.dicom.net.Services;
import org.isocenter.dicom.workflow.StorageCommitment;
import org.isocenter.model.SopReference;
import org.isocenter.session.archive.Archive;
import org.isocenter.session.archive.OutboxEntry;
import org.isocenter.session.archive.OutboxKind;
import org.isocenter.session.archive.OutboxRow;
import org.isocenter.session.dicom.Destination;
import org.isocenter.session.dicom.DicomSettings;
import org.isocenter.session.dicom.Service;
import org.isocenter.session.outbox.PerformedSteps;
import org.isocenter.session.outbox.TestImages;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A program that tells of steps, sends images and asks for promises is ended without warning (SIGKILL), again and again. */
@Timeout(value = 3, unit = TimeUnit.MINUTES) // a hang is a failure, not a test run without an end
class KilledHospitalTest {
    private static final int IMAGES = 20;
    private static final int STEPS = 8;
    private static final int KILLS = 3;

    /** Requests that one program makes at most before it is ended. */
    private static final int MOST_REQUESTS = 14;

    @TempDir
    Path folder;

    private final Map<String, Integer> stored = new HashMap<>();
    private final PerformedSteps steps = new PerformedSteps();
    private final Map<String, Set<String>> asked = new LinkedHashMap<>();
    private final AtomicReference<Process> victim = new AtomicReference<>();
    private final AtomicInteger requestsLeft = new AtomicInteger();

    /** The program. @param arguments archive folder */
    static final class Program {
        private Program() {}

        public static void main(String[] arguments) throws InterruptedException {
            Path home = Path.of(arguments[0]);
            new Hospital(Archive.open(home), () -> DicomSettings.read(home))
                    .outbox()
                    .start();
            Thread.currentThread().join();
        }
    }

    private static Process start(Path home) throws Exception {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        Program.class.getName(),
                        home.toString())
                .inheritIO()
                .start();
    }

    /** Does what is asked and, when its time has come, ends the program before that hears of it. */
    private DimseHandler killing(DimseHandler handler) {
        return request -> {
            DimseResponse response;
            synchronized (this) {
                response = handler.handle(request);
            }
            Process program = victim.get();
            if (program != null && requestsLeft.decrementAndGet() == 0) {
                victim.set(null);
                program.destroyForcibly().onExit().join();
            }
            return response;
        };
    }

    private static DimseResponse status(Operation operation, int code) {
        return DimseResponse.of(code == 0 ? DimseStatus.success() : DimseStatus.of(operation, code));
    }

    private DimseResponse store(DimseRequest request) throws IOException {
        request.dataset();
        stored.merge(request.sopInstanceUid(), 1, Integer::sum);
        return status(Operation.C_STORE, 0);
    }

    private DimseResponse ask(DimseRequest request) throws IOException {
        Attributes action = request.dataset();
        asked.put(
                action.getString(Tag.TransactionUID),
                SopReferences.read(action, Tag.ReferencedSOPSequence).stream()
                        .map(SopReference::sopInstanceUid)
                        .collect(LinkedHashSet::new, Set::add, Set::addAll));
        return status(Operation.N_ACTION, 0);
    }

    @ParameterizedTest
    @ValueSource(longs = {7, 1213})
    void nothingIsLostOrDoneTwice(long seed) throws Exception {
        Random random = new Random(seed);
        Path home = folder.resolve("home");
        Services services = steps.addTo(
                Services.NONE
                        .with(Operation.C_STORE, UID.MRImageStorage, killing(this::store))
                        .with(Operation.N_ACTION, UID.StorageCommitmentPushModel, killing(this::ask)),
                this::killing);
        try (DicomListener pacs = DicomListener.open(
                        ListenerSettings.of(0, List.of(Peer.of("MR", "127.0.0.1", 104))),
                        NetSettings.of("PACS"),
                        services);
                Archive archive = Archive.open(home)) {
            DicomSettings settings =
                    new DicomSettings("MR", Optional.empty(), List.of(destination("pacs", pacs.port())));
            settings.write(home);
            archive.outbox().add(entries(home));
            for (int kill = 0; kill < KILLS; kill++) {
                requestsLeft.set(1 + random.nextInt(MOST_REQUESTS));
                Process program = start(home);
                victim.set(program);
                assertThat(program.waitFor()).as("killed").isNotZero();
            }
            try (Hospital last = new Hospital(archive, () -> settings)) {
                last.outbox().start();
                while (!allAsked() || archive.outbox().open().stream().anyMatch(KilledHospitalTest::isToBeSent)) {
                    TimeUnit.MILLISECONDS.sleep(5);
                }
            }
            answerAll(archive, settings, random);
            assertThat(archive.outbox().open())
                    .filteredOn(row -> row.kind() != OutboxKind.COMMITMENT)
                    .isEmpty();
        }
        assertThat(stored).hasSize(IMAGES);
        assertThat(steps.states())
                .hasSize(STEPS)
                .allSatisfy((uid, status) -> assertThat(status).isEqualTo("COMPLETED"));
    }

    /** Whether the archive was asked about every image. */
    private synchronized boolean allAsked() {
        return asked.values().stream().flatMap(Set::stream).distinct().count() == IMAGES;
    }

    private static boolean isToBeSent(OutboxRow row) {
        return switch (row.state()) {
            case PENDING, SENDING -> true;
            case FAILED -> throw new AssertionError(row + ": " + row.reason());
            case SENT, COMMITTED, CANCELLED -> false;
        };
    }

    /** The archive's promises, for every question that it ever heard, late and in any order. */
    private void answerAll(Archive archive, DicomSettings settings, Random random) throws Exception {
        List<String> transactions = new ArrayList<>(asked.keySet());
        Collections.shuffle(transactions, random);
        CommitmentAnswers answers = new CommitmentAnswers(archive.outbox(), () -> settings, () -> {});
        for (String transaction : transactions) {
            List<SopReference> kept = asked.get(transaction).stream()
                    .map(uid -> new SopReference(UID.MRImageStorage, uid))
                    .toList();
            answers.answered("PACS", new StorageCommitment.Outcome(transaction, kept, List.of()));
        }
    }

    private static Destination destination(String name, int port) {
        return new Destination.Dimse(
                name,
                "PACS",
                "127.0.0.1",
                port,
                Optional.empty(),
                Set.of(Service.STORE, Service.COMMITMENT, Service.MPPS),
                false);
    }

    private static List<OutboxEntry> entries(Path home) throws Exception {
        List<OutboxEntry> entries = new ArrayList<>();
        for (int i = 0; i < IMAGES; i++) {
            Path file = TestImages.entry("pacs", home, i).file().orElseThrow();
            entries.add(OutboxEntry.instance("pacs", UID.MRImageStorage, TestImages.uid(i), file, true));
        }
        for (int i = 0; i < STEPS; i++) {
            entries.addAll(PerformedSteps.messages("pacs", "2.25.77" + i));
        }
        return entries;
    }
}
