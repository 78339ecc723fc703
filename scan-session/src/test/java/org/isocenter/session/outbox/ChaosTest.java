package org.isocenter.session.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.isocenter.dicom.data.UID;
import org.isocenter.dicom.file.DicomReader;
import org.isocenter.dicom.net.DicomListener;
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
import org.isocenter.session.dicom.NetworkOption;
import org.isocenter.session.dicom.NetworkOptions;
import org.isocenter.session.dicom.Service;
import org.isocenter.session.hospital.PerformedStepDelivery;
import org.isocenter.session.outbox.FaultyLink.Fault;
import org.isocenter.session.outbox.FaultyLink.Misdeed;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Images and messages over a link that fails at random, while the program ends and begins again now and then. */
@Timeout(value = 2, unit = TimeUnit.MINUTES) // a hang is a failure, not a test run without an end
class ChaosTest {
    private static final int IMAGES = 80;
    private static final int STEPS = 4;
    private static final int BAD_CONNECTIONS = 40;
    private static final int MOST_PDUS = 25;

    /** In so many of them nothing happens any more, and only the time-out ends them. */
    private static final int STALL_ONE_IN = 20;

    private static final Outbox.Timing QUICK = new Outbox.Timing(
            Duration.ofMillis(20), new BackOff(Duration.ofMillis(5), Duration.ofMillis(20)), Duration.ofHours(1), 30);
    private static final List<Misdeed> ENDS =
            List.of(Misdeed.BECOMES_GARBAGE, Misdeed.IS_CUT, Misdeed.CLOSES, Misdeed.RESETS, Misdeed.ABORTS);

    @TempDir
    Path folder;

    private static Fault fault(long seed, int connection) {
        if (connection >= BAD_CONNECTIONS) {
            return Fault.NONE;
        }
        Random random = new Random(seed * BAD_CONNECTIONS + connection);
        Misdeed misdeed = random.nextInt(STALL_ONE_IN) == 0 ? Misdeed.STALLS : ENDS.get(random.nextInt(ENDS.size()));
        return new Fault(misdeed, random.nextBoolean(), random.nextInt(MOST_PDUS));
    }

    @ParameterizedTest
    @ValueSource(longs = {3, 20261123})
    void everyInstanceAndEveryStepIsThereOnceAndEveryOutcomeIsKnown(long seed) throws Exception {
        PerformedSteps steps = new PerformedSteps();
        Path received = folder.resolve("pacs");
        Services services = steps.addTo(
                Services.NONE.with(Operation.C_STORE, UID.MRImageStorage, new StoreFolder(received, file -> {})),
                handler -> handler);
        List<OutboxEntry> entries = new ArrayList<>();
        for (int i = 0; i < IMAGES; i++) {
            entries.add(TestImages.entry("pacs", folder, i));
        }
        for (int i = 0; i < STEPS; i++) {
            entries.addAll(PerformedSteps.messages("pacs", "2.25.77" + i));
        }
        try (DicomListener pacs = DicomListener.open(
                        ListenerSettings.of(0, List.of(Peer.of("MR", "127.0.0.1", 104))),
                        NetSettings.of("PACS"),
                        services);
                FaultyLink link = new FaultyLink(pacs.port(), connection -> fault(seed, connection));
                Archive archive = Archive.open(folder.resolve("home"))) {
            List<Long> numbers = archive.outbox().add(entries);
            for (int end = BAD_CONNECTIONS / 3; end < BAD_CONNECTIONS; end += BAD_CONNECTIONS / 3) {
                try (Outbox outbox = start(archive, link)) {
                    while (link.connections() < end && !archive.outbox().open().isEmpty()) {
                        TimeUnit.MILLISECONDS.sleep(1);
                    }
                }
            }
            try (Outbox outbox = start(archive, link)) {
                while (!archive.outbox().open().isEmpty()) {
                    assertThat(archive.outbox().counts().failed())
                            .as("refused, seed %d", seed)
                            .isZero();
                    TimeUnit.MILLISECONDS.sleep(5);
                }
            }
            assertThat(archive.outbox().find(numbers))
                    .hasSize(entries.size())
                    .extracting(OutboxRow::state)
                    .containsOnly(OutboxState.SENT);
            assertThat(link.connections()).as("failures happened").isGreaterThan(BAD_CONNECTIONS / 3);
        }
        assertThat(received.toFile().list()).hasSize(IMAGES);
        for (int i = 0; i < IMAGES; i++) {
            Path there = received.resolve(TestImages.uid(i) + ".dcm");
            assertThat(DicomReader.read(there).dataset())
                    .isEqualTo(DicomReader.read(entries.get(i).file().orElseThrow())
                            .dataset());
        }
        assertThat(steps.states())
                .hasSize(STEPS)
                .allSatisfy((uid, state) -> assertThat(state).isEqualTo("COMPLETED"));
    }

    private static Outbox start(Archive archive, FaultyLink link) {
        NetworkOptions impatient =
                new NetworkOptions(Map.of(NetworkOption.REPLY, 1, NetworkOption.PDU, 1, NetworkOption.ASSOCIATE, 1));
        Destination destination = new Destination.Dimse(
                "pacs",
                "PACS",
                "127.0.0.1",
                link.port(),
                Optional.empty(),
                Set.of(Service.STORE, Service.MPPS),
                false,
                impatient);
        DicomSettings settings = new DicomSettings("MR", Optional.empty(), List.of(destination));
        Outbox outbox = new Outbox(
                archive.outbox(), () -> settings, List.of(new StoreDelivery(), new PerformedStepDelivery()), QUICK);
        outbox.start();
        return outbox;
    }
}
