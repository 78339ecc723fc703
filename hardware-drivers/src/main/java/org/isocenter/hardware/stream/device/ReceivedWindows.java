package org.isocenter.hardware.stream.device;

import java.util.Arrays;
import org.isocenter.sequence.compile.EventChannel;
import org.isocenter.sequence.compile.EventChunk;

/**
 * What the device remembers of a table's ADC windows until their readouts are sent: of a table that is streamed only those that are on
 * their way, however long it is. Any thread.
 */
final class ReceivedWindows {
    private static final int ADC = EventChannel.ADC.ordinal();

    /** Windows that came, and those at their beginning whose readouts are sent; the arrays begin at window {@code base}. */
    private int count;

    private int sent;
    private int base;
    private long[] startTick = new long[64];
    private int[] dwellTicks = new int[64];
    private double[] frequencyHertz = new double[64];
    private double[] phaseRadians = new double[64];

    /** Those of the next stretch. */
    synchronized void add(EventChunk chunk) {
        for (int i = 0; i < chunk.events(); i++) {
            if (chunk.channel()[i] == ADC) {
                int row = (int) chunk.value()[i];
                makeRoom();
                int at = count - base;
                startTick[at] = chunk.tick()[i];
                dwellTicks[at] = chunk.adcDwellTicks()[row];
                frequencyHertz[at] = chunk.adcFrequencyHertz()[row];
                phaseRadians[at] = chunk.adcPhaseRadians()[row];
                count++;
            }
        }
    }

    /** Drops the windows that are sent; at least half of the arrays is free then. */
    private void makeRoom() {
        int held = count - base;
        if (held < startTick.length) {
            return;
        }
        int from = sent - base;
        int to = from + Math.max(held, 2 * (count - sent));
        base = sent;
        startTick = Arrays.copyOfRange(startTick, from, to);
        dwellTicks = Arrays.copyOfRange(dwellTicks, from, to);
        frequencyHertz = Arrays.copyOfRange(frequencyHertz, from, to);
        phaseRadians = Arrays.copyOfRange(phaseRadians, from, to);
    }

    synchronized int count() {
        return count;
    }

    /** How many can be kept before there has to be more room. */
    synchronized int room() {
        return startTick.length;
    }

    synchronized long startTick(int index) {
        return startTick[index - base];
    }

    /** How far sample {@code s} of a window is turned by its demodulation. */
    synchronized double radians(int index, int s, double clockHertz) {
        int at = index - base;
        return phaseRadians[at] + 2 * Math.PI * frequencyHertz[at] * (s + 0.5) * dwellTicks[at] / clockHertz;
    }

    /** Nobody asks again for this window or one before it. */
    synchronized void sent(int index) {
        sent = Math.max(sent, index + 1);
    }
}
