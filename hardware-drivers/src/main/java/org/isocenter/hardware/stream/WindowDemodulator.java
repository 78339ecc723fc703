package org.isocenter.hardware.stream;

import java.util.Iterator;
import org.isocenter.sequence.compile.EventChunk;
import org.isocenter.sequence.compile.TimedEvents;

/**
 * Turns samples by what the device leaves to the host: phases of single samples always, frequency and phase of the window when
 * the device demodulates with the carrier alone. Goes through the table by itself, so that nothing is kept for windows that are
 * on their way. One thread.
 */
final class WindowDemodulator {
    private final TimedEvents table;
    private final boolean wholly;
    private Iterator<EventChunk> chunks;
    private EventChunk chunk;
    private int row;

    /** @param wholly whether frequency and phase of windows are to be applied too */
    WindowDemodulator(TimedEvents table, boolean wholly) {
        this.table = table;
        this.wholly = wholly;
    }

    /**
     * Turns the samples of a window where they are. Windows come in rising order; some may be missing.
     *
     * @throws FrameFormatException when the table has no such window
     */
    void apply(ReadoutCollector.Window window) throws FrameFormatException {
        find(window);
        float[] shape = chunk.adcPhaseShapeRadians()[row];
        if (!wholly && shape == null) {
            return;
        }
        double perSample = wholly ? 2 * Math.PI * chunk.adcFrequencyHertz()[row] * dwellSeconds() : 0;
        double start = wholly ? chunk.adcPhaseRadians()[row] : 0;
        for (int s = 0; s < window.samples(); s++) {
            double radians = start + perSample * (s + 0.5) + (shape == null ? 0 : shape[s]);
            turn(window, s, Math.cos(radians), Math.sin(radians));
        }
    }

    private double dwellSeconds() {
        return chunk.adcDwellTicks()[row] / table.clockHertz();
    }

    private static void turn(ReadoutCollector.Window window, int sample, double cos, double sin) {
        float[] real = window.real();
        float[] imaginary = window.imaginary();
        for (int at = sample; at < real.length; at += window.samples()) {
            double re = real[at];
            double im = imaginary[at];
            real[at] = (float) (re * cos + im * sin);
            imaginary[at] = (float) (im * cos - re * sin);
        }
    }

    private void find(ReadoutCollector.Window window) throws FrameFormatException {
        if (chunks == null) {
            chunks = table.chunks();
        }
        while (chunk == null || !isHere(window.index())) {
            if (!chunks.hasNext()) {
                throw new FrameFormatException(
                        "the device sends window " + window.index() + ", which the table does not have");
            }
            chunk = chunks.next();
            row = 0;
        }
        if (chunk.adcSamples()[row] != window.samples()) {
            throw new FrameFormatException("the device sends " + window.samples() + " samples of window "
                    + window.index() + " where " + chunk.adcSamples()[row] + " were asked for");
        }
    }

    private boolean isHere(int index) {
        while (row < chunk.windows() && chunk.adcIndex()[row] < index) {
            row++;
        }
        return row < chunk.windows() && chunk.adcIndex()[row] == index;
    }
}
