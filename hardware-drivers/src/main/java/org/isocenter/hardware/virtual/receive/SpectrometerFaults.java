package org.isocenter.hardware.virtual.receive;

import org.isocenter.hardware.FaultRates;
import org.isocenter.hardware.ScannerException;
import org.isocenter.hardware.virtual.receive.RandomStreams.Purpose;

/** Failures of the spectrometer's buffers: at random, or where they were asked for. One thread. */
public final class SpectrometerFaults {
    private final FaultRates rates;
    private final RandomStreams streams;
    private final String device;

    /** @param device as errors name it */
    public SpectrometerFaults(FaultRates rates, long seed, String device) {
        this.rates = rates;
        this.streams = new RandomStreams(seed);
        this.device = device;
    }

    /**
     * To be asked before a readout is delivered.
     *
     * @throws ScannerException of kind DEVICE_FAULT when a buffer has failed by then
     */
    public void throwIfFailed(int adcIndex) throws ScannerException {
        if (rates.fifoOverflowAt() == adcIndex
                || happens(Purpose.FIFO_OVERFLOW, adcIndex, rates.fifoOverflowsPerReadout())) {
            throw failed("the receive FIFO overflowed in readout " + adcIndex + " (counted from 0): its samples were"
                    + " lost and the scan was stopped; read at a lower sampling rate or check the link to the"
                    + " computer, then scan again");
        }
        if (rates.fifoUnderflowAt() == adcIndex
                || happens(Purpose.FIFO_UNDERFLOW, adcIndex, rates.fifoUnderflowsPerReadout())) {
            throw failed("the event FIFO ran empty before readout " + adcIndex + " (counted from 0): the outputs were"
                    + " made safe and the scan was stopped; check the link to the computer, then scan again");
        }
    }

    private ScannerException failed(String message) {
        return new ScannerException(ScannerException.Kind.DEVICE_FAULT, device, message);
    }

    private boolean happens(Purpose purpose, int adcIndex, double probability) {
        return probability > 0 && streams.of(purpose, adcIndex, 0).nextDouble() < probability;
    }

    /**
     * Drops a sample of a window when one is to be lost. The receiver counts what it takes from the FIFO, so those after it
     * move up by one, in all channels, and the last place keeps the FIFO's last word.
     */
    public void loseSamples(int adcIndex, int channels, int samples, float[] re, float[] im) {
        int lost = lostSample(adcIndex, samples);
        if (lost < 0 || samples < 2) {
            return;
        }
        for (int first = 0; first < channels * samples; first += samples) {
            moveUp(re, first + lost, first + samples - 1);
            moveUp(im, first + lost, first + samples - 1);
        }
    }

    private static void moveUp(float[] values, int lost, int last) {
        System.arraycopy(values, lost + 1, values, lost, last - lost);
        if (lost == last && last > 0) {
            values[last] = values[last - 1];
        }
    }

    /** Which sample of this window is lost; -1 for none. At most one of a window is. */
    private int lostSample(int adcIndex, int samples) {
        if (rates.loseSampleOfReadout() == adcIndex && rates.loseSample() < samples) {
            return rates.loseSample();
        }
        if (rates.lostSamplesPerSample() == 0) {
            return -1;
        }
        double random = streams.of(Purpose.LOST_SAMPLE, adcIndex, 0).nextDouble();
        // How many samples come through before the first loss is distributed geometrically.
        double before = Math.log1p(-random) / Math.log1p(-rates.lostSamplesPerSample());
        return before < samples ? (int) before : -1;
    }
}
