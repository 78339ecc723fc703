package org.isocenter.hardware.marcos.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import org.isocenter.hardware.LibraryTables;
import org.isocenter.hardware.ReadoutSink;
import org.isocenter.hardware.RunOutcome;
import org.isocenter.hardware.emulate.Playback;
import org.isocenter.hardware.virtual.OutputState;
import org.isocenter.model.SystemLimits;
import org.isocenter.sequence.compile.TimedEvents;
import org.junit.jupiter.api.Test;

class PhantomFeedTest {
    private static final TimedEvents TABLE = LibraryTables.table("se2d", 4, "ideal");

    /** Gives three signs of life, waits, delivers a window, and waits again. */
    private static final class SlowPlayback implements Playback {
        private final CountDownLatch began = new CountDownLatch(1);
        private final CountDownLatch mayDeliver = new CountDownLatch(1);
        private final CountDownLatch mayEnd = new CountDownLatch(1);

        @Override
        public RunOutcome play(TimedEvents events, ReadoutSink sink) throws IOException {
            sink.preparing(0.5);
            sink.preparing(1);
            sink.played(0.1);
            began.countDown();
            try {
                mayDeliver.await();
                sink.readout(0, 1, 1, new float[1], new float[1]);
                mayEnd.await();
            } catch (InterruptedException e) {
                throw new IOException(e);
            }
            return RunOutcome.COMPLETED;
        }

        @Override
        public boolean needsTheWhole() {
            return true;
        }

        @Override
        public void abort() {}

        @Override
        public OutputState outputs() {
            return OutputState.SAFE;
        }

        @Override
        public SystemLimits limits() {
            throw new UnsupportedOperationException();
        }

        @Override
        public String description() {
            return "slow";
        }

        @Override
        public void close() {}
    }

    @Test
    void tellsHowASimulationGoesOnUntilTheWindowsOfARunAreThere() throws Exception {
        SlowPlayback playback = new SlowPlayback();
        PhantomFeed feed = new PhantomFeed(playback, TABLE);
        assertThat(feed.computing(1, 0)).as("before it begins").isEqualTo(1);
        Thread simulation = new Thread(feed);
        simulation.start();
        playback.began.await();
        assertThat(feed.computing(1, 0)).isEqualTo(4);
        assertThat(feed.computing(0, 0)).as("a run without windows").isZero();
        playback.mayDeliver.countDown();
        // Asks as a driver does; a simulation that hung would hang this.
        long told = feed.computing(1, 10);
        while (told != 0) {
            told = feed.computing(1, 10);
        }
        assertThat(feed.computing(2, 0)).isEqualTo(5);
        playback.mayEnd.countDown();
        simulation.join();
        assertThat(feed.computing(2, 0)).as("no more will come").isZero();
    }
}
