package org.isocenter.hardware.virtual.receive;

/** What a pulse leaves behind: the coil rings down, and the receiver stays shut for its dead time. */
final class AfterTransmission implements ReceiveStep {
    private final TransmitHistory history;
    private final double amplitudePerHertz;
    private final double ringSeconds;
    private final double deadSeconds;

    /**
     * @param amplitudePerHertz in ml of water, of what is received per Hz of the transmitter that the coil followed
     * @param ringSeconds time constant
     * @param deadSeconds after the end of transmission, in which nothing passes
     */
    AfterTransmission(TransmitHistory history, double amplitudePerHertz, double ringSeconds, double deadSeconds) {
        this.history = history;
        this.amplitudePerHertz = amplitudePerHertz;
        this.ringSeconds = ringSeconds;
        this.deadSeconds = deadSeconds;
    }

    @Override
    public void apply(ReceivedSignal signal) {
        history.advanceTo(signal.adcIndex);
        for (int s = 0; s < signal.samples; s++) {
            if (signal.seconds(s) < history.endSeconds() + deadSeconds) {
                fill(signal, s, 0, 0, 0);
            } else if (ringSeconds > 0) {
                double left = amplitudePerHertz * Math.exp(-(signal.seconds(s) - history.nowSeconds()) / ringSeconds);
                fill(signal, s, 1, left * history.ringRe(), left * history.ringIm());
            }
        }
    }

    private static void fill(ReceivedSignal signal, int sample, double kept, double re, double im) {
        for (int i = sample; i < signal.re.length; i += signal.samples) {
            signal.re[i] = kept * signal.re[i] + re;
            signal.im[i] = kept * signal.im[i] + im;
        }
    }
}
