package org.isocenter.hardware.virtual;

import java.io.IOException;
import org.isocenter.hardware.ReadoutSink;
import org.isocenter.hardware.ScannerException;
import org.isocenter.hardware.virtual.receive.ReceiveChain;
import org.isocenter.hardware.virtual.receive.ReceivedSignal;
import org.isocenter.hardware.virtual.receive.SpectrometerFaults;

/** Puts the stretches of a window together and, when it is whole, sends it through the receiver to the sink. One thread. */
final class Delivery {
    private final ReceiveChain chain;
    private final SpectrometerFaults faults;
    private final int channels;
    private final ReadoutSink sink;
    private ReceivedSignal signal;

    Delivery(ReceiveChain chain, SpectrometerFaults faults, int channels, ReadoutSink sink) {
        this.chain = chain;
        this.faults = faults;
        this.channels = channels;
        this.sink = sink;
    }

    /** The next stretch, in the order of the table. */
    void take(BlochSimulation.Received received) throws IOException, ScannerException {
        Window window = received.window();
        int samples = window.wholeSamples();
        if (window.firstSample() == 0) {
            double dwell = window.dwellSeconds();
            double start = window.endSeconds() - samples * dwell;
            signal = new ReceivedSignal(window.adcIndex(), channels, samples, start, dwell, window.frequencyHertz());
        }
        for (int s = 0; s < window.samples(); s++) {
            double turn = window.demodulationRadians(s);
            for (int channel = 0; channel < channels; channel++) {
                int from = channel * window.samples() + s;
                signal.set(channel, window.firstSample() + s, received.re()[from], received.im()[from], turn);
            }
        }
        if (window.completesTheWindow()) {
            deliver(window.adcIndex(), samples);
        }
    }

    private void deliver(int adcIndex, int samples) throws IOException, ScannerException {
        faults.throwIfFailed(adcIndex);
        float[] re = new float[channels * samples];
        float[] im = new float[channels * samples];
        chain.receive(signal, re, im);
        faults.loseSamples(adcIndex, channels, samples, re, im);
        sink.readout(adcIndex, channels, samples, re, im);
    }
}
