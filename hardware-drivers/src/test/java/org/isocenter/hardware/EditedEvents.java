package org.isocenter.hardware;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import org.isocenter.sequence.compile.EventChannel;
import org.isocenter.sequence.compile.EventChunk;
import org.isocenter.sequence.compile.TimedEvents;

/** The events of a table, to be spoilt. */
final class EditedEvents implements TimedEvents {
    final List<EventChunk> chunks = new ArrayList<>();
    private final TimedEvents origin;

    EditedEvents(TimedEvents origin) {
        this.origin = origin;
        origin.chunks().forEachRemaining(chunk -> chunks.add(copy(chunk)));
    }

    /** The same in one chunk. */
    EditedEvents joined() {
        EventChunk whole = chunks.get(0);
        for (EventChunk next : chunks.subList(1, chunks.size())) {
            whole = join(whole, next);
        }
        chunks.clear();
        chunks.add(whole);
        return this;
    }

    private static EventChunk join(EventChunk a, EventChunk b) {
        int events = a.events() + b.events();
        int windows = a.windows() + b.windows();
        EventChunk both = new EventChunk(
                a.startTick(),
                b.endTick(),
                events,
                Arrays.copyOf(a.tick(), events),
                Arrays.copyOf(a.channel(), events),
                Arrays.copyOf(a.value(), events),
                windows,
                Arrays.copyOf(a.adcIndex(), windows),
                Arrays.copyOf(a.adcSamples(), windows),
                Arrays.copyOf(a.adcDwellTicks(), windows),
                Arrays.copyOf(a.adcFrequencyHertz(), windows),
                Arrays.copyOf(a.adcPhaseRadians(), windows),
                Arrays.copyOf(a.adcPhaseShapeRadians(), windows));
        System.arraycopy(b.tick(), 0, both.tick(), a.events(), b.events());
        System.arraycopy(b.channel(), 0, both.channel(), a.events(), b.events());
        System.arraycopy(b.value(), 0, both.value(), a.events(), b.events());
        for (int i = a.events(); i < events; i++) {
            if (both.channel()[i] == EventChannel.ADC.ordinal()) {
                both.value()[i] += a.windows();
            }
        }
        System.arraycopy(b.adcIndex(), 0, both.adcIndex(), a.windows(), b.windows());
        System.arraycopy(b.adcSamples(), 0, both.adcSamples(), a.windows(), b.windows());
        System.arraycopy(b.adcDwellTicks(), 0, both.adcDwellTicks(), a.windows(), b.windows());
        System.arraycopy(b.adcFrequencyHertz(), 0, both.adcFrequencyHertz(), a.windows(), b.windows());
        System.arraycopy(b.adcPhaseRadians(), 0, both.adcPhaseRadians(), a.windows(), b.windows());
        System.arraycopy(b.adcPhaseShapeRadians(), 0, both.adcPhaseShapeRadians(), a.windows(), b.windows());
        return both;
    }

    private static EventChunk copy(EventChunk c) {
        return new EventChunk(
                c.startTick(),
                c.endTick(),
                c.events(),
                c.tick().clone(),
                c.channel().clone(),
                c.value().clone(),
                c.windows(),
                c.adcIndex().clone(),
                c.adcSamples().clone(),
                c.adcDwellTicks().clone(),
                c.adcFrequencyHertz().clone(),
                c.adcPhaseRadians().clone(),
                c.adcPhaseShapeRadians().clone());
    }

    /** Where the first event of this channel is that does something, from this event of the first chunk on. */
    int first(EventChannel channel, int from) {
        EventChunk chunk = chunks.get(0);
        for (int i = from; i < chunk.events(); i++) {
            if (chunk.channel()[i] == channel.ordinal() && (channel == EventChannel.ADC || chunk.value()[i] != 0)) {
                return i;
            }
        }
        throw new AssertionError("no " + channel);
    }

    void remove(int event) {
        EventChunk c = chunks.get(0);
        int after = c.events() - event - 1;
        System.arraycopy(c.tick(), event + 1, c.tick(), event, after);
        System.arraycopy(c.channel(), event + 1, c.channel(), event, after);
        System.arraycopy(c.value(), event + 1, c.value(), event, after);
        chunks.set(
                0,
                new EventChunk(
                        c.startTick(),
                        c.endTick(),
                        c.events() - 1,
                        c.tick(),
                        c.channel(),
                        c.value(),
                        c.windows(),
                        c.adcIndex(),
                        c.adcSamples(),
                        c.adcDwellTicks(),
                        c.adcFrequencyHertz(),
                        c.adcPhaseRadians(),
                        c.adcPhaseShapeRadians()));
    }

    @Override
    public double clockHertz() {
        return origin.clockHertz();
    }

    @Override
    public long durationTicks() {
        return origin.durationTicks();
    }

    @Override
    public int adcWindows() {
        return origin.adcWindows();
    }

    @Override
    public long adcSamples() {
        return origin.adcSamples();
    }

    @Override
    public int maxSamplesPerWindow() {
        return origin.maxSamplesPerWindow();
    }

    @Override
    public Iterator<EventChunk> chunks() {
        return chunks.iterator();
    }
}
