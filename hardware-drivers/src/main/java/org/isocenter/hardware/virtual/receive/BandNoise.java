package org.isocenter.hardware.virtual.receive;

import java.util.ArrayDeque;
import java.util.Deque;
import org.isocenter.hardware.virtual.receive.RandomStreams.Purpose;

/**
 * White Gaussian noise as a receiver samples it that lets half its sampling rate through on both sides of the carrier and nothing else: noise
 * that has its values between the samples, too. A receiver that samples a window more often hears the same noise in the band, and
 * more beside it; so a device that receives windows in several parts has, after its host's filter, the noise of one that does not.
 *
 * <p>In a window it is a sum of tones, each with a random amplitude that depends on seed, purpose, window, source and the tone's own
 * frequency, and not on dwell time or number of samples. They lie so close that what repeats does so only after the window's end.
 * Samples are white, but for some thousandths of correlation, in windows of a handful of samples some hundredths. Keeps workspaces; one thread.
 */
final class BandNoise {
    /** Of the tones' common periods one: each is twice another. So chosen that few windows of round length are just short of a limit. */
    private static final double PERIOD_SECONDS = 1.43e-3 * 1.25;

    /** Of a window's length. */
    private static final double LEAST_PERIOD = 1.25;

    private static final int MOST_KEPT = 8;

    private final RandomStreams streams;
    private final Purpose purpose;
    private final Deque<FourierSum> kept = new ArrayDeque<>();

    BandNoise(RandomStreams streams, Purpose purpose) {
        this.streams = streams;
        this.purpose = purpose;
    }

    /**
     * Noise of one source during a window.
     *
     * @param deviation of the real and of the imaginary part of each sample
     * @return real parts and imaginary parts, of at least as many places as there are samples
     */
    double[][] of(ReceivedSignal signal, int source, double deviation) {
        double tonesInBand = periodSeconds(signal.samples * signal.dwellSeconds) / signal.dwellSeconds;
        int outermost = (int) Math.ceil(0.5 * tonesInBand - 0.5);
        FourierSum sum = sum(2 * outermost + 1, signal.samples, 2 * Math.PI / tonesInBand);
        double[] re = new double[Math.max(sum.tones, sum.samples)];
        double[] im = new double[re.length];
        long key = streams.key(purpose, signal.adcIndex, source);
        double each = deviation / Math.sqrt(tonesInBand);
        for (int j = 0; j < sum.tones; j++) {
            int tone = j - outermost;
            // The outermost tones stand for what is left of the band there.
            double share = Math.min(1, 0.5 * tonesInBand + 0.5 - Math.abs(tone));
            RandomStreams.gaussianPair(key, tone, each * Math.sqrt(share), j, re, im);
        }
        // Half a sample on, where the first is taken.
        turn(sum.tones, -0.5 * sum.radians * outermost, 0.5 * sum.radians, re, im);
        sum.sum(re, im);
        turn(sum.samples, 0, -sum.radians * outermost, re, im);
        return new double[][] {re, im};
    }

    /** The shortest period that is long enough: the same for windows of about the same length. */
    private static double periodSeconds(double windowSeconds) {
        double octaves = Math.log(LEAST_PERIOD * windowSeconds / PERIOD_SECONDS) / Math.log(2);
        return PERIOD_SECONDS * Math.pow(2, Math.ceil(octaves));
    }

    private static void turn(int count, double from, double step, double[] re, double[] im) {
        for (int i = 0; i < count; i++) {
            double cos = Math.cos(from + i * step);
            double sin = Math.sin(from + i * step);
            double real = re[i] * cos - im[i] * sin;
            im[i] = re[i] * sin + im[i] * cos;
            re[i] = real;
        }
    }

    private FourierSum sum(int tones, int samples, double radians) {
        for (FourierSum known : kept) {
            if (known.tones == tones && known.samples == samples && known.radians == radians) {
                return known;
            }
        }
        FourierSum made = new FourierSum(tones, samples, radians);
        kept.addFirst(made);
        if (kept.size() > MOST_KEPT) {
            kept.removeLast();
        }
        return made;
    }
}
