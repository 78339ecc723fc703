package org.isocenter.hardware.emulate;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Iterator;
import org.isocenter.hardware.ReadoutSink;
import org.isocenter.hardware.RunOutcome;
import org.isocenter.hardware.ScannerException;
import org.isocenter.hardware.ScannerProfile;
import org.isocenter.hardware.virtual.OutputState;
import org.isocenter.model.SystemLimits;
import org.isocenter.sequence.compile.EventChannel;
import org.isocenter.sequence.compile.EventChunk;
import org.isocenter.sequence.compile.TimedEvents;

/** Simulates nothing: takes events as they come and answers each ADC window with zeros. */
final class NullPlayback implements Playback {
    private static final EventChannel[] CHANNELS = EventChannel.values();

    private final SystemLimits limits;
    private final float[] values = new float[CHANNELS.length];
    private volatile OutputState outputs = OutputState.SAFE;
    private volatile boolean aborted;
    private float[] zeros = {};

    NullPlayback(ListenAddress address) throws ScannerException {
        for (String key : address.options().keySet()) {
            if (!key.equals("load") && !key.equals("profile")) {
                throw address.refused("with load=null there is nothing that '" + key + "' could be of: leave it out");
            }
        }
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
        aborted = false;
        Arrays.fill(values, 0);
        try {
            for (Iterator<EventChunk> chunks = events.chunks(); !aborted && chunks.hasNext(); ) {
                play(chunks.next(), sink, events.clockHertz());
            }
        } catch (UncheckedIOException e) {
            throw e.getCause();
        } finally {
            outputs = OutputState.SAFE;
        }
        return aborted ? RunOutcome.ABORTED : RunOutcome.COMPLETED;
    }

    private void play(EventChunk chunk, ReadoutSink sink, double clockHertz) throws IOException {
        int adc = EventChannel.ADC.ordinal();
        for (int i = 0; i < chunk.events() && !aborted; i++) {
            int channel = chunk.channel()[i];
            values[channel] = chunk.value()[i];
            if (channel == adc) {
                int row = (int) chunk.value()[i];
                outputs = now();
                deliver(chunk.adcIndex()[row], chunk.adcSamples()[row], sink);
            }
        }
        outputs = now();
        sink.played(chunk.endTick() / clockHertz);
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
    public void abort() {
        aborted = true;
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
