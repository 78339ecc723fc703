package org.isocenter.hardware.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.isocenter.hardware.Interlock;
import org.isocenter.hardware.LibraryTables;
import org.isocenter.hardware.ReadoutSink;
import org.isocenter.hardware.RunOutcome;
import org.isocenter.hardware.Scanner;
import org.isocenter.hardware.ScannerException;
import org.isocenter.hardware.ScannerException.Kind;
import org.isocenter.hardware.Scanners;
import org.isocenter.hardware.SelfTestResult;
import org.isocenter.hardware.emulate.Emulator;
import org.isocenter.hardware.emulate.Emulators;
import org.isocenter.hardware.emulate.FaultSpec;
import org.isocenter.hardware.virtual.OutputState;
import org.isocenter.sequence.compile.EventTable;
import org.isocenter.testing.Peer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The driver on the emulated device, over real links. */
@Timeout(60)
class StreamScannerTest {
    /** Two slices that are not in the middle. */
    private static final EventTable SMALL = LibraryTables.table(
            "gre2d", Map.of("matrix", 32.0, "matrixPhase", 1.0, "slices", 2.0, "dummies", 0.0), "osi2one");

    private final List<AutoCloseable> opened = new ArrayList<>();

    @TempDir
    private Path folder;

    @AfterEach
    void close() throws Exception {
        for (int i = opened.size() - 1; i >= 0; i--) {
            opened.get(i).close();
        }
    }

    private <T extends AutoCloseable> T closing(T what) {
        opened.add(what);
        return what;
    }

    /** On a busy computer a heartbeat may be seconds late. */
    private Emulator tcp(String options, String... faults) throws Exception {
        String patience = options.contains("deadman") ? "" : "deadman=5000&";
        return serve(URI.create("stream+tcp://127.0.0.1:0?profile=osi2one&" + patience + options), faults);
    }

