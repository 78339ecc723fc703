package org.isocenter.hardware.marcos.server;

import java.io.IOException;
import org.isocenter.hardware.emulate.Playback;

/**
 * Runs that are simulated as one, and their samples as counts of the receivers. Both receivers hear the signal when they receive
 * at the same times; otherwise only one of them does, the first if it is used, and the other is silent. One thread.
 */
final class PhantomScan {
    private final AnnouncedRuns runs;
    private final ConsoleUnits units;
    private final int heard;
    private final boolean alike;
    private final PhantomFeed feed;

    PhantomScan(AnnouncedRuns runs, Playback playback) {
        this.runs = runs;
        units = runs.units();
        heard = runs.windows(0).size() > 0 ? 0 : 1;
        alike = runs.windows(0).sameAs(runs.windows(1));
        feed = new PhantomFeed(playback, new DecodedEvents(runs, heard));
    }

    int runs() {
        return runs.runs();
    }

    Program program(int run) {
        return runs.program(run);
    }

    PhantomFeed feed() {
        return feed;
    }

    /** Whether the samples of a run, the next in order, are still being computed: {@link SignalSource#computing}. */
    long computing(int run, int millis) throws IOException {
        WindowList windows = runs.windows(heard);
        int readouts = 0;
        int to = runs.firstWindow(heard, run + 1);
        for (int window = runs.firstWindow(heard, run); window < to; window++) {
            readouts += windows.silent(window) ? 0 : 1;
        }
        return feed.computing(readouts, millis);
    }

    /** The samples of a run, the next in order; waits for them. */
    SampleQueue[] samples(int run, ClientLink link) throws IOException {
        SampleQueue[] samples = {new SampleQueue(), new SampleQueue()};
        WindowList windows = runs.windows(heard);
        int to = runs.firstWindow(heard, run + 1);
        for (int window = runs.firstWindow(heard, run); window < to; window++) {
            int count = windows.samples(window);
            if (windows.silent(window)) {
                samples[heard].add(0, 0, count);
                samples[1 - heard].add(0, 0, alike ? count : 0);
                continue;
            }
            PhantomFeed.Readout readout = feed.take(link);
            for (int receiver = 0; receiver < samples.length; receiver++) {
                if (alike || receiver == heard) {
                    int channel = Math.min(receiver, readout.channels() - 1);
                    convert(readout, channel, windows.decimation(window), samples[receiver]);
                }
            }
        }
        if (!alike) {
            WindowList others = runs.windows(1 - heard);
            int end = runs.firstWindow(1 - heard, run + 1);
            for (int window = runs.firstWindow(1 - heard, run); window < end; window++) {
                samples[1 - heard].add(0, 0, others.samples(window));
            }
        }
        return samples;
    }

    private void convert(PhantomFeed.Readout readout, int channel, int decimation, SampleQueue into) {
        double counts = units.countsPerUnit(decimation);
        double sign = units.conjugate() ? -counts : counts;
        int from = channel * readout.samples();
        for (int s = from; s < from + readout.samples(); s++) {
            // A conversion to int keeps to its range, as the receiver does.
            into.add((int) Math.rint(readout.real()[s] * counts), (int) Math.rint(readout.imaginary()[s] * sign), 1);
        }
    }
}
