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
        "stream+tcp, fifo-full@readout=5,      DEVICE_FAULT, 5",
        "stream+tcp, fifo-full@readout=15,     DEVICE_FAULT, 15",
        "stream+tcp, overrun@readout=1,        DEVICE_FAULT, 1",
        "stream+tcp, interlock:door@readout=9, INTERLOCK,    9",
        "stream+tcp, cut@readout=7,            LINK_LOST,    7",
        "marcos,     fifo-full@readout=5,      DEVICE_FAULT, 5",
        "marcos,     overrun@readout=9,        DEVICE_FAULT, 9",
        "marcos,     reset@readout=3,          LINK_LOST,    3",
        "marcos,     cut@readout=7,            LINK_LOST,    7",
    })
    void readoutsBeforeTheFaultAreOnDiskAndTheDeviceIsSafe(
            String link, String fault, ScannerException.Kind kind, int before) throws Exception {
        String options = link.equals("marcos") ? "" : "&deadman=2000";
        URI listen = URI.create(link + "://127.0.0.1:0?load=null&profile=osi2one" + options);
        Path out = home.resolve("out");
        try (Emulator emulator = Emulators.listen(listen, List.of(FaultSpec.parse(fault)));
                Archive archive = Archive.open(home.resolve("archive"));
                ScanSession session = new ScanSession(archive)) {
            serve(emulator);
            // A MaRCoS console is given a run for each repetition, where these leave a pause.
            Protocol protocol = Protocol.defaults("Readouts", "readouts", new TestSequence().parameters(null))
                    .with("TR", 20e-3);
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
