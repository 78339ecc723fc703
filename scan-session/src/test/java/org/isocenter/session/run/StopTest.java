package org.isocenter.session.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.isocenter.hardware.Interlock;
import org.isocenter.model.Patient;
import org.isocenter.model.Protocol;
import org.isocenter.model.Study;
import org.isocenter.recon.mrd.MrdFile;
import org.isocenter.recon.standard.StandardReconstruction;
import org.isocenter.session.Examples;
import org.isocenter.session.archive.Archive;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a scan does when the device, the driver or a person wants it to end. */
@Timeout(value = 3, unit = TimeUnit.MINUTES)
class StopTest {
    /** Of the times after which a driver is interrupted and given up. */
    private static final double IMPATIENT = 0.02;

    @TempDir
    Path home;

    private Archive archive;
    private Path out;
    private final List<ScanEvent> events = Collections.synchronizedList(new ArrayList<>());

    @BeforeEach
    void open() {
        archive = Archive.open(home.resolve("archive"));
        out = home.resolve("out");
        FakeScanner.release = new CountDownLatch(1);
    }

    @AfterEach
    void close() {
        FakeScanner.release.countDown();
        archive.close();
    }

    private ScanSession session(double silenceSeconds) {
        ScanSession session = new ScanSession(archive, new StandardReconstruction(), silenceSeconds, IMPATIENT);
        session.subscribe(events::add);
        return session;
    }

    private ScanRequest request(String behaviour) {
        return new ScanRequest(
                Examples.study("1.2.3"),
                Protocol.defaults("Readouts", "readouts", new TestSequence().parameters(null)),
                null,
                "Test images",
                3,
                URI.create("fake:" + behaviour),
                out,
                null,
                true);
    }

    @Test
    void aDriverThatHangsIsGivenUpAndTheScanFailsWithItsData() throws Exception {
        try (ScanSession session = session(0.2)) {
            ScanException error = catchThrowableOfType(ScanException.class, () -> session.scan(request("stuck")));
            assertThat(error.kind()).isEqualTo(ScanException.Kind.DEVICE);
            assertThat(error).hasMessageContaining("no readout for");
            assertThat(error.getSuppressed()[0]).hasMessageContaining("not even to a stop");
            assertThat(session.state()).isEqualTo(ScanState.FAILED);
            assertThat(MrdFile.read(out.resolve("raw.h5")).raw().size()).isEqualTo(FakeScanner.BEFORE);

            // What the driver still delivers reaches nobody, and the next scan has a thread of its own.
            FakeScanner.release.countDown();
            assertThat(session.scan(request("complete")).state()).isEqualTo(ScanState.DONE);
        }
    }

    @Test
    void aStopThatTheDriverDoesNotFollowEndsAsAFailureThatSaysSo() throws Exception {
        try (ScanSession session = session(60)) {
            session.start(request("stuck"));
            FakeProvider.awaitDelivery(session);
            session.abort();
            ScanException error = catchThrowableOfType(ScanException.class, session::awaitEnd);
            assertThat(error.kind()).isEqualTo(ScanException.Kind.DEVICE);
            assertThat(error).hasMessageContaining("not even to a stop").hasMessageContaining("switch the device off");
            assertThat(FakeProvider.last.calls).contains("abort", "close");
        }
    }

