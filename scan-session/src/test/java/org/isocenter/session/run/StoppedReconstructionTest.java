package org.isocenter.session.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.function.BooleanSupplier;
import org.isocenter.model.Protocol;
import org.isocenter.model.RawData;
import org.isocenter.recon.Reconstruction;
import org.isocenter.recon.mrd.MrdFile;
import org.isocenter.session.Examples;
import org.isocenter.session.archive.Archive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class StoppedReconstructionTest {
    @TempDir
    Path home;

    /** Goes on until somebody stops it; makes no previews. */
    private static final class Endless implements Reconstruction {
        private final CountDownLatch begun = new CountDownLatch(1);

        @Override
        public String name() {
            return "endless";
        }

        @Override
        public Result reconstruct(RawData raw, BooleanSupplier stop) {
            if (raw.isComplete()) {
                begun.countDown();
                while (!stop.getAsBoolean()) {
                    Thread.onSpinWait();
                }
                throw new CancellationException("stopped");
            }
            return new Result(List.of(), List.of(), List.of(), List.of());
        }
    }

    @Test
    @Timeout(60)
    void stopWhileImagesAreMadeGivesThemUpAndKeepsTheRawData() throws Exception {
        Path out = home.resolve("out");
        Endless endless = new Endless();
        try (Archive archive = Archive.open(home.resolve("archive"));
                ScanSession session = new ScanSession(archive, endless)) {
            session.start(new ScanRequest(
                    Examples.study("1.2.3"),
                    Protocol.defaults("Readouts", "readouts", new TestSequence().parameters(null)),
                    null,
                    "Test images",
                    3,
                    URI.create("fake:complete"),
                    out));
            endless.begun.await();
            session.abort();
            ScanResult result = session.awaitEnd();

            assertThat(result.volumes()).isEmpty();
            assertThat(result.notes())
                    .contains("the reconstruction was stopped, there are no images: isocenter recon " + out
                            + " makes them");
            assertThat(MrdFile.read(out.resolve("raw.h5")).raw().size()).isEqualTo(TestSequence.LINES);
            assertThat(out.resolve("report.json")).exists();
        }
    }
}
