package org.isocenter.session.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import org.isocenter.model.Protocol;
import org.isocenter.model.RawData;
import org.isocenter.recon.Reconstruction;
import org.isocenter.recon.Watch;
import org.isocenter.recon.mrd.MrdFile;
import org.isocenter.session.Examples;
import org.isocenter.session.archive.Archive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class StoppedReconstructionTest {
    @TempDir
    Path home;

    /** Gets to two fifths, then goes on until somebody stops it; makes no previews. */
    private static final class Endless implements Reconstruction {
        @Override
        public String name() {
            return "endless";
        }

        @Override
        public Result reconstruct(RawData raw, Watch watch) {
            if (raw.isComplete()) {
                watch.done(0.4);
                while (!watch.isStopped()) {
                    Thread.onSpinWait();
                }
                throw new CancellationException("stopped");
            }
            return new Result(List.of(), List.of(), List.of(), List.of());
        }
    }

    @Test
    @Timeout(60)
    void itIsToldHowFarImagesAreAndStopGivesThemUpAndKeepsTheRawData() throws Exception {
        Path out = home.resolve("out");
        try (Archive archive = Archive.open(home.resolve("archive"));
                ScanSession session = new ScanSession(archive, new Endless())) {
            CompletableFuture<Double> share = new CompletableFuture<>();
            session.subscribe(event -> {
                if (event instanceof ScanEvent.Reconstructing now) {
                    share.complete(now.share());
                }
            });
            session.start(new ScanRequest(
                    Examples.study("1.2.3"),
                    Protocol.defaults("Readouts", "readouts", new TestSequence().parameters(null)),
                    null,
                    "Test images",
                    3,
                    URI.create("fake:complete"),
                    out));
            assertThat(share.join()).isEqualTo(0.4);
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
