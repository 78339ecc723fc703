package org.isocenter.hardware.emulate;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.isocenter.hardware.LibraryTables;
import org.isocenter.hardware.Scanner;
import org.isocenter.hardware.ScannerException;
import org.isocenter.hardware.Scanners;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What somebody reads at an emulator's terminal when a scan ends. */
@Timeout(120)
class ToldToPeopleTest {
    private static final String STREAM = "stream+tcp://127.0.0.1:0?profile=osi2one&phantom=bottle";
    private static final String MARCOS = "marcos://127.0.0.1:0?board=ocra1&profile=osi2one";
    private static final String SAFE = "RF off, gate closed, gradients at zero: ";

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                STREAM + "            |                       | no  | the table came to its end",
                STREAM + "&pace=real  |                       | yes | it was told to stop",
                STREAM + "&pace=real  | cut@readout=2           | no  | its connection was closed",
                STREAM + "&pace=real  | interlock:door@readout=2 | no  | an interlock has tripped",
                MARCOS + "&load=null  |                       | no  | halted after",
                MARCOS + "&load=null  |                       | yes | halted after",
                MARCOS + "&load=null  | cut@readout=2           | no  | the client left",
            })
    void howAScanEndsAndThatOutputsAreSafeIsOneLine(String address, String fault, String stops, String cause)
            throws Exception {
        List<FaultSpec> faults = fault == null ? List.of() : List.of(FaultSpec.parse(fault));
        BlockingQueue<String> lines = new LinkedBlockingQueue<>();
        try (Emulator emulator = Emulators.listen(URI.create(address), faults)) {
            emulator.tellTo(lines::add);
            Thread server = new Thread(() -> serve(emulator), "emulator under test");
            server.start();
            try (Scanner scanner = Scanners.open(emulator.address())) {
                scanner.run(LibraryTables.lines(4), (index, channels, samples, re, im) -> {
                    if (stops.equals("yes") && index == 2) {
                        scanner.abort();
                    }
                });
            } catch (ScannerException e) {
                assertThat(fault).as(e.getMessage()).isNotNull();
            }
            String line = lines.poll(60, TimeUnit.SECONDS);
            while (line != null && !line.startsWith(SAFE + cause)) {
                assertThat(line).doesNotContain(" ON ").doesNotContain("OPEN");
                line = lines.poll(60, TimeUnit.SECONDS);
            }
            assertThat(line)
                    .as("a line that says that outputs are safe, and why")
                    .isNotNull();
        }
    }

    private static void serve(Emulator emulator) {
        try {
            emulator.serve();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
