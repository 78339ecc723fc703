package org.isocenter.hardware.virtual.receive;

import org.isocenter.hardware.virtual.receive.RandomStreams.Purpose;

/**
 * Broadband noise from supplies that conduct near the peaks of the mains' voltage: it swells and fades twice in a period. One
 * source, which every channel receives with a phase of its own.
 */
final class MainsNoise implements ReceiveStep {
    private final RandomStreams streams;
    private final BandNoise noise;
    private final double deviation;
    private final double mainsHertz;
    private final double mainsRadians;

    /** @param deviation root mean square over a period, as that of {@link ThermalNoise} */
    MainsNoise(RandomStreams streams, double deviation, double mainsHertz) {
        this.streams = streams;
        noise = new BandNoise(streams, Purpose.MAINS_NOISE);
        this.deviation = deviation;
        this.mainsHertz = mainsHertz;
        mainsRadians = 2 * Math.PI * streams.of(Purpose.MAINS_PHASE, -1, 0).nextDouble();
    }

    @Override
    public void apply(ReceivedSignal signal) {
        double[][] parts = noise.of(signal, 0, ThermalNoise.deviationAt(signal.dwellSeconds, deviation));
        for (int s = 0; s < signal.samples; s++) {
            double now = Math.sqrt(2) * Math.sin(2 * Math.PI * (mainsHertz * signal.seconds(s) % 1) + mainsRadians);
            parts[0][s] *= now;
            parts[1][s] *= now;
        }
        for (int channel = 0; channel < signal.channels; channel++) {
            double turn = streams.of(Purpose.MAINS_COUPLING, 0, channel).nextDouble();
            Coupling.add(signal, channel, 2 * Math.PI * turn, parts[0], parts[1]);
        }
    }
}
