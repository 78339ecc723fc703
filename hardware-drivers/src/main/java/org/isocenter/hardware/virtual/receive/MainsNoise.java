package org.isocenter.hardware.virtual.receive;

import java.util.SplittableRandom;
import org.isocenter.hardware.virtual.receive.RandomStreams.Purpose;

/**
 * Broadband noise from supplies that conduct near the peaks of the mains' voltage: it swells and fades twice in a period. One
 * source, which every channel receives with a phase of its own.
 */
final class MainsNoise implements ReceiveStep {
    private final RandomStreams streams;
    private final double deviation;
    private final double mainsHertz;
    private final double mainsRadians;

    /** @param deviation root mean square over a period, as that of {@link ThermalNoise} */
    MainsNoise(RandomStreams streams, double deviation, double mainsHertz) {
        this.streams = streams;
        this.deviation = deviation;
        this.mainsHertz = mainsHertz;
        mainsRadians = 2 * Math.PI * streams.of(Purpose.MAINS_PHASE, -1, 0).nextDouble();
    }

    @Override
    public void apply(ReceivedSignal signal) {
        SplittableRandom random = streams.of(Purpose.MAINS_NOISE, signal.adcIndex, 0);
        double largest = Math.sqrt(2) * ThermalNoise.deviationAt(signal.dwellSeconds, deviation);
        double[] re = new double[signal.samples];
        double[] im = new double[signal.samples];
        for (int s = 0; s < signal.samples; s++) {
            double now = largest * Math.sin(2 * Math.PI * (mainsHertz * signal.seconds(s) % 1) + mainsRadians);
            re[s] = now * random.nextGaussian();
            im[s] = now * random.nextGaussian();
        }
        for (int channel = 0; channel < signal.channels; channel++) {
            double turn = streams.of(Purpose.MAINS_COUPLING, 0, channel).nextDouble();
            Coupling.add(signal, channel, 2 * Math.PI * turn, re, im);
        }
    }
}
