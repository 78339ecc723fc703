package org.isocenter.recon.spectrum;

import java.util.Arrays;
import org.isocenter.recon.fft.CentredFft;

/**
 * The spectrum of a decay, with its strongest line. Stored data are the conjugate of the rotating frame's signal, so that the
 * transform is the image's, e^(+i2πft), and positive frequencies lie above the carrier. Immutable.
 */
final class Spectrum {
    /** Zeros make the spectrum finer by at least this factor. */
    private static final int FINER = 4;
    /** Median of the magnitude of complex noise, over its σ in one channel. */
    private static final double RAYLEIGH_MEDIAN = Math.sqrt(2 * Math.log(2));

    private final double[] hertz;
    private final float[] re;
    private final float[] im;
    private final int peak;
    private final double resolutionHertz;

    Spectrum(ComplexSignal signal) {
        int n = Integer.highestOneBit(Math.max(1, signal.length() * FINER - 1)) * 2;
        re = new float[n];
        im = new float[n];
        for (int i = 0; i < signal.length(); i++) {
            // The first sample stands for half an interval only; whole, it would lift the baseline.
            double weight = i == 0 ? 0.5 : 1;
            re[n / 2 + i] = (float) (weight * signal.re()[i]);
            im[n / 2 + i] = (float) (weight * signal.im()[i]);
        }
        CentredFft transform = new CentredFft(n);
        transform.load(re, im, 0, 1);
        transform.inverse();
        transform.store(re, im, 0, 1, 0, n);
        hertz = new double[n];
        int best = 0;
        for (int i = 0; i < n; i++) {
            hertz[i] = (i - n / 2) / (n * signal.dwellSeconds());
            best = magnitude(i) > magnitude(best) ? i : best;
        }
        peak = best;
        resolutionHertz = 1 / (signal.length() * signal.dwellSeconds());
    }

    double[] hertz() {
        return hertz;
    }

    double magnitude(int i) {
        return Math.hypot(re[i], im[i]);
    }

    double[] magnitudes() {
        double[] values = new double[hertz.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = magnitude(i);
        }
        return values;
    }

    /** One over the time of acquisition. */
    double resolutionHertz() {
        return resolutionHertz;
    }

    /** Of the strongest line, between the points by a parabola. */
    double peakHertz() {
        if (peak == 0 || peak == hertz.length - 1) {
            return hertz[peak];
        }
        double before = magnitude(peak - 1);
        double here = magnitude(peak);
        double after = magnitude(peak + 1);
        double curvature = before - 2 * here + after;
        double shift = curvature == 0 ? 0 : 0.5 * (before - after) / curvature;
        return hertz[peak] + shift * (hertz[1] - hertz[0]);
    }

    /** Full width at half maximum of the strongest line in absorption, phased at its peak; NaN if it fills the band. */
    double widthHertz() {
        double right = half(1);
        double left = half(-1);
        return right - left;
    }

    private double half(int direction) {
        double top = magnitude(peak);
        double before = top;
        for (int i = peak + direction; i >= 0 && i < hertz.length; i += direction) {
            double here = (re[i] * re[peak] + im[i] * im[peak]) / top;
            if (here < top / 2) {
                double share = (before - top / 2) / (before - here);
                return hertz[i - direction] + share * (hertz[i] - hertz[i - direction]);
            }
            before = here;
        }
        return Double.NaN;
    }

    /** Height of the strongest line over the noise's σ, which the median of the outer half of the band tells. */
    double signalToNoise() {
        int n = hertz.length;
        double[] outside = new double[n / 2];
        for (int i = 0; i < n / 4; i++) {
            outside[i] = magnitude(i);
            outside[n / 4 + i] = magnitude(n - 1 - i);
        }
        Arrays.sort(outside);
        double sigma = outside[outside.length / 2] / RAYLEIGH_MEDIAN;
        return sigma > 0 ? magnitude(peak) / sigma : Double.NaN;
    }

    /** The part of the curve around the line that is worth a look. */
    Panel panel() {
        double width = Math.max(widthHertz(), resolutionHertz);
        double reach = Double.isFinite(width) ? 15 * width : Double.POSITIVE_INFINITY;
        int from = 0;
        int to = hertz.length;
        while (from < peak && hertz[from] < hertz[peak] - reach) {
            from++;
        }
        while (to > peak + 1 && hertz[to - 1] > hertz[peak] + reach) {
            to--;
        }
        return Panel.curve(
                "spectrum", "Hz", Arrays.copyOfRange(hertz, from, to), Arrays.copyOfRange(magnitudes(), from, to));
    }
}
