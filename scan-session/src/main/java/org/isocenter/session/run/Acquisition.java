package org.isocenter.session.run;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import org.isocenter.hardware.ReadoutSink;
import org.isocenter.model.Readout;
import org.isocenter.model.ReadoutHeader;
import org.isocenter.session.journal.Journal;

/** Gives each ADC window that comes in its header and hands it to the journal. The scanner's thread only. */
final class Acquisition implements ReadoutSink {
    private final List<ReadoutHeader> planned;
    private final Journal journal;
    private final Watchdog watchdog;
    private int next;

    Acquisition(List<ReadoutHeader> planned, Journal journal, Watchdog watchdog) {
        this.planned = planned;
        this.journal = journal;
        this.watchdog = watchdog;
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
                header.withChannels(channels), Arrays.copyOf(real, count), Arrays.copyOf(imaginary, count)));
        next = adcIndex + 1;
        watchdog.readout(adcIndex);
    }
}
