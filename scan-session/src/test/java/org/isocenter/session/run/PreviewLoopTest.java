package org.isocenter.session.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.isocenter.hardware.ScannerProfile;
import org.isocenter.model.ImageVolume;
import org.isocenter.model.PatientPosition;
import org.isocenter.model.Protocol;
import org.isocenter.model.RawData;
import org.isocenter.model.Readout;
import org.isocenter.model.ReadoutHeader;
import org.isocenter.model.SystemLimits;
import org.isocenter.recon.Reconstruction;
import org.isocenter.recon.Watch;
import org.isocenter.recon.standard.StandardReconstruction;
import org.isocenter.sequence.SequencePlan;
import org.isocenter.sequence.trajectory.ReadoutTrajectories;
import org.isocenter.session.Examples;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class PreviewLoopTest {
    private final ExecutorService pool = Executors.newSingleThreadExecutor();
    private final PreparedScan scan = scan();
    private final RawData raw =
            new RawData(scan.header(), scan.plan().readouts().size());
    private final Latest<List<ImageVolume>> place = new Latest<>();
    private final List<Double> seconds = Collections.synchronizedList(new ArrayList<>());

    @AfterEach
    void endThread() throws Exception {
        pool.shutdown();
        assertThat(pool.awaitTermination(1, TimeUnit.MINUTES)).isTrue();
    }

    private static PreparedScan scan() {
        TestSequence sequence = new TestSequence();
        SystemLimits limits = ScannerProfile.builtIn("virtual").limits();
        SequencePlan plan = sequence.build(
                Protocol.defaults("Readouts", "readouts", sequence.parameters(limits)), limits, PatientPosition.HFS);
        return new PreparedScan(
                Examples.header("7", Examples.study("1.2.3"), 32, TestSequence.LINES),
                plan,
                ReadoutTrajectories.of(plan, PatientPosition.HFS),
                null,
                new byte[0],
                null);
    }

    /** Makes images of the scan, and rehearses until told to stop. */
    private final class Rehearsing implements Reconstruction {
        private final Reconstruction standard = new StandardReconstruction();
        private final CountDownLatch begun = new CountDownLatch(1);
        private final CountDownLatch givenUp = new CountDownLatch(1);

        @Override
        public String name() {
            return "rehearsing";
        }

        @Override
        public Result reconstruct(RawData data, Watch watch) {
            if (data == raw) {
                return standard.reconstruct(data, watch);
            }
            begun.countDown();
            while (!watch.isStopped()) {
                Thread.onSpinWait();
            }
            givenUp.countDown();
            throw new CancellationException("stopped");
        }
    }

    private PreviewLoop loop(Reconstruction reconstruction) {
        return new PreviewLoop(reconstruction, pool, raw, place, seconds::add);
    }

    @Test
    void aRehearsalMakesTheFirstPreviewOfReadoutsAsPlannedAndLeavesNoTrace() throws Exception {
        List<RawData> rehearsed = Collections.synchronizedList(new ArrayList<>());
        Reconstruction standard = new StandardReconstruction();
        List<ImageVolume> made = Collections.synchronizedList(new ArrayList<>());
        loop(new Reconstruction() {
                    @Override
                    public String name() {
                        return "recording";
                    }

                    @Override
                    public Result reconstruct(RawData data, Watch watch) {
                        rehearsed.add(data);
                        Result result = standard.reconstruct(data, watch);
                        made.addAll(result.volumes());
                        return result;
                    }
                })
                .rehearse(scan, 2);
        endThread();

        assertThat(made).isNotEmpty();
        assertThat(rehearsed.get(0).readout(0).header())
                .isEqualTo(scan.plan().readouts().get(0).withChannels(2));
        assertThat(rehearsed.get(0).isComplete()).isFalse();
        assertThat(place.take()).isNull();
        assertThat(seconds).isEmpty();
        assertThat(raw.size()).isZero();
    }

    @Test
    void theRehearsalIsGivenUpWhenTheFirstPreviewIsDue() throws Exception {
        Rehearsing reconstruction = new Rehearsing();
        PreviewLoop loop = loop(reconstruction);
        loop.rehearse(scan, 1);
        reconstruction.begun.await();
        raw.append(readout(0));
        loop.offer();
        reconstruction.givenUp.await();
        endThread();

        assertThat(place.take()).hasSize(1);
        assertThat(seconds).hasSize(1).allMatch(s -> s > 0);
    }

    @Test
    void theRehearsalIsGivenUpWhenTheScanStops() throws Exception {
        Rehearsing reconstruction = new Rehearsing();
        PreviewLoop loop = loop(reconstruction);
        loop.rehearse(scan, 1);
        reconstruction.begun.await();
        loop.stop();
        reconstruction.givenUp.await();
        endThread();

        assertThat(place.take()).isNull();
        assertThat(seconds).isEmpty();
    }

    private Readout readout(int index) {
        ReadoutHeader header = scan.plan().readouts().get(index);
        return new Readout(header, new float[header.samples()], new float[header.samples()]);
    }
}