    private Emulator serve(URI address, String... faults) throws Exception {
        List<FaultSpec> specs = new ArrayList<>();
        for (String fault : faults) {
            specs.add(FaultSpec.parse(fault));
        }
        Emulator emulator = closing(Emulators.listen(address, specs));
        Thread server = new Thread(() -> {
            try {
                emulator.serve();
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        });
        server.setDaemon(true);
        server.start();
        return emulator;
    }

    private Scanner connect(Emulator emulator) throws ScannerException {
        return closing(Scanners.open(emulator.address()));
    }

    /** All samples of a run. */
    private static final class Kept implements ReadoutSink {
        private final List<float[]> readouts = new ArrayList<>();

        @Override
        public void readout(int adcIndex, int channels, int samples, float[] real, float[] imaginary) {
            assertThat(adcIndex).isEqualTo(readouts.size() / 2);
            readouts.add(real.clone());
            readouts.add(imaginary.clone());
        }

        /** Of the differences, over that of the other's samples. */
        double rootMeanSquareAgainst(Kept other) {
            assertThat(readouts).hasSameSizeAs(other.readouts);
            double error = 0;
            double power = 0;
            for (int r = 0; r < readouts.size(); r++) {
                for (int s = 0; s < readouts.get(r).length; s++) {
                    error += Math.pow(readouts.get(r)[s] - other.readouts.get(r)[s], 2);
                    power += Math.pow(other.readouts.get(r)[s], 2);
                }
            }
            return Math.sqrt(error / power);
        }
    }

    private static Kept onTheVirtualScanner(EventTable table, String options) throws Exception {
        Kept kept = new Kept();
        try (Scanner scanner = Scanners.open(URI.create("virtual:osi2one?" + options))) {
            assertThat(scanner.run(table, kept)).isEqualTo(RunOutcome.COMPLETED);
        }
        return kept;
    }

    @ParameterizedTest
    @CsvSource({
        "gre2d, phantom=bottle&imperfections=none",
        "fid, phantom=bottle&imperfections=none&receive.noise=0.1&seed=7"
    })
    void overTcpTheSamplesAreThoseOfTheVirtualScanner(String sequence, String options) throws Exception {
        EventTable table = sequence.equals("fid") ? LibraryTables.table("fid", "averages", 1, "osi2one") : SMALL;
        Scanner scanner = connect(tcp(options));
        Kept kept = new Kept();
        assertThat(scanner.run(table, kept)).isEqualTo(RunOutcome.COMPLETED);
        assertThat(kept.rootMeanSquareAgainst(onTheVirtualScanner(table, options)))
                .isLessThan(2e-3);
    }

    /** The frequency of an image off the middle, and the phase of RF spoiling. */
    @Test
    void whatADeviceDoesNotDemodulateTheHostDoes() throws Exception {
        EventTable table = LibraryTables.table(
                "gre2d",
                Map.of("matrix", 16.0, "matrixPhase", 2.0, "slices", 1.0, "dummies", 0.0, "offsetX", 0.02),
                "osi2one");
        String options = "phantom=bottle&imperfections=none";
        Kept raw = new Kept();
        Scanner scanner = connect(tcp(options + "&demodulation=host"));
        assertThat(scanner.run(table, raw)).isEqualTo(RunOutcome.COMPLETED);
        assertThat(raw.rootMeanSquareAgainst(onTheVirtualScanner(table, options)))
                .isLessThan(2e-3);
    }

    @Test
    void overASerialLineTheSamplesAreThoseOfTheVirtualScanner() throws Exception {
        Assumptions.assumeTrue(Peer.isInstalled("socat"), "skipped: socat is not installed");
        String options = "phantom=bottle&imperfections=none&seed=3";
        Path near = folder.resolve("near");
        Path far = folder.resolve("far");
        closing(cable(near, far));
        serve(URI.create("stream+serial:" + far + "?profile=osi2one&deadman=5000&" + options));
        Scanner scanner = closing(Scanners.open(URI.create("stream+serial:" + near)));
        Kept kept = new Kept();
        assertThat(scanner.run(SMALL, kept)).isEqualTo(RunOutcome.COMPLETED);
        assertThat(kept.rootMeanSquareAgainst(onTheVirtualScanner(SMALL, options)))
                .isLessThan(2e-3);
    }

    /** Two serial ports with a line between them. */
    private static AutoCloseable cable(Path near, Path far) throws IOException {
        Process socat = new ProcessBuilder("socat", "PTY,rawer,link=" + near, "PTY,rawer,link=" + far).start();
        while (!Files.exists(near) || !Files.exists(far)) {
            assertThat(socat.isAlive()).isTrue();
        }
        return socat::destroy;
    }

    @Test
    void oneScanFollowsAnother() throws Exception {
        EventTable table = LibraryTables.lines(16);
        Scanner scanner = connect(tcp("load=null"));
        for (int i = 0; i < 3; i++) {
            Kept kept = new Kept();
            assertThat(scanner.run(table, kept)).isEqualTo(RunOutcome.COMPLETED);
            assertThat(kept.readouts).hasSize(2 * table.adcWindows());
        }
    }

    @Test
    void anAbortStopsTheDeviceAndTheNextScanRuns() throws Exception {
        EventTable table = LibraryTables.lines(64);
        Emulator emulator = tcp("load=null&pace=real");
        Scanner scanner = connect(emulator);
        int[] readouts = new int[1];
        RunOutcome outcome = scanner.run(table, (index, channels, samples, re, im) -> {
            if (++readouts[0] == 3) {
                new Thread(scanner::abort).start();
            }
        });
        assertThat(outcome).isEqualTo(RunOutcome.ABORTED);
        assertThat(readouts[0]).isBetween(3, table.adcWindows() - 1);
        assertThat(emulator.outputs()).isEqualTo(OutputState.SAFE);
        Kept kept = new Kept();
        EventTable few = LibraryTables.lines(2);
        assertThat(scanner.run(few, kept)).isEqualTo(RunOutcome.COMPLETED);
    }

    @Test
    void aSinkThatCannotKeepAReadoutStopsTheDevice() throws Exception {
        EventTable table = LibraryTables.lines(64);
        Emulator emulator = tcp("load=null&pace=real");
        Scanner scanner = connect(emulator);
        assertThatThrownBy(() -> scanner.run(table, (index, channels, samples, re, im) -> {
                    throw new IOException("the disk is full");
                }))
                .isInstanceOf(IOException.class)
                .hasMessage("the disk is full");
        assertThat(emulator.outputs()).isEqualTo(OutputState.SAFE);
        assertThat(scanner.run(LibraryTables.lines(2), new Kept())).isEqualTo(RunOutcome.COMPLETED);
    }

    @Test
    void aCutLinkKeepsTheReadoutsBeforeItAndFetchesThoseThatTheDeviceHas() throws Exception {
        EventTable table = LibraryTables.lines(16);
        Emulator emulator = tcp("load=null", "cut@readout=9");
        Scanner scanner = connect(emulator);
        Kept kept = new Kept();
        assertThatThrownBy(() -> scanner.run(table, kept))
                .asInstanceOf(type(ScannerException.class))
                .satisfies(e -> assertThat(e.kind()).isEqualTo(Kind.LINK_LOST))
                .satisfies(e -> assertThat(e).hasMessageContaining("all that it had measured was fetched"));
        assertThat(kept.readouts.size()).isGreaterThanOrEqualTo(2 * 9);
        assertThat(emulator.outputs()).isEqualTo(OutputState.SAFE);
    }

    @Test
    void aResetIsAFaultOfTheDevice() throws Exception {
        Emulator emulator = tcp("load=null", "reset@readout=9");
        Scanner scanner = connect(emulator);
        Kept kept = new Kept();
        assertThatThrownBy(() -> scanner.run(LibraryTables.lines(16), kept))
                .asInstanceOf(type(ScannerException.class))
                .satisfies(e -> assertThat(e.kind()).isEqualTo(Kind.DEVICE_FAULT));
        assertThat(emulator.outputs()).isEqualTo(OutputState.SAFE);
        assertThat(scanner.run(LibraryTables.lines(2), new Kept())).isEqualTo(RunOutcome.COMPLETED);
    }

    @Test
    void aLinkThatFallsSilentLosesNoReadout() throws Exception {
        EventTable table = LibraryTables.lines(16);
        Emulator emulator = tcp("load=null&deadman=2000", "silence@readout=9");
        Scanner scanner = connect(emulator);
        Kept kept = new Kept();
        assertThatThrownBy(() -> scanner.run(table, kept))
                .asInstanceOf(type(ScannerException.class))
                .satisfies(e -> assertThat(e.kind()).isEqualTo(Kind.TIMEOUT))
                .satisfies(e -> assertThat(e).hasMessageContaining("all that it had measured was fetched"));
        assertThat(kept.readouts.size()).isGreaterThanOrEqualTo(2 * 9);
        assertThat(emulator.outputs()).isEqualTo(OutputState.SAFE);
        assertThat(scanner.run(LibraryTables.lines(2), new Kept())).isEqualTo(RunOutcome.COMPLETED);
    }

    @Test
    void anInterlockStopsTheScanAndWaitsForAPerson() throws Exception {
        Emulator emulator = tcp("load=null", "interlock:door@readout=5");
        Scanner scanner = connect(emulator);
        EventTable table = LibraryTables.lines(16);
        assertThatThrownBy(() -> scanner.run(table, new Kept()))
                .asInstanceOf(type(ScannerException.class))
                .satisfies(e -> assertThat(e.kind()).isEqualTo(Kind.INTERLOCK))
                .satisfies(e -> assertThat(e).hasMessageContaining("door"));
        assertThat(emulator.outputs()).isEqualTo(OutputState.SAFE);
        assertThat(scanner.interlocks()).extracting(Interlock::kind).containsExactly(Interlock.Kind.DOOR);
        assertThatThrownBy(() -> scanner.run(table, new Kept())).hasMessageContaining("interlock");

        scanner.acknowledge(scanner.interlocks().get(0));
        assertThat(scanner.interlocks()).isEmpty();
        assertThat(scanner.run(table, new Kept())).isEqualTo(RunOutcome.COMPLETED);
    }

    @Test
    void damagedBytesBothWaysCostNoReadout() throws Exception {
        String[] faults = new String[20];
        for (int i = 0; i < faults.length; i++) {
            faults[i] = "corrupt@byte=" + (500 + 777 * i);
        }
        Scanner scanner = connect(tcp("load=null", faults));
        EventTable table = LibraryTables.lines(16);
        Kept kept = new Kept();
        assertThat(scanner.run(table, kept)).isEqualTo(RunOutcome.COMPLETED);
        assertThat(kept.readouts).hasSize(2 * table.adcWindows());
    }

    @Test
    void aDeviceInUseSaysSo() throws Exception {
        Emulator emulator = tcp("load=null");
        connect(emulator);
        assertThatThrownBy(() -> connect(emulator))
                .asInstanceOf(type(ScannerException.class))
                .satisfies(e -> assertThat(e.kind()).isEqualTo(Kind.REFUSED))
                .satisfies(e -> assertThat(e).hasMessageContaining("in use by another host"));
    }

    @Test
    void nobodyAtTheAddressIsALostLink() {
        assertThatThrownBy(() -> Scanners.open(URI.create("stream+tcp://127.0.0.1:1")))
                .asInstanceOf(type(ScannerException.class))
                .satisfies(e -> assertThat(e.kind()).isEqualTo(Kind.LINK_LOST));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "stream+tcp://127.0.0.1",
                "stream+tcp://127.0.0.1:9?colour=red",
                "stream+tcp://127.0.0.1:9?profile=none",
                "stream+tcp://127.0.0.1:9?profile=osi2one&profile=osi2one",
                "stream+serial:?baud=9600",
                "stream+serial:/dev/ttyACM0?baud=fast"
            })
    void anAddressThatCannotBeIsRefused(String address) {
        assertThatThrownBy(() -> Scanners.open(URI.create(address)))
                .asInstanceOf(type(ScannerException.class))
                .satisfies(e -> assertThat(e.kind()).isEqualTo(Kind.REFUSED));
    }

    @Test
    void theSelfTestPassesOnASoundDevice() throws Exception {
        Scanner scanner = connect(tcp("load=null"));
        assertThat(scanner.selfTest()).extracting(SelfTestResult::name).contains("answer time", "state", "interlocks");
        assertThat(scanner.selfTest())
                .filteredOn(result -> !result.name().equals("answer time"))
                .extracting(SelfTestResult::outcome)
                .containsOnly(SelfTestResult.Outcome.PASS);
    }

    @Test
    void anAbortFromAnotherThreadBeforeTheFirstReadoutEndsTheRun() throws Exception {
        Emulator emulator = tcp("load=null&pace=real");
        Scanner scanner = connect(emulator);
        CountDownLatch over = new CountDownLatch(1);
        Thread stopper = new Thread(() -> {
            while (over.getCount() > 0) {
                scanner.abort();
                Thread.onSpinWait();
            }
        });
        stopper.start();
        RunOutcome outcome = scanner.run(LibraryTables.lines(64), new Kept());
        over.countDown();
        stopper.join(TimeUnit.SECONDS.toMillis(10));
        assertThat(outcome).isEqualTo(RunOutcome.ABORTED);
        assertThat(emulator.outputs()).isEqualTo(OutputState.SAFE);
    }
}
