package org.isocenter.hardware.virtual.receive;

/** Receive gain, and the limits of the converter: where it clips, and the word length of what it hands on. */
final class Converter {
    private Converter() {}

    /** Amplification of all channels. */
    static ReceiveStep gain(double factor) {
        return signal -> {
            for (int i = 0; i < signal.re.length; i++) {
                signal.re[i] *= factor;
                signal.im[i] *= factor;
            }
        };
    }

    /**
     * Clips, as a converter does that samples at radio frequency: the wave's peaks are cut off, and after the filter its
     * fundamental is left.
     *
     * @param fullScale amplitude that just fits
     */
    static ReceiveStep clipping(double fullScale) {
        return signal -> {
            for (int i = 0; i < signal.re.length; i++) {
                double amplitude = Math.hypot(signal.re[i], signal.im[i]);
                if (amplitude > fullScale) {
                    double factor = clipped(amplitude, fullScale) / amplitude;
                    signal.re[i] *= factor;
                    signal.im[i] *= factor;
                }
            }
        };
    }

    /** Amplitude of the fundamental of a sine wave that is cut off at a level; towards 4/π of the level. */
    static double clipped(double amplitude, double level) {
        if (amplitude <= level) {
            return amplitude;
        }
        double share = level / amplitude;
        return 2 / Math.PI * (amplitude * Math.asin(share) + level * Math.sqrt(1 - share * share));
    }

    /** Rounds real and imaginary part to whole steps. */
    static ReceiveStep rounding(double step) {
        return signal -> {
            for (int i = 0; i < signal.re.length; i++) {
                signal.re[i] = step * Math.rint(signal.re[i] / step);
                signal.im[i] = step * Math.rint(signal.im[i] / step);
            }
        };
    }

    /** Down to frequency zero, and conjugated: a spin of higher frequency turns the other way from here on. */
    static void demodulate(ReceivedSignal signal) {
        for (int s = 0; s < signal.samples; s++) {
            double cos = Math.cos(signal.demodulationRadians[s]);
            double sin = Math.sin(signal.demodulationRadians[s]);
            for (int i = s; i < signal.re.length; i += signal.samples) {
                double re = signal.re[i];
                double im = signal.im[i];
                signal.re[i] = re * cos + im * sin;
                signal.im[i] = re * sin - im * cos;
            }
        }
    }
}
