package org.isocenter.session.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.isocenter.hardware.ScannerException;
import org.isocenter.hardware.emulate.Emulator;
import org.isocenter.hardware.emulate.Emulators;
import org.isocenter.hardware.emulate.FaultSpec;
import org.isocenter.hardware.virtual.OutputState;
import org.isocenter.model.Protocol;
import org.isocenter.recon.mrd.MrdFile;
import org.isocenter.session.Examples;
import org.isocenter.session.archive.Archive;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a scan has measured before a fault is on disk, whatever the fault. */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
class FaultsOnDiskTest {
    @TempDir
    private Path home;

    @ParameterizedTest
    @CsvSource({
        "fifo-full@readout=5,      DEVICE_FAULT, 5",
        "fifo-full@readout=15,     DEVICE_FAULT, 15",
        "overrun@readout=1,        DEVICE_FAULT, 1",
        "interlock:door@readout=9, INTERLOCK,    9",
        "cut@readout=7,            LINK_LOST,    7",
    })
    void readoutsBeforeTheFaultAreOnDiskAndTheDeviceIsSafe(String fault, ScannerException.Kind kind, int before)
            throws Exception {
        URI listen = URI.create("stream+tcp://127.0.0.1:0?load=null&profile=osi2one&deadman=2000");
        Path out = home.resolve("out");
        try (Emulator emulator = Emulators.listen(listen, List.of(FaultSpec.parse(fault)));
                Archive archive = Archive.open(home.resolve("archive"));
                ScanSession session = new ScanSession(archive)) {
            serve(emulator);
            Protocol protocol = Protocol.defaults("Readouts", "readouts", new TestSequence().parameters(null));
            ScanRequest request =
                    new ScanRequest(Examples.study("1.2.3"), protocol, null, "Test images", 3, emulator.address(), out);
            ScanException error = catchThrowableOfType(ScanException.class, () -> session.scan(request));
            assertThat(error.kind()).isIn(ScanException.Kind.DEVICE, ScanException.Kind.INTERLOCK);
            assertThat(error)
                    .hasCauseInstanceOf(ScannerException.class)
                    .satisfies(e ->
                            assertThat(((ScannerException) e.getCause()).kind()).isEqualTo(kind));
            assertThat(emulator.outputs()).isEqualTo(OutputState.SAFE);
        }
        assertThat(MrdFile.read(out.resolve("raw.h5")).raw().size()).isGreaterThanOrEqualTo(before);
    }

    private static void serve(Emulator emulator) {
        Thread server = new Thread(() -> {
            try {
                emulator.serve();
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        });
        server.setDaemon(true);
        server.start();
    }
}
