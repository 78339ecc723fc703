package org.isocenter.hardware.instrument;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.isocenter.hardware.Interlock;
import org.isocenter.hardware.ScannerException;
import org.isocenter.hardware.SelfTestResult;
import org.isocenter.hardware.instrument.SarMonitor.Event;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class RelaxSarMonitorTest {
    private static final SarMonitor.Limits LIMITS = new SarMonitor.Limits(0.01, 0.005, 0.02);
    private final BlockingQueue<Event> events = new LinkedBlockingQueue<>();
    private Bench<EmulatedSarMonitor> bench;
    private SarMonitor monitor;

    @BeforeEach
    void open() throws ScannerException {
        bench = Bench.SAR.open();
        monitor = bench.as(SarMonitor.class);
        monitor.listen(events::add);
    }

    @AfterEach
    void close() {
        bench.close();
    }

    private Event.Kind next() throws InterruptedException {
        return events.poll(20, TimeUnit.SECONDS).kind();
    }

    @Test
    void framesAreThoseOfTheMonitor() {
        assertThat(SarFrames.request("ident"))
                .containsExactly('i', 'd', 'e', 'n', 't', 0x04, 0x4e, 0x78, 0xb2, '\r', '\n', '\t');
    }

    @Test
    void aPatientIsStartedWithLimitsInSquaredConverterSteps() throws Exception {
        monitor.startPatient(LIMITS);
        assertThat(monitor.isMonitoring()).isTrue();
        assertThat(bench.device().sampling).isTrue();
        // floor((sqrt(P 50) 1.9698 + 0.0017)² / (3.3 / 4095)²)
        assertThat(bench.device().requests().stream().map(frame -> frame.substring(0, frame.length() - 4)))
                .containsExactly("ident", "s", "new pat", "l10s2994702", "l6m1498863", "tran5985128", "start");
        assertThat(next()).isEqualTo(Event.Kind.STOPPED);
        assertThat(next()).isEqualTo(Event.Kind.STARTED);
    }

    @Test
    void aLimitThatTheMonitorCannotMeasureIsRefused() {
        assertThatThrownBy(() -> monitor.startPatient(new SarMonitor.Limits(0.01, 0.01, 1)))
                .isInstanceOfSatisfying(
                        ScannerException.class, e -> assertThat(e.kind()).isEqualTo(ScannerException.Kind.REFUSED))
                .hasMessageContaining("would never trip");
        assertThatThrownBy(() -> new SarMonitor.Limits(0, 0.01, 0.01)).isInstanceOf(IllegalArgumentException.class);
        assertThat(bench.device().count("l10s")).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"tranlimit", "reflimit", "10slimit", "6minlimit"})
    void anAlarmLatchesAnInterlockUntilAPersonAcknowledgesIt(String alarm) throws Exception {
        monitor.startPatient(LIMITS);
        events.clear();
        bench.device().alarm(alarm);
        assertThat(next()).isEqualTo(Event.Kind.LIMIT);
        assertThat(monitor.isMonitoring()).isFalse();
        Interlock latched = monitor.interlocks().get(0);
        assertThat(latched.kind()).isEqualTo(Interlock.Kind.SAR);
        assertThat(latched.reason()).contains(alarm);
        assertThatThrownBy(() -> monitor.startPatient(LIMITS)).hasMessageContaining("an interlock is latched");
        monitor.acknowledge(latched);
        monitor.startPatient(LIMITS);
        assertThat(monitor.isMonitoring()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "10slimix\u0001\u0002\u0003\u0004\r\n",
                "\r\n",
                "what is this, and why does it not come to an end at all, however long one waits"
            })
    void whatCannotBeReadWhileItMonitorsIsTakenForAnAlarm(String damaged) throws Exception {
        monitor.startPatient(LIMITS);
        events.clear();
        bench.device().say(damaged);
        assertThat(next()).isEqualTo(Event.Kind.FAULT);
        assertThat(monitor.interlocks()).isNotEmpty();
    }

    @Test
    void anAlarmRightBehindADamagedAnswerIsHeardBeforeMonitoringIsKnownToHaveBegun() throws Exception {
        bench.device().fail(EmulatedInstrument.Fault.GARBAGE, 1, "start");
        bench.device().sayAfterFailure(EmulatedSarMonitor.framed("10slimit"));
        assertThatThrownBy(() -> monitor.startPatient(LIMITS)).hasMessageContaining("10slimit");
        assertThat(monitor.interlocks()).hasSize(1);
    }

    @Test
    void anAlarmThatComesWhileAnOlderOneIsAcknowledgedStaysLatched() throws Exception {
        monitor.startPatient(LIMITS);
        bench.device().alarm("10slimit");
        while (monitor.interlocks().isEmpty()) {
            Thread.onSpinWait();
        }
        Interlock latched = monitor.interlocks().get(0);
        bench.device().beforeIdent = EmulatedSarMonitor.framed("tranlimit");
        assertThatThrownBy(() -> monitor.acknowledge(latched)).hasMessageContaining("cause is still there");
        assertThat(monitor.interlocks()).containsExactly(latched);
    }

    @Test
    void aListenerThatFailsDoesNotEndTheWatch() throws Exception {
        monitor.listen(event -> {
            events.add(event);
            throw new IllegalStateException("a listener that fails, on purpose");
        });
        monitor.startPatient(LIMITS);
        events.clear();
        bench.device().alarm("10slimit");
        assertThat(next()).isEqualTo(Event.Kind.LIMIT);
    }

    @Test
    void aMonitorThatStopsByItselfTrips() throws Exception {
        monitor.startPatient(LIMITS);
        events.clear();
        bench.device().alarm("SARstop");
        assertThat(next()).isEqualTo(Event.Kind.FAULT);
        assertThat(monitor.isMonitoring()).isFalse();
    }

    @Test
    void anUnpluggedMonitorTripsAndCannotBeAcknowledged() throws Exception {
        monitor.startPatient(LIMITS);
        events.clear();
        bench.device().close();
        assertThat(next()).isEqualTo(Event.Kind.LOST);
        Interlock latched = monitor.interlocks().get(0);
        assertThat(latched.reason()).contains("whether it still guards the patient is not known");
        assertThatThrownBy(() -> monitor.acknowledge(latched)).hasMessageContaining("cause is still there");
        assertThat(monitor.interlocks()).containsExactly(latched);
    }

    @Test
    void aMonitorIsAskedWhileItGuardsAndOneLostAnswerStopsNothing() throws Exception {
        monitor.startPatient(LIMITS);
        bench.device().fail(EmulatedInstrument.Fault.SILENCE, 1, "ident");
        assertThat(monitor.selfTest()).extracting(SelfTestResult::name).containsExactly("guards");
        assertThat(bench.device().count("ident")).isEqualTo(2);
        assertThat(monitor.isMonitoring()).isTrue();
        assertThat(monitor.interlocks()).isEmpty();
    }

    @Test
    void aMonitorThatFallsSilentWhileItGuardsTripsAndIsResetByNobodyButAPerson() throws Exception {
        monitor.startPatient(LIMITS);
        events.clear();
        bench.device().fail(EmulatedInstrument.Fault.SILENCE, 3, "ident");
        assertThatThrownBy(monitor::selfTest)
                .isInstanceOfSatisfying(
                        ScannerException.class, e -> assertThat(e.kind()).isEqualTo(ScannerException.Kind.INTERLOCK));
        assertThat(next()).isEqualTo(Event.Kind.LOST);
        assertThat(monitor.isMonitoring()).isFalse();
        monitor.selfTest();
        Interlock latched = monitor.interlocks().get(0);
        assertThat(latched.reason()).contains("does not answer any more");
        assertThatThrownBy(() -> monitor.startPatient(LIMITS)).hasMessageContaining("an interlock is latched");
        monitor.acknowledge(latched);
        monitor.startPatient(LIMITS);
        assertThat(monitor.isMonitoring()).isTrue();
    }

    @Test
    void closingStopsTheMonitor() throws Exception {
        monitor.startPatient(LIMITS);
        monitor.close();
        while (bench.device().sampling) {
            Thread.onSpinWait();
        }
        assertThat(bench.device().count("s")).isGreaterThan(1);
    }

    @Test
    void aChecksumThatHoldsALineEndDoesNotCutTheMessage() {
        SarFrames frames = new SarFrames();
        String text = textWhoseChecksumHoldsALineEnd();
        byte[] bytes = EmulatedSarMonitor.framed(text).getBytes(java.nio.charset.StandardCharsets.ISO_8859_1);
        StringBuilder message = new StringBuilder();
        for (int i = 0; i < bytes.length - 1; i++) {
            frames.add(new byte[] {bytes[i]}, 1);
            assertThat(frames.next(message, false)).isEqualTo(SarFrames.Found.NOTHING);
        }
        frames.add(new byte[] {bytes[bytes.length - 1]}, 1);
        assertThat(frames.next(message, false)).isEqualTo(SarFrames.Found.MESSAGE);
        assertThat(message).hasToString(text);
    }

    private static String textWhoseChecksumHoldsALineEnd() {
        for (int i = 0; i < 10_000_000; i++) {
            String framed = EmulatedSarMonitor.framed("rs" + i);
            if (framed.indexOf("\r\n") < framed.length() - 2) {
                return "rs" + i;
            }
        }
        throw new AssertionError("none found");
    }
}
