package org.isocenter.sequence.compile;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/** A whole event table played into flat lists, for tests. */
final class Played {
    record Event(long tick, EventChannel channel, float value) {}

    record Window(long tick, int index, int samples, int dwellTicks, double frequencyHertz, double phaseRadians) {}

    final List<Event> events = new ArrayList<>();
    final List<Window> windows = new ArrayList<>();
    final List<EventChunk> chunks = new ArrayList<>();
    private final double clockHertz;

    Played(EventTable table) {
        clockHertz = table.clockHertz();
        for (Iterator<EventChunk> all = table.chunks(); all.hasNext(); ) {
            EventChunk chunk = all.next();
            chunks.add(chunk);
            for (int i = 0; i < chunk.events(); i++) {
                EventChannel channel = EventChannel.values()[chunk.channel()[i]];
                events.add(new Event(chunk.tick()[i], channel, chunk.value()[i]));
                if (channel == EventChannel.ADC) {
                    int w = (int) chunk.value()[i];
                    windows.add(new Window(
                            chunk.tick()[i],
                            chunk.adcIndex()[w],
                            chunk.adcSamples()[w],
                            chunk.adcDwellTicks()[w],
                            chunk.adcFrequencyHertz()[w],
                            chunk.adcPhaseRadians()[w]));
                }
            }
        }
    }

    /** Integral over time of a channel that holds its value. */
    double integral(EventChannel channel) {
        return integralUntil(channel, Long.MAX_VALUE);
    }

    double integralUntil(EventChannel channel, long endTick) {
        double sum = 0;
        float value = 0;
        long since = 0;
        for (Event event : events) {
            if (event.tick >= endTick) {
                break;
            }
            if (event.channel == channel) {
                sum += value * (double) (event.tick - since);
                value = event.value;
                since = event.tick;
            }
        }
        if (endTick != Long.MAX_VALUE) {
            sum += value * (double) (endTick - since);
        }
        return sum / clockHertz;
    }

    List<Event> of(EventChannel channel) {
        return events.stream().filter(e -> e.channel == channel).toList();
    }
}
