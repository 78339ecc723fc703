package org.isocenter.hardware.virtual.receive;

import java.util.Arrays;

/**
 * Adds up tones that are evenly spaced in frequency, at times that are evenly spaced, whatever the two steps: the sum over j of
 * a_j e^{iθjn} for n from 0, by Bluestein's convolution with a chirp (IEEE Trans Audio Electroacoust 18:451, 1970), where jn =
 * (j² + n² − (n−j)²)/2. Keeps its workspace; one thread.
 */
final class FourierSum {
    final int tones;
    final int samples;
    final double radians;

    private final int length;
    private final double[] cos;
    private final double[] sin;
    private final double[] chirpCos;
    private final double[] chirpSin;
    private final double[] kernelRe;
    private final double[] kernelIm;
    private final double[] re;
    private final double[] im;

    /** @param radians that a tone turns from sample to sample more than the one before it */
    FourierSum(int tones, int samples, double radians) {
        this.tones = tones;
        this.samples = samples;
        this.radians = radians;
        length = Integer.highestOneBit(Math.max(1, tones + samples - 2)) << 1;
        cos = new double[length / 2];
        sin = new double[length / 2];
        for (int i = 0; i < length / 2; i++) {
            cos[i] = Math.cos(2 * Math.PI * i / length);
            sin[i] = Math.sin(2 * Math.PI * i / length);
        }
        int longest = Math.max(tones, samples);
        chirpCos = new double[longest];
        chirpSin = new double[longest];
        for (int i = 0; i < longest; i++) {
            double angle = 0.5 * radians * i * i;
            chirpCos[i] = Math.cos(angle);
            chirpSin[i] = Math.sin(angle);
        }
        kernelRe = new double[length];
        kernelIm = new double[length];
        for (int i = 0; i < longest; i++) {
            if (i < samples) {
                kernelRe[i] = chirpCos[i] / length;
                kernelIm[i] = -chirpSin[i] / length;
            }
            if (i > 0 && i < tones) {
                kernelRe[length - i] = chirpCos[i] / length;
                kernelIm[length - i] = -chirpSin[i] / length;
            }
        }
        transform(kernelRe, kernelIm);
        re = new double[length];
        im = new double[length];
    }

    /**
     * The sums take the place of the amplitudes.
     *
     * @param a real parts of as many amplitudes as there are tones; of at least {@link #samples} places
     * @param b imaginary parts
     */
    void sum(double[] a, double[] b) {
        for (int j = 0; j < tones; j++) {
            re[j] = a[j] * chirpCos[j] - b[j] * chirpSin[j];
            im[j] = a[j] * chirpSin[j] + b[j] * chirpCos[j];
        }
        Arrays.fill(re, tones, length, 0);
        Arrays.fill(im, tones, length, 0);
        transform(re, im);
        for (int i = 0; i < length; i++) {
            double product = re[i] * kernelRe[i] - im[i] * kernelIm[i];
            // Conjugated, so that the same transform leads back.
            im[i] = -(re[i] * kernelIm[i] + im[i] * kernelRe[i]);
            re[i] = product;
        }
        transform(re, im);
        for (int n = 0; n < samples; n++) {
            a[n] = re[n] * chirpCos[n] + im[n] * chirpSin[n];
            b[n] = re[n] * chirpSin[n] - im[n] * chirpCos[n];
        }
    }

    /** In place, of a power of two: e^{-2πi·jk/length}. */
    private void transform(double[] x, double[] y) {
        for (int i = 1; i < length; i++) {
            int j = Integer.reverse(i) >>> Integer.numberOfLeadingZeros(length) + 1;
            if (i < j) {
                double t = x[i];
                x[i] = x[j];
                x[j] = t;
                t = y[i];
                y[i] = y[j];
                y[j] = t;
            }
        }
        for (int half = 1; half < length; half <<= 1) {
            int stride = length / (2 * half);
            for (int from = 0; from < length; from += 2 * half) {
                for (int k = 0; k < half; k++) {
                    double c = cos[k * stride];
                    double s = sin[k * stride];
                    int one = from + k;
                    int other = one + half;
                    double re2 = x[other] * c + y[other] * s;
                    double im2 = y[other] * c - x[other] * s;
                    x[other] = x[one] - re2;
                    y[other] = y[one] - im2;
                    x[one] += re2;
                    y[one] += im2;
                }
            }
        }
    }
}
