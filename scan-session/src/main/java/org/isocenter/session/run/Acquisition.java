package org.isocenter.session.run;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import org.isocenter.hardware.ReadoutSink;
import org.isocenter.model.Readout;
import org.isocenter.model.ReadoutHeader;
import org.isocenter.sequence.trajectory.ReadoutTrajectories;
import org.isocenter.session.journal.Journal;

/** Gives each ADC window that comes in its header and trajectory and hands it to the journal. The scanner's thread only. */
final class Acquisition implements ReadoutSink {
    /** How a device gets on between readouts. */
    interface ProgressListener {
        void preparing(double share);

        void played(double seconds);
    }

    private final List<ReadoutHeader> planned;
    private final ReadoutTrajectories trajectories;
    private final Journal journal;
    private final Watchdog watchdog;
    private final ProgressListener progress;
    private int next;

    /** @param progress is told how the device gets on; readouts go to the journal only */
    Acquisition(
            List<ReadoutHeader> planned,
            ReadoutTrajectories trajectories,
            Journal journal,
            Watchdog watchdog,
            ProgressListener progress) {
        this.planned = planned;
        this.trajectories = trajectories;
        this.journal = journal;
        this.watchdog = watchdog;
        this.progress = progress;
    }

    @Override
    public void readout(int adcIndex, int channels, int samples, float[] real, float[] imaginary) throws IOException {
        if (adcIndex < next || adcIndex >= planned.size()) {
            throw new IOException("the scanner sent readout " + adcIndex + " where " + next + " of " + planned.size()
                    + " was due: update its firmware or driver");
        }
        ReadoutHeader header = planned.get(adcIndex);
        if (header.samples() != samples) {
            throw new IOException("the scanner sent " + samples + " samples in readout " + adcIndex + " which has "
                    + header.samples() + ": update its firmware or driver");
        }
        int count = channels * samples;
        journal.append(new Readout(
                header.withChannels(channels),
                Arrays.copyOf(real, count),
                Arrays.copyOf(imaginary, count),
                trajectories.dimensions(adcIndex),
                trajectories.perMeter(adcIndex)));
        next = adcIndex + 1;
        watchdog.readout(adcIndex);
    }

    @Override
    public void preparing(double share) {
        watchdog.alive();
        progress.preparing(share);
    }

    @Override
    public void played(double seconds) {
        watchdog.alive();
        progress.played(seconds);
    }
}
