package org.isocenter.hardware.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.isocenter.hardware.ScannerException.Kind;
import org.isocenter.hardware.transport.FaultyTransport;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every fault at every moment, on both links of the event stream: the scan ends, says why, and leaves the device safe. */
@Timeout(60)
@Execution(ExecutionMode.CONCURRENT)
class StreamFaultsTest {
    private static final int WINDOWS = Attempt.TABLE.adcWindows();
    private static final List<String> MOMENTS =
            List.of("readout=0", "readout=1", "readout=7", "readout=" + (WINDOWS - 1), "run=0");
    private static final List<Integer> BYTES =
            List.of(0, 1, 4, 9, 40, 100, 180, 260, 400, 700, 1000, 1500, 2500, 4000, 7000, 11000);

    /** A busy computer may leave a thread waiting for seconds. */
    private static final String PATIENT = "load=null&profile=osi2one&deadman=5000";

    private static final String WATCHFUL = "load=null&profile=osi2one&deadman=2000";

    enum Link {
        TCP,
        MEMORY;

        Rig open(String... faults) throws Exception {
            return open(PATIENT, faults);
        }

        Rig open(String options, String[] faults) throws Exception {
            return this == TCP
                    ? Rig.at("stream+tcp://127.0.0.1:0?" + options, faults)
                    : Rig.inMemory(link -> link, options, faults);
        }
    }

    private static Stream<Arguments> on(List<String> faults) {
        return Stream.of(Link.values()).flatMap(link -> faults.stream().map(fault -> Arguments.of(link, fault)));
    }

    private static List<String> atMoments(String... kinds) {
        List<String> faults = new ArrayList<>();
        for (String kind : kinds) {
            MOMENTS.forEach(moment -> faults.add(kind + "@" + moment));
        }
        return faults;
    }

    private static List<String> atBytes(String kind) {
        return BYTES.stream().map(place -> kind + "@byte=" + place).toList();
    }

    /** Of "…@readout=7": 7; of a run: 0. */
    private static int readoutsBefore(String fault) {
        return fault.contains("readout=") ? Integer.parseInt(fault.replaceAll(".*=", "")) : 0;
    }

    static Stream<Arguments> slowLinks() {
        List<String> faults = atMoments("delay:5ms", "split", "split:100", "coalesce:10ms", "clip");
        faults.addAll(
                List.of("delay:30ms", "delay:1ms", "split", "split:2", "split:1000", "coalesce", "coalesce:50ms"));
        return on(faults);
    }

    @ParameterizedTest
    @MethodSource("slowLinks")
    void aSlowOrChoppyLinkOrAClippedReadoutEndsNoScan(Link link, String fault) throws Exception {
        try (Rig rig = link.open(fault)) {
            assertThat(Attempt.at(rig).failure()).isNull();
        }
    }

    static Stream<Arguments> damage() {
        List<String> faults = atMoments("corrupt");
        faults.addAll(atBytes("corrupt"));
        return on(faults);
    }

    @ParameterizedTest
    @MethodSource("damage")
    void aDamagedByteIsRepairedBySendingAgain(Link link, String fault) throws Exception {
        try (Rig rig = link.open(fault)) {
            assertThat(Attempt.at(rig).failure()).isNull();
        }
    }

    static Stream<Arguments> deviceFaults() {
        return on(atMoments("fifo-full", "overrun"));
    }

    @ParameterizedTest
    @MethodSource("deviceFaults")
    void aFaultOfTheDeviceKeepsAllReadoutsBeforeIt(Link link, String fault) throws Exception {
        try (Rig rig = link.open(fault)) {
            Attempt attempt = Attempt.at(rig);
            assertThat(attempt.kind()).isEqualTo(Kind.DEVICE_FAULT);
            assertThat(attempt.failure()).hasMessageContaining(fault.startsWith("fifo") ? "FIFO" : "ran empty");
            assertThat(attempt.readouts()).isEqualTo(readoutsBefore(fault));
        }
    }

    static Stream<Arguments> interlocks() {
        return on(atMoments("interlock:door", "interlock:emergency-stop", "interlock:rf-amplifier"));
    }

