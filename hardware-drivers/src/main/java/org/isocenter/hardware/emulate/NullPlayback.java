package org.isocenter.hardware.emulate;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Iterator;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.isocenter.hardware.ReadoutSink;
import org.isocenter.hardware.RunOutcome;
import org.isocenter.hardware.ScannerException;
import org.isocenter.hardware.ScannerProfile;
import org.isocenter.hardware.virtual.OutputState;
import org.isocenter.model.SystemLimits;
import org.isocenter.sequence.compile.EventChannel;
import org.isocenter.sequence.compile.EventChunk;
import org.isocenter.sequence.compile.TimedEvents;

/** Simulates nothing: takes events as they come, by the clock on the wall with {@code pace=real}, and answers with zeros. */
final class NullPlayback implements Playback {
    private static final EventChannel[] CHANNELS = EventChannel.values();

    private static final Set<String> KNOWN = Set.of("load", "profile", "pace", "seed");

    private final SystemLimits limits;
    private final boolean realPace;
    private final float[] values = new float[CHANNELS.length];
    private volatile OutputState outputs = OutputState.SAFE;
    private boolean aborted;
    private float[] zeros = {};

    NullPlayback(ListenAddress address, Set<String> own) throws ScannerException {
        for (String key : address.options().keySet()) {
            if (!KNOWN.contains(key) && !own.contains(key)) {
                throw address.refused("with load=null there is nothing that '" + key + "' could be of: leave it out");
            }
        }
        realPace = "real".equals(address.option("pace"));
        limits = limits(address, address.options().getOrDefault("profile", "osi2one"));
    }

    private static SystemLimits limits(ListenAddress address, String profile) throws ScannerException {
        try {
            boolean file = profile.endsWith(".yaml") || profile.endsWith(".yml");
            return (file ? ScannerProfile.load(Path.of(profile)) : ScannerProfile.builtIn(profile)).limits();
        } catch (IllegalArgumentException | IOException e) {
            throw address.refused(e.getMessage());
        }
    }

    @Override
    public RunOutcome play(TimedEvents events, ReadoutSink sink) throws IOException {
        synchronized (this) {
            aborted = false;
        }
        Arrays.fill(values, 0);
        long begin = System.nanoTime();
        try {
            for (Iterator<EventChunk> chunks = events.chunks(); !aborted() && chunks.hasNext(); ) {
                EventChunk chunk = chunks.next();
                play(chunk, sink, begin, events.clockHertz());
                double seconds = chunk.endTick() / events.clockHertz();
                waitUntil(begin, seconds);
                sink.played(seconds);
            }
        } catch (UncheckedIOException e) {
            throw e.getCause();
        } finally {
            outputs = OutputState.SAFE;
        }
        return aborted() ? RunOutcome.ABORTED : RunOutcome.COMPLETED;
    }

    private void play(EventChunk chunk, ReadoutSink sink, long begin, double clockHertz) throws IOException {
        int adc = EventChannel.ADC.ordinal();
        for (int i = 0; i < chunk.events(); i++) {
            int channel = chunk.channel()[i];
            values[channel] = chunk.value()[i];
            if (channel == adc && !aborted()) {
                int row = (int) chunk.value()[i];
                outputs = now();
                long end = chunk.tick()[i] + (long) chunk.adcSamples()[row] * chunk.adcDwellTicks()[row];
                waitUntil(begin, end / clockHertz);
                deliver(chunk.adcIndex()[row], chunk.adcSamples()[row], sink);
            }
        }
        outputs = now();
    }

    /** At the pace of a real scan. */
    private synchronized void waitUntil(long begin, double seconds) {
        if (!realPace) {
            return;
        }
        long nanos = begin + (long) (seconds * 1e9);
        for (long left = nanos - System.nanoTime(); left > 0 && !aborted; left = nanos - System.nanoTime()) {
            try {
                TimeUnit.NANOSECONDS.timedWait(this, left);
            } catch (InterruptedException e) {
                aborted = true;
                Thread.currentThread().interrupt();
            }
        }
    }

    private synchronized boolean aborted() {
        return aborted;
    }

    private void deliver(int index, int samples, ReadoutSink sink) throws IOException {
        int channels = limits.receiveChannels();
        if (zeros.length < channels * samples) {
            zeros = new float[channels * samples];
        }
        sink.readout(index, channels, samples, zeros, zeros);
    }

    private OutputState now() {
        return new OutputState(
                values[EventChannel.TX_GATE.ordinal()] != 0,
                values[EventChannel.TX_AMPLITUDE.ordinal()],
                values[EventChannel.GX.ordinal()],
                values[EventChannel.GY.ordinal()],
                values[EventChannel.GZ.ordinal()]);
    }

    @Override
    public boolean needsTheWhole() {
        return false;
    }

    @Override
    public synchronized void abort() {
        aborted = true;
        notifyAll();
    }

    @Override
    public OutputState outputs() {
        return outputs;
    }

    @Override
    public SystemLimits limits() {
        return limits;
    }

    @Override
    public String description() {
        return "no simulation (" + limits.name() + ")";
    }

    @Override
    public void close() {
        abort();
    }
}
