package org.isocenter.hardware.instrument;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.isocenter.hardware.ScannerException;
import org.isocenter.hardware.serial.PseudoTerminal;
import org.isocenter.hardware.transport.TcpListener;
import org.isocenter.testing.Peer;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class InstrumentsTest {
    @TempDir
    private Path folder;

    static List<Bench.Kind<?>> kinds() {
        return Bench.KINDS;
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void everyInstrumentIsOpenedByItsAddressThroughASerialPort(Bench.Kind<?> kind) throws Exception {
        Assumptions.assumeTrue(Peer.isInstalled("socat"), "skipped: socat is not installed");
        try (PseudoTerminal port = PseudoTerminal.open(folder.resolve("tty"));
                EmulatedInstrument device = kind.at(port);
                Instrument instrument = Instruments.open(URI.create(kind.scheme() + ":" + port.path()))) {
            assertThat(instrument.description()).contains(port.path().toString());
            assertThat(instrument.selfTest()).isNotEmpty();
        }
    }

    @Test
    void aProgramThatIsEndedFromOutsideLeavesCurrentsAtZero() throws Exception {
        Assumptions.assumeTrue(Peer.isInstalled("socat"), "skipped: socat is not installed");
        try (PseudoTerminal port = PseudoTerminal.open(folder.resolve("tty"));
                EmulatedShims shims = Bench.SHIMS.at(port)) {
            Process program = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-cp",
                            System.getProperty("java.class.path"),
                            ShimsSwitchedOn.class.getName(),
                            port.path().toString())
                    .redirectErrorStream(true)
                    .redirectOutput(folder.resolve("log").toFile())
                    .start();
            try {
                while (!shims.on) {
                    assertThat(program.isAlive())
                            .as(() -> "the program ended too soon")
                            .isTrue();
                    Thread.onSpinWait();
                }
                program.destroy();
                assertThat(program.waitFor(20, TimeUnit.SECONDS)).isTrue();
                assertThat(shims.on).isFalse();
            } finally {
                program.destroyForcibly();
            }
        }
    }

    @Test
    void anInstrumentMayBeBehindANetwork() throws Exception {
        try (TcpListener listener = TcpListener.open("127.0.0.1", 0)) {
            var opened = CompletableFuture.supplyAsync(() -> {
                try {
                    return Instruments.open(URI.create("librevna://127.0.0.1:" + listener.port()));
                } catch (ScannerException e) {
                    throw new AssertionError(e);
                }
            });
            try (EmulatedInstrument device = Bench.LIBRE_VNA.at(listener.accept(20_000));
                    Instrument instrument = opened.join()) {
                assertThat(instrument.firmware()).contains("LibreVNA-GUI");
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"nothing:/dev/ttyACM0", "nanovna://host", "triumf-shim://"})
    void anAddressThatCannotBeIsRefused(String address) {
        URI uri = address.endsWith("//") ? URI.create(address + "?") : URI.create(address);
        assertThatThrownBy(() -> Instruments.open(uri))
                .isInstanceOfSatisfying(
                        ScannerException.class, e -> assertThat(e.kind()).isEqualTo(ScannerException.Kind.REFUSED));
    }

    @Test
    void aPortThatIsNotThereIsNamed() {
        assertThatThrownBy(() -> Instruments.open(URI.create("nanovna:/dev/ttyACM77")))
                .hasMessageContaining("no serial port /dev/ttyACM77");
    }

    @Test
    void everyKindIsDescribed() {
        assertThat(Instruments.schemes())
                .hasSize(8)
                .allMatch(scheme -> !Instruments.describe(scheme).isEmpty());
    }
}
