package org.isocenter.hardware.instrument;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.stream.Stream;
import org.isocenter.hardware.ScannerException;
import org.isocenter.hardware.SelfTestResult;
import org.isocenter.hardware.transport.MemoryTransport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@Timeout(60)
class NetworkAnalyzersTest {
    static Stream<Bench.Kind<?>> analyzers() {
        return Stream.of(Bench.NANO_VNA, Bench.NANO_VNA_V2, Bench.LIBRE_VNA);
    }

    @ParameterizedTest
    @MethodSource("analyzers")
    void aSweepGivesBackWhatIsAttached(Bench.Kind<?> kind) throws ScannerException {
        try (Bench<?> bench = kind.open()) {
            Sweep sweep = bench.as(NetworkAnalyzer.class).sweep(1e6, 3e6, 101);
            assertIsTheResonance(sweep);
            assertThat(sweep.frequencyHertz()[sweep.bestMatch()]).isEqualTo(Resonance.HERTZ);
            assertThat(sweep.reflection(sweep.bestMatch())).isCloseTo(10.0 / 90, within(1e-5));
        }
    }

    private static void assertIsTheResonance(Sweep sweep) {
        for (int i = 0; i < sweep.points(); i++) {
            double[] s = Resonance.at(sweep.frequencyHertz()[i]);
            assertThat(new double[] {
                        sweep.s11Real()[i], sweep.s11Imaginary()[i], sweep.s21Real()[i], sweep.s21Imaginary()[i]
                    })
                    .as("point %d", i)
                    .containsExactly(s, within(2e-6));
        }
    }

    @ParameterizedTest
    @MethodSource("analyzers")
    void whatLiesOutsideTheRangeIsRefusedBeforeTheDeviceIsAsked(Bench.Kind<?> kind) throws ScannerException {
        try (Bench<?> bench = kind.open()) {
            NetworkAnalyzer analyzer = bench.as(NetworkAnalyzer.class);
            bench.device().fail(EmulatedInstrument.Fault.SILENCE, 0);
            assertThatThrownBy(() -> analyzer.sweep(1e3, 3e6, 11)).hasMessageContaining("it can from");
            assertThatThrownBy(() -> analyzer.sweep(3e6, 1e6, 11)).hasMessageContaining("it can from");
            assertThatThrownBy(() -> analyzer.sweep(1e6, 30e9, 11)).hasMessageContaining("it can from");
            assertThatThrownBy(() -> analyzer.sweep(Double.NaN, 3e6, 11)).hasMessageContaining("it can from");
            assertThatThrownBy(() -> analyzer.sweep(1e6, 3e6, 1)).hasMessageContaining("it can with 2 to");
            assertThatThrownBy(() -> analyzer.sweep(1e6, 3e6, 100_000)).hasMessageContaining("it can with 2 to");
            assertThat(bench.device().requests()).isEmpty();
        }
    }

    @Test
    void theTextShellTellsWhichBoardItIs() throws ScannerException {
        try (Bench<EmulatedNanoVna> bench = Bench.NANO_VNA.open()) {
            assertThat(bench.instrument().description()).startsWith("NanoVNA-H 4 at ");
            assertThat(bench.instrument().firmware()).isEqualTo("1.2.00");
            assertThat(bench.as(NetworkAnalyzer.class).mostPoints()).isEqualTo(401);
            assertThat(bench.instrument().selfTest()).allMatch(r -> r.outcome() == SelfTestResult.Outcome.PASS);
        }
        MemoryTransport.Pair link = MemoryTransport.pair("classic", 8192);
        new EmulatedNanoVna(link.far(), "NanoVNA").started(EmulatedNanoVna.class);
        try (Instrument classic = Instruments.open("nanovna", link.near(), 1)) {
            assertThat(((NetworkAnalyzer) classic).mostPoints()).isEqualTo(101);
        }
    }

    @Test
    void firmwareThatPrintsNothingInAScanIsReadInParts() throws ScannerException {
        try (Bench<EmulatedNanoVna> bench = Bench.NANO_VNA.open()) {
            bench.device().scanPrints = false;
            assertIsTheResonance(bench.as(NetworkAnalyzer.class).sweep(1e6, 3e6, 21));
        }
    }

    @Test
    void aLostEchoCostsNothing() throws ScannerException {
        try (Bench<EmulatedNanoVna> bench = Bench.NANO_VNA.open()) {
            bench.device().echo = false;
            assertIsTheResonance(bench.as(NetworkAnalyzer.class).sweep(1e6, 3e6, 11));
        }
    }

    @Test
    void whatTheShellObjectsToIsNotAskedAgain() throws ScannerException {
        try (Bench<EmulatedNanoVna> bench = Bench.NANO_VNA.open()) {
            assertThatThrownBy(() -> bench.as(NetworkAnalyzer.class).sweep(1e6, 3e6, 200))
                    .isInstanceOfSatisfying(
                            ScannerException.class, e -> assertThat(e.kind()).isEqualTo(ScannerException.Kind.REFUSED))
                    .hasMessageContaining("sweep points exceeds range 101");
            assertThat(bench.device().count("scan")).isEqualTo(1);
        }
    }

    @Test
    void oldBinaryFirmwareHasItsFirstPointLeftOut() throws ScannerException {
        MemoryTransport.Pair link = MemoryTransport.pair("old", 8192);
        new EmulatedNanoVnaV2(link.far(), 1, 1).started(EmulatedNanoVnaV2.class);
        try (NetworkAnalyzer old = (NetworkAnalyzer) Instruments.open("nanovna", link.near(), 1)) {
            Sweep sweep = old.sweep(1e6, 3e6, 1001);
            assertThat(sweep.frequencyHertz()[0]).isEqualTo(1e6);
            assertIsTheResonance(sweep);
        }
    }

    @Test
    void aDeviceThatWaitsForFirmwareSaysSo() {
        MemoryTransport.Pair link = MemoryTransport.pair("dfu", 8192);
        new EmulatedNanoVnaV2(link.far(), 0xff, 0).started(EmulatedNanoVnaV2.class);
        assertThatThrownBy(() -> Instruments.open("nanovna", link.near(), 1)).hasMessageContaining("DFU");
    }

    @Test
    void whatLibreVnaRefusesIsNamed() throws ScannerException {
        try (Bench<EmulatedLibreVna> bench = Bench.LIBRE_VNA.open()) {
            bench.device().errors = 16;
            assertThatThrownBy(() -> bench.as(NetworkAnalyzer.class).sweep(1e6, 3e6, 11))
                    .hasMessageContaining("refused ':DEV:MODE VNA' (event status 16)");
        }
    }
}