    @Test
    void interruptingWhoWaitsForAScanStopsIt() throws Exception {
        try (ScanSession session = session(60)) {
            Thread waiting = new Thread(() -> {
                try {
                    session.scan(request("hang"));
                } catch (ScanException | InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            });
            waiting.start();
            FakeProvider.awaitDelivery(session);
            waiting.interrupt();
            assertThat(session.awaitEnd().state()).isEqualTo(ScanState.ABORTED);
            waiting.join();
        }
    }

    @Test
    void anInterlockStopsTheScanKeepsItsDataAndIsInReportAndArchive() throws Exception {
        String id;
        try (ScanSession session = session(60)) {
            id = session.start(request("trip"));
            ScanException error = catchThrowableOfType(ScanException.class, session::awaitEnd);
            assertThat(error.kind()).isEqualTo(ScanException.Kind.INTERLOCK);
            assertThat(error)
                    .hasMessageContaining("door: the door is open")
                    .hasMessageContaining("isocenter devices 'fake:trip' --acknowledge");
        }
        assertThat(MrdFile.read(out.resolve("raw.h5")).raw().size()).isEqualTo(FakeScanner.BEFORE);
        JsonNode report = new ObjectMapper().readTree(out.resolve("report.json").toFile());
        assertThat(report.at("/device/interlocks/0/kind").asText()).isEqualTo("DOOR");
        assertThat(report.at("/device/interlocks/0/reason").asText()).isEqualTo("the door is open");
        assertThat(archive.interlocksOf(id)).extracting(Interlock::kind).containsExactly(Interlock.Kind.DOOR);
        assertThat(archive.scan(id).orElseThrow().state()).isEqualTo("FAILED");
        assertThat(events)
                .anySatisfy(e -> assertThat(e)
                        .isInstanceOfSatisfying(
                                ScanEvent.Interlocked.class,
                                i -> assertThat(i.interlocks().get(0).text()).isEqualTo("door: the door is open")));
    }

    @Test
    void noScanStartsOnTheDeviceUntilAPersonAcknowledgesNotEvenFromANewProgram() throws Exception {
        try (ScanSession session = session(60)) {
            catchThrowableOfType(ScanException.class, () -> session.scan(request("trip")));
        }
        archive.close();
        archive = Archive.open(home.resolve("archive"));
        int opened = FakeProvider.opened.get();
        try (ScanSession session = session(60)) {
            for (int again = 0; again < 2; again++) {
                ScanException error = catchThrowableOfType(ScanException.class, () -> session.scan(request("trip")));
                assertThat(error.kind()).isEqualTo(ScanException.Kind.INTERLOCK);
                assertThat(error).hasMessageContaining("an interlock is latched (door: the door is open)");
            }
            assertThat(FakeProvider.opened.get()).isEqualTo(opened);
            assertThat(session.scan(request("complete")).state())
                    .as("another device")
                    .isEqualTo(ScanState.DONE);

            DeviceInterlocks interlocks = new DeviceInterlocks(archive);
            assertThat(interlocks.acknowledge(URI.create("fake:trip"))).hasSize(1);
            assertThat(interlocks.latched(URI.create("fake:trip"))).isEmpty();
            ScanException error = catchThrowableOfType(ScanException.class, () -> session.scan(request("trip")));
            assertThat(error).as("it ran").hasMessageContaining("an interlock stopped the scan");
        }
    }

    private ScanRequest request(String behaviour, URI instrument) {
        return request(behaviour, instrument, Examples.study("1.2.3"));
    }

    private ScanRequest request(String behaviour, URI instrument, Study study) {
        ScanRequest plain = request(behaviour);
        return new ScanRequest(
                study,
                plain.protocol(),
                null,
                "Test images",
                3,
                plain.device(),
                out,
                null,
                true,
                false,
                Map.of(),
                List.of(instrument),
                List.of(),
                DicomOutput.STANDARD);
    }

    @Test
    void amplifiersAreOnWhileTheScannerPlaysAndOffAfterwards() throws Exception {
        try (FakeAmplifiers amplifiers = new FakeAmplifiers();
                ScanSession session = session(60)) {
            assertThat(session.scan(request("complete", amplifiers.address())).state())
                    .isEqualTo(ScanState.DONE);
            assertThat(amplifiers.heard).containsSubsequence("GPA_ON 1", "RFPA_RF 1", "RFPA_RF 0", "GPA_ON 0");
            assertThat(amplifiers.last("GPA_ON")).isEqualTo("GPA_ON 0");
            assertThat(amplifiers.last("RFPA_RF")).isEqualTo("RFPA_RF 0");
        }
    }

    @Test
    void anAmplifierThatTripsStopsTheScanAndNoneStartsWithItUntilItIsAcknowledged() throws Exception {
        try (FakeAmplifiers amplifiers = new FakeAmplifiers();
                ScanSession session = session(60)) {
            session.start(request("hang", amplifiers.address()));
            FakeProvider.awaitDelivery(session);
            amplifiers.write("GPA_ERR overtemperature\r\n");
            ScanException error = catchThrowableOfType(ScanException.class, session::awaitEnd);
            assertThat(error.kind()).isEqualTo(ScanException.Kind.INTERLOCK);
            assertThat(error)
                    .hasMessageContaining("gradient amplifier")
                    .hasMessageContaining("overtemperature")
                    .hasMessageContaining("barthel://");
            assertThat(FakeProvider.last.calls).contains("abort");
            assertThat(amplifiers.last("GPA_ON")).isEqualTo("GPA_ON 0");
            assertThat(amplifiers.last("RFPA_RF")).isEqualTo("RFPA_RF 0");
            assertThat(MrdFile.read(out.resolve("raw.h5")).raw().size()).isEqualTo(FakeScanner.BEFORE);

            assertThat(catchThrowableOfType(
                                    ScanException.class, () -> session.scan(request("complete", amplifiers.address())))
                            .kind())
                    .isEqualTo(ScanException.Kind.INTERLOCK);
            new DeviceInterlocks(archive).acknowledge(amplifiers.address());
            assertThat(amplifiers.last("GPA_ERRST"))
                    .as("reset, although a new connection is not told of the fault")
                    .isEqualTo("GPA_ERRST");
            assertThat(amplifiers.last("RFPA_ERRST")).isEqualTo("never");
            assertThat(session.scan(request("complete", amplifiers.address())).state())
                    .isEqualTo(ScanState.DONE);
        }
    }

    @Test
    void amplifiersThatFallSilentStopTheScanAndAreSaidToBeUnknown() throws Exception {
        try (FakeAmplifiers amplifiers = new FakeAmplifiers();
                ScanSession session = session(60)) {
            session.start(request("hang", amplifiers.address()));
            FakeProvider.awaitDelivery(session);
            amplifiers.silent = true;
            ScanException error = catchThrowableOfType(ScanException.class, session::awaitEnd);
            assertThat(error.kind()).isEqualTo(ScanException.Kind.DEVICE);
            assertThat(error)
                    .hasMessageContaining(amplifiers.address().toString())
                    .hasMessageContaining("NOT known")
                    .hasMessageContaining("by hand");
            assertThat(FakeProvider.last.calls).contains("abort");
            assertThat(amplifiers.last("GPA_ON")).isEqualTo("GPA_ON 0");
            assertThat(amplifiers.last("RFPA_RF")).isEqualTo("RFPA_RF 0");
            assertThat(MrdFile.read(out.resolve("raw.h5")).raw().size()).isEqualTo(FakeScanner.BEFORE);
        }
    }

    @Test
    void anInstrumentThatIsNotThereKeepsTheScanFromStarting() throws Exception {
        FakeAmplifiers gone = new FakeAmplifiers();
        gone.close();
        try (ScanSession session = session(60)) {
            ScanException error =
                    catchThrowableOfType(ScanException.class, () -> session.scan(request("complete", gone.address())));
            assertThat(error.kind()).isEqualTo(ScanException.Kind.DEVICE);
            assertThat(error).hasMessageContaining(gone.address().toString());
            assertThat(FakeProvider.last.calls).doesNotContain("run");
        }
    }

    @Test
    void aSarMonitorGuardsTheProfilesLimitsWhileTheScannerPlays() throws Exception {
        try (FakeSarMonitor monitor = new FakeSarMonitor();
                ScanSession session = session(60)) {
            ScanRequest request = request("complete?profile=clinical-example", monitor.address());
            assertThat(session.scan(request).state()).isEqualTo(ScanState.DONE);
            // 300 W, 150 W and 20 kW less 60 dB, through a detector of 1.9698 V/V and 1.7 mV, squared in steps of 3.3
            // V/4095.
            assertThat(monitor.heard).containsSubsequence("s", "l10s90889", "l6m45708", "tran5985128", "start", "s");
        }
    }

    @Test
    void aSarMonitorForgetsThePowerSoFarWhenAnotherPatientComesAndNeverForTheSame() throws Exception {
        try (FakeSarMonitor monitor = new FakeSarMonitor()) {
            assertThat(forgets(monitor, "P42", false)).as("the first ever").isTrue();
            assertThat(forgets(monitor, "P42", false)).isFalse();
            assertThat(forgets(monitor, "PHANTOM", true)).as("a phantom").isFalse();
            assertThat(forgets(monitor, "P42", false)).as("back again").isFalse();
            assertThat(forgets(monitor, "P43", false)).isTrue();
            assertThat(forgets(monitor, "", false)).as("nobody knows who").isFalse();
            assertThat(forgets(monitor, "P43", false)).as("may be the same").isFalse();
            String madeUp = Patient.UNKNOWN.withMadeUpId("20260304101112").id();
            assertThat(forgets(monitor, madeUp, false)).as("nobody knows who").isFalse();
            assertThat(forgets(monitor, "P43", false)).as("may be the same").isFalse();
            assertThat(forgets(monitor, "P42", false)).isTrue();
        }
    }

    /** Whether the monitor is told to forget by a scan of this patient in a program of its own. */
    private boolean forgets(FakeSarMonitor monitor, String patientId, boolean phantom) throws Exception {
        archive.close();
        archive = Archive.open(home.resolve("archive"));
        monitor.heard.clear();
        try (ScanSession session = session(60)) {
            Study study = Examples.study("1.2.3." + events.size(), patientId, phantom);
            session.scan(request("complete?profile=clinical-example", monitor.address(), study));
        }
        assertThat(monitor.heard).contains("start");
        return monitor.heard.contains("new pat");
    }

    @Test
    void aSarMonitorThatRaisesTheAlarmStopsTheScan() throws Exception {
        try (FakeSarMonitor monitor = new FakeSarMonitor();
                ScanSession session = session(60)) {
            session.start(request("hang?profile=clinical-example", monitor.address()));
            FakeProvider.awaitDelivery(session);
            monitor.say("6minlimit");
            ScanException error = catchThrowableOfType(ScanException.class, session::awaitEnd);
            assertThat(error.kind()).isEqualTo(ScanException.Kind.INTERLOCK);
            assertThat(error).hasMessageContaining("a limit was passed ('6minlimit')");
            assertThat(FakeProvider.last.calls).contains("abort");
        }
    }

    @Test
    void aSarMonitorThatFallsSilentStopsTheScanAndIsLatched() throws Exception {
        try (FakeSarMonitor monitor = new FakeSarMonitor();
                ScanSession session = session(60)) {
            session.start(request("hang?profile=clinical-example", monitor.address()));
            FakeProvider.awaitDelivery(session);
            while (!monitor.heard.contains("start")) {
                Thread.onSpinWait();
            }
            monitor.silent = true;
            ScanException error = catchThrowableOfType(ScanException.class, session::awaitEnd);
            assertThat(error.kind()).isEqualTo(ScanException.Kind.INTERLOCK);
            assertThat(error).hasMessageContaining("does not answer any more");
            assertThat(FakeProvider.last.calls).contains("abort");
            assertThat(new DeviceInterlocks(archive).latched(monitor.address()))
                    .extracting(Interlock::kind)
                    .containsExactly(Interlock.Kind.SAR);
        }
    }

    @Test
    void aSarMonitorWithoutLimitsToGuardKeepsTheScanFromStarting() throws Exception {
        try (FakeSarMonitor monitor = new FakeSarMonitor();
                ScanSession session = session(60)) {
            ScanException error = catchThrowableOfType(
                    ScanException.class, () -> session.scan(request("complete", monitor.address())));
            assertThat(error.kind()).isEqualTo(ScanException.Kind.INPUT);
            assertThat(error).hasMessageContaining("no limits that this SAR monitor could guard");
            assertThat(monitor.heard).doesNotContain("start");
        }
    }

    @Test
    void theTimeThatAStopTakesIsTold() throws Exception {
        try (ScanSession session = session(60)) {
            session.start(request("hang"));
            FakeProvider.awaitDelivery(session);
            while (stopTakes().isEmpty()) {
                Thread.yield();
            }
            session.abort();
            session.awaitEnd();
        }
        assertThat(stopTakes())
                .singleElement()
                .satisfies(e -> assertThat(e.latency().explanation()).isEqualTo("at once"));
    }

    private List<ScanEvent.StopTakes> stopTakes() {
        synchronized (events) {
            return events.stream()
                    .filter(ScanEvent.StopTakes.class::isInstance)
                    .map(ScanEvent.StopTakes.class::cast)
                    .toList();
        }
    }
}
