package org.isocenter.hardware.virtual.receive;

import java.util.SplittableRandom;
import org.isocenter.hardware.InterferenceLine;
import org.isocenter.hardware.virtual.receive.RandomStreams.Purpose;

/**
 * A transmitter or a switching supply nearby: a tone that goes on through the whole scan, with its sidebands, in every channel
 * with a phase of its own. In an image it makes a line of dots along phase. It knows nothing of when a scan starts: its phase is
 * counted from the first window, so that a device that takes some microseconds longer until then receives the same.
 */
final class InterferenceTones implements ReceiveStep {
    private final double[] hertz;
    private final double[] amplitude;
    private final double[] phase;
    private final double[] coupling;
    private double originSeconds = Double.NaN;

    /**
     * @param number of the line in the profile
     * @param offsetHertz of the line from the carrier
     */
    InterferenceTones(RandomStreams streams, InterferenceLine line, int number, double offsetHertz, int channels) {
        double sideband = 0.5 * line.modulationDepth() * line.amplitude();
        hertz = new double[] {offsetHertz, offsetHertz - line.modulationHertz(), offsetHertz + line.modulationHertz()};
        amplitude = new double[] {line.amplitude(), sideband, sideband};
        double ofModulation = turn(streams.of(Purpose.MAINS_PHASE, number, 0));
        phase = new double[] {0, -ofModulation, ofModulation};
        coupling = new double[channels];
        for (int channel = 0; channel < channels; channel++) {
            coupling[channel] = turn(streams.of(Purpose.INTERFERENCE_PHASE, number, channel));
        }
    }

    private static double turn(SplittableRandom random) {
        return 2 * Math.PI * random.nextDouble();
    }

    @Override
    public void apply(ReceivedSignal signal) {
        if (Double.isNaN(originSeconds)) {
            originSeconds = signal.startSeconds;
        }
        double[] re = new double[signal.samples];
        double[] im = new double[signal.samples];
        for (int tone = 0; tone < hertz.length; tone++) {
            double received = amplitude[tone] * signal.passed(hertz[tone]);
            for (int s = 0; received != 0 && s < signal.samples; s++) {
                double angle = 2 * Math.PI * (hertz[tone] * (signal.seconds(s) - originSeconds) % 1) + phase[tone];
                re[s] += received * Math.cos(angle);
                im[s] += received * Math.sin(angle);
            }
        }
        for (int channel = 0; channel < signal.channels; channel++) {
            Coupling.add(signal, channel, coupling[channel], re, im);
        }
    }
}
