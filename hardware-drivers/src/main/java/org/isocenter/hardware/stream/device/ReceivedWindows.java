package org.isocenter.hardware.stream.device;

import java.util.Arrays;
import org.isocenter.sequence.compile.EventChannel;
import org.isocenter.sequence.compile.EventChunk;

/** What the device remembers of a table's ADC windows until their readouts are sent. Any thread. */
final class ReceivedWindows {
    private static final int ADC = EventChannel.ADC.ordinal();

    private int count;
    private long[] startTick = new long[64];
    private int[] dwellTicks = new int[64];
    private double[] frequencyHertz = new double[64];
    private double[] phaseRadians = new double[64];

    /** Those of the next stretch. */
    synchronized void add(EventChunk chunk) {
        for (int i = 0; i < chunk.events(); i++) {
            if (chunk.channel()[i] == ADC) {
                int row = (int) chunk.value()[i];
                grow();
                startTick[count] = chunk.tick()[i];
                dwellTicks[count] = chunk.adcDwellTicks()[row];
                frequencyHertz[count] = chunk.adcFrequencyHertz()[row];
                phaseRadians[count] = chunk.adcPhaseRadians()[row];
                count++;
            }
        }
    }

    private void grow() {
        if (count == startTick.length) {
            startTick = Arrays.copyOf(startTick, 2 * count);
            dwellTicks = Arrays.copyOf(dwellTicks, 2 * count);
            frequencyHertz = Arrays.copyOf(frequencyHertz, 2 * count);
            phaseRadians = Arrays.copyOf(phaseRadians, 2 * count);
        }
    }

    synchronized int count() {
        return count;
    }

    synchronized long startTick(int index) {
        return startTick[index];
    }

    /** How far sample {@code s} of a window is turned by its demodulation. */
    synchronized double radians(int index, int s, double clockHertz) {
        return phaseRadians[index] + 2 * Math.PI * frequencyHertz[index] * (s + 0.5) * dwellTicks[index] / clockHertz;
    }
}
