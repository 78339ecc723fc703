package org.isocenter.hardware.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.isocenter.hardware.LibraryTables;
import org.isocenter.hardware.ScannerException.Kind;
import org.isocenter.sequence.compile.EventTable;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Faults at every moment of a scan on an emulated MaRCoS console: the scan ends, says why, and leaves the outputs safe. */
@Timeout(120)
@Execution(ExecutionMode.CONCURRENT)
class MarcosFaultsTest {
    /** Three readouts, a run for each: the words of a MaRCoS program are many, and each is decoded. */
    private static final EventTable TABLE =
            LibraryTables.table("gre2d", Map.of("matrixPhase", 1.0, "dummies", 0.0, "TR", 0.06), "osi2one");

    private static final List<String> MOMENTS = List.of("readout=0", "readout=1", "readout=2", "run=0", "start");
    private static final List<Integer> BYTES = List.of(0, 1, 7, 20, 60, 150, 400, 1000, 5000);

    private static Rig console(String... faults) throws Exception {
        return Rig.at("marcos://127.0.0.1:0?board=ocra1&profile=osi2one&load=null&timeout=2&patience=1", faults);
    }

    private static Stream<String> atMoments(String... kinds) {
        return Stream.of(kinds).flatMap(kind -> MOMENTS.stream().map(moment -> kind + "@" + moment));
    }

    /** Of "…@readout=2": 2, and each readout has a run of its own; of others: 0. */
    private static int readoutsBefore(String fault) {
        return fault.contains("readout=") ? Integer.parseInt(fault.replaceAll(".*=", "")) : 0;
    }

    static Stream<String> slowLinks() {
        List<String> faults = new ArrayList<>(
                atMoments("delay:5ms", "split:100", "coalesce:10ms", "clip").toList());
        faults.addAll(List.of("delay:20ms", "split:50", "split:1000", "coalesce"));
        return faults.stream();
    }

    @ParameterizedTest
    @MethodSource("slowLinks")
    void aSlowOrChoppyLinkOrAClippedReadoutEndsNoScan(String fault) throws Exception {
        try (Rig rig = console(fault)) {
            assertThat(Attempt.at(rig, TABLE).failure()).isNull();
        }
    }

    static Stream<String> deviceFaults() {
        return atMoments("fifo-full", "overrun", "reset");
    }

    @ParameterizedTest
    @MethodSource("deviceFaults")
    void aFaultOfTheConsoleIsNamed(String fault) throws Exception {
        try (Rig rig = console(fault)) {
            Attempt attempt = Attempt.at(rig, TABLE);
            assertThat(attempt.kind()).isIn(Kind.DEVICE_FAULT, Kind.LINK_LOST);
            assertThat(attempt.readouts()).isBetween(readoutsBefore(fault), TABLE.adcWindows() - 1);
            assertThat(Attempt.at(rig, TABLE).failure()).isNull();
        }
    }

    static Stream<String> lostLinks() {
        List<String> faults = new ArrayList<>(atMoments("cut").toList());
        BYTES.forEach(place -> faults.add("cut@byte=" + place));
        faults.addAll(List.of("silence@byte=0", "silence@byte=20"));
        return faults.stream();
    }

    @ParameterizedTest
    @MethodSource("lostLinks")
    void aLostLinkIsNamedAndTheNextScanIsWhole(String fault) throws Exception {
        try (Rig rig = console(fault)) {
            Attempt attempt = Attempt.at(rig, TABLE);
            if (attempt.failure() != null) {
                // A console that hangs up before it has said anything is held by somebody else, most likely.
                assertThat(attempt.kind()).isIn(Kind.LINK_LOST, Kind.TIMEOUT, Kind.DEVICE_FAULT);
            }
            assertThat(attempt.readouts()).isGreaterThanOrEqualTo(readoutsBefore(fault));
            assertThat(Attempt.at(rig, TABLE).failure()).isNull();
        }
    }

    /** A simulated console is given 60 times as long as the run takes on hardware, so this run is short. */
    @ParameterizedTest
    @ValueSource(strings = {"silence@start", "silence@readout=0"})
    void aConsoleThatFallsSilentDuringARunIsGivenUp(String fault) throws Exception {
        try (Rig rig = console(fault)) {
            assertThat(Attempt.at(rig, TABLE).kind()).isIn(Kind.LINK_LOST, Kind.TIMEOUT);
            assertThat(Attempt.at(rig, TABLE).failure()).isNull();
        }
    }

    static Stream<String> damage() {
        return BYTES.stream().map(place -> "corrupt@byte=" + place);
    }

    /** Nothing in this protocol tells a wrong sample from a right one; but nothing hangs, and all is safe. */
    @ParameterizedTest
    @MethodSource("damage")
    void aDamagedByteEndsTheScanOrIsASample(String fault) throws Exception {
        try (Rig rig = console(fault)) {
            Attempt attempt = Attempt.at(rig, TABLE);
            if (attempt.failure() == null) {
                assertThat(attempt.readouts()).isEqualTo(TABLE.adcWindows());
            }
            assertThat(Attempt.at(rig, TABLE).failure()).isNull();
        }
    }
}
