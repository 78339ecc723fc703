package org.isocenter.session.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.isocenter.dicom.net.DicomListener;
import org.isocenter.dicom.net.ListenerSettings;
import org.isocenter.dicom.net.NetSettings;
import org.isocenter.dicom.net.Peer;
import org.isocenter.dicom.net.Services;
import org.isocenter.session.archive.Archive;
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
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A hospital is told of a step over a link that fails in the midst of messages: it hears all of it, and each part counts once. */
@Timeout(value = 1, unit = TimeUnit.MINUTES) // a hang is a failure, not a test run without an end
class PerformedStepFaultsTest {
    private static final String STEP = "2.25.77";
    private static final Outbox.Timing QUICK = new Outbox.Timing(
            Duration.ofMillis(50), new BackOff(Duration.ofMillis(5), Duration.ofMillis(20)), Duration.ofHours(1), 10);

    /** The first PDUs are those of the association. */
    private static final int FIRST_MESSAGE = 1;

    @TempDir
    Path home;

    private final PerformedSteps hospital = new PerformedSteps();
    private DicomListener listener;
    private Archive archive;
    private List<Long> numbers;

    @BeforeEach
    void open() throws IOException {
        listener = DicomListener.open(
                ListenerSettings.of(0, List.of(Peer.of("MR", "127.0.0.1", 104))),
                NetSettings.of("RIS"),
                hospital.addTo(Services.NONE, handler -> handler));
        archive = Archive.open(home);
        numbers = archive.outbox().add(PerformedSteps.messages("ris", STEP));
    }

    @AfterEach
    void close() {
        archive.close();
        listener.close();
    }

    private FaultyLink link(IntFunction<Fault> faults) throws IOException {
        return new FaultyLink(listener.port(), faults);
    }

    private Outbox start(FaultyLink link) {
        NetworkOptions impatient =
                new NetworkOptions(Map.of(NetworkOption.REPLY, 1, NetworkOption.PDU, 1, NetworkOption.ASSOCIATE, 1));
        Destination destination = new Destination.Dimse(
                "ris", "RIS", "127.0.0.1", link.port(), Optional.empty(), Set.of(Service.MPPS), false, impatient);
        DicomSettings settings = new DicomSettings("MR", Optional.empty(), List.of(destination));
        Outbox outbox = new Outbox(archive.outbox(), () -> settings, List.of(new PerformedStepDelivery()), QUICK);
        outbox.start();
        return outbox;
    }

    private List<OutboxRow> await(Predicate<List<OutboxRow>> condition) throws InterruptedException {
        while (true) {
            List<OutboxRow> rows = archive.outbox().find(numbers);
            if (condition.test(rows)) {
                return rows;
            }
            TimeUnit.MILLISECONDS.sleep(5);
        }
    }

    private static boolean allSent(List<OutboxRow> rows) {
        return rows.stream().allMatch(row -> row.state() == OutboxState.SENT);
    }

    private static Stream<Arguments> allMisdeeds() {
        return Stream.of(Misdeed.values())
                .flatMap(misdeed -> Stream.of(true, false).map(ofTheServer -> Arguments.of(misdeed, ofTheServer)));
    }

    /** It is told each of the three messages twice, or hears of the second attempt only. */
    @ParameterizedTest
    @MethodSource("allMisdeeds")
    void aMessageWhoseExchangeFailsIsToldAgainAndCountsOnce(Misdeed misdeed, boolean ofTheServer) throws Exception {
        Fault fault = new Fault(misdeed, ofTheServer, FIRST_MESSAGE);
        try (FaultyLink link = link(connection -> connection % 2 == 0 ? fault : Fault.NONE);
                Outbox outbox = start(link)) {
            List<OutboxRow> rows = await(PerformedStepFaultsTest::allSent);
            assertThat(rows).extracting(OutboxRow::attempts).containsExactly(1, 1, 1);
            assertThat(link.connections()).isEqualTo(2 * rows.size());
            assertThat(hospital.requests()).isEqualTo(ofTheServer ? 2 * rows.size() : rows.size());
        }
        assertThat(hospital.states()).containsExactly(Map.entry(STEP, "COMPLETED"));
    }

    @Test
    void theEndOfAStepThatWasUnderWayWhenTheProgramEndedIsNotTakenForOneOfOthers() throws Exception {
        Fault heardButNotAnswered = new Fault(Misdeed.STALLS, true, FIRST_MESSAGE);
        try (FaultyLink link = link(connection -> connection == 2 ? heardButNotAnswered : Fault.NONE)) {
            try (Outbox outbox = start(link)) {
                await(rows -> hospital.states().containsValue("COMPLETED"));
            }
            OutboxRow end = archive.outbox().find(numbers.get(2)).orElseThrow();
            assertThat(end.state()).isEqualTo(OutboxState.PENDING);
            assertThat(end.unanswered()).isTrue();
            try (Outbox outbox = start(link)) {
                await(PerformedStepFaultsTest::allSent);
            }
        }
    }

    @Test
    void aStepThatOthersEndedBeforeTheHospitalHeardOfItsEndWaitsForAPerson() throws Exception {
        Fault neverReached = new Fault(Misdeed.CLOSES, false, 0);
        IntFunction<Fault> thirdMessage = connection -> {
            if (connection == 2) {
                hospital.end(STEP, "DISCONTINUED");
            }
            return connection == 2 ? neverReached : Fault.NONE;
        };
        try (FaultyLink link = link(thirdMessage);
                Outbox outbox = start(link)) {
            OutboxRow end =
                    await(rows -> rows.get(2).state() == OutboxState.FAILED).get(2);
            assertThat(end.attempts()).as("not connected, then refused").isEqualTo(2);
            assertThat(end.reason()).contains("0x0110");
        }
    }
}