    @ParameterizedTest
    @MethodSource("interlocks")
    void anInterlockStaysLatchedAndKeepsAllReadoutsBeforeIt(Link link, String fault) throws Exception {
        try (Rig rig = link.open(fault)) {
            Attempt attempt = Attempt.at(rig);
            assertThat(attempt.kind()).isEqualTo(Kind.INTERLOCK);
            assertThat(attempt.failure())
                    .hasMessageContaining(fault.replaceAll("interlock:|@.*", "")
                            .replace('-', ' ')
                            .replace("rf", "RF"));
            assertThat(attempt.readouts()).isEqualTo(readoutsBefore(fault));
            assertThat(attempt.interlocks()).isEqualTo(1);
            Attempt again = Attempt.at(rig);
            assertThat(again.kind()).isEqualTo(Kind.INTERLOCK);
            assertThat(again.readouts()).isZero();
        }
    }

    static Stream<Arguments> cuts() {
        return on(atMoments("cut"));
    }

    @ParameterizedTest
    @MethodSource("cuts")
    void ofALinkThatIsCutAllReadoutsBeforeAreFetchedOverTheNextOne(Link link, String fault) throws Exception {
        try (Rig rig = link.open(fault)) {
            Attempt attempt = Attempt.at(rig);
            assertThat(attempt.kind()).isEqualTo(Kind.LINK_LOST);
            assertThat(attempt.readouts()).isGreaterThanOrEqualTo(readoutsBefore(fault));
            assertThat(Attempt.at(rig).failure()).isNull();
        }
    }

    static Stream<Arguments> cutsAtBytes() {
        return on(atBytes("cut"));
    }

    @ParameterizedTest
    @MethodSource("cutsAtBytes")
    void aLinkThatIsCutAtAnyByteIsNamedAndTheNextScanIsWhole(Link link, String fault) throws Exception {
        try (Rig rig = link.open(fault)) {
            Attempt attempt = Attempt.at(rig);
            if (attempt.failure() != null) {
                assertThat(attempt.kind()).isEqualTo(Kind.LINK_LOST);
            }
            assertThat(Attempt.at(rig).failure()).isNull();
        }
    }

    static Stream<Arguments> silence() {
        List<String> faults = atMoments("silence");
        faults.addAll(List.of("silence@byte=0", "silence@byte=100", "silence@byte=400", "silence@byte=3000"));
        return on(faults);
    }

    @ParameterizedTest
    @MethodSource("silence")
    void ofALinkThatFallsSilentAllReadoutsBeforeAreFetchedOverTheNextOne(Link link, String fault) throws Exception {
        try (Rig rig = link.open(WATCHFUL, new String[] {fault})) {
            Attempt attempt = Attempt.at(rig);
            if (attempt.failure() != null) {
                assertThat(attempt.kind()).isIn(Kind.LINK_LOST, Kind.TIMEOUT);
            }
            assertThat(attempt.readouts()).isGreaterThanOrEqualTo(readoutsBefore(fault));
        }
    }

    static Stream<Arguments> resets() {
        return on(atMoments("reset"));
    }

    @ParameterizedTest
    @MethodSource("resets")
    void aDeviceThatRestartsIsNoticed(Link link, String fault) throws Exception {
        try (Rig rig = link.open(fault)) {
            Attempt attempt = Attempt.at(rig);
            assertThat(attempt.kind()).isIn(Kind.DEVICE_FAULT, Kind.LINK_LOST);
            assertThat(attempt.readouts()).isLessThanOrEqualTo(readoutsBefore(fault));
            assertThat(Attempt.at(rig).failure()).isNull();
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1, 3, 9, 17, 30, 60, 100, 150, 300, 600, 1000, 1800, 3000})
    void aByteThatIsDamagedOnItsWayToTheDeviceIsRepaired(long place) throws Exception {
        try (Rig rig = Rig.inMemory(
                link -> {
                    FaultyTransport faulty = new FaultyTransport(link);
                    faulty.corruptByte(place);
                    return faulty;
                },
                PATIENT)) {
            assertThat(Attempt.at(rig).failure()).isNull();
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 20, 100, 400, 1500, 3000})
    void aLinkThatIsCutOnTheHostsSideIsNamed(long place) throws Exception {
        try (Rig rig = Rig.inMemory(
                link -> {
                    FaultyTransport faulty = new FaultyTransport(link);
                    faulty.cutAtByte(place);
                    return faulty;
                },
                PATIENT)) {
            assertThat(Attempt.at(rig).kind()).isIn(Kind.LINK_LOST, Kind.TIMEOUT);
        }
    }
}
