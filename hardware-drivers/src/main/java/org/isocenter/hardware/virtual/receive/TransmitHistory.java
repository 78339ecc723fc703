package org.isocenter.hardware.virtual.receive;

import java.util.Iterator;
import org.isocenter.sequence.compile.EventChannel;
import org.isocenter.sequence.compile.EventChunk;
import org.isocenter.sequence.compile.TimedEvents;

/**
 * Reads a table's transmission alongside the receiver: when it ended before a window, and how strongly the coil still rang
 * then. The coil, tuned to the carrier, follows the transmitter with its time constant. One thread.
 */
final class TransmitHistory {
    private static final EventChannel[] CHANNELS = EventChannel.values();

    private final Iterator<EventChunk> chunks;
    private final double secondsPerTick;
    private final double ringSeconds;
    private EventChunk chunk;
    private int next;

    private long now;
    private double txHertz;
    private double txRadians;
    private boolean gate;
    private double ringRe;
    private double ringIm;
    private long endTick = Long.MIN_VALUE;

    /** @param ringSeconds time constant of the coil; 0 for one that does not ring */
    TransmitHistory(TimedEvents table, double ringSeconds) {
        chunks = table.chunks();
        secondsPerTick = 1 / table.clockHertz();
        this.ringSeconds = ringSeconds;
    }

    /** Goes on to where this window opens; windows are asked for in order. */
    void advanceTo(int adcIndex) {
        while (true) {
            while (chunk == null || next == chunk.events()) {
                if (!chunks.hasNext()) {
                    throw new IllegalStateException("the table has no window " + adcIndex);
                }
                chunk = chunks.next();
                next = 0;
            }
            hold(chunk.tick()[next]);
            float value = chunk.value()[next];
            EventChannel channel = CHANNELS[chunk.channel()[next]];
            next++;
            switch (channel) {
                case TX_AMPLITUDE -> txHertz = value;
                case TX_PHASE -> txRadians = value;
                case TX_GATE -> gate = value != 0;
                case ADC -> {
                    if (chunk.adcIndex()[(int) value] == adcIndex) {
                        return;
                    }
                }
                default -> {}
            }
        }
    }

    private void hold(long tick) {
        if (gate && txHertz != 0) {
            endTick = tick;
        }
        if (tick == now) {
            return;
        }
        if (ringSeconds > 0) {
            double drive = gate ? txHertz : 0;
            double kept = Math.exp(-(tick - now) * secondsPerTick / ringSeconds);
            ringRe = kept * ringRe + (1 - kept) * drive * Math.cos(txRadians);
            ringIm = kept * ringIm + (1 - kept) * drive * Math.sin(txRadians);
        }
        now = tick;
    }

    /** When transmission ended last; minus infinity before the first. */
    double endSeconds() {
        return endTick == Long.MIN_VALUE ? Double.NEGATIVE_INFINITY : endTick * secondsPerTick;
    }

    /** Where the table has been read to. */
    double nowSeconds() {
        return now * secondsPerTick;
    }

    /** What rings in the coil now, in Hz of the transmitter that it once followed. */
    double ringRe() {
        return ringRe;
    }

    double ringIm() {
        return ringIm;
    }
}
