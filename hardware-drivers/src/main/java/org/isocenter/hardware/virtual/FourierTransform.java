package org.isocenter.hardware.virtual;

/** In-place Fourier transform of a power of two (Cooley and Tukey 1965), twiddle factors kept. Safe for any thread. */
final class FourierTransform {
    private final int length;
    private final double[] cosine;
    private final double[] sine;

    FourierTransform(int length) {
        if (Integer.bitCount(length) != 1) {
            throw new IllegalArgumentException(length + " is not a power of two");
        }
        this.length = length;
        cosine = new double[length / 2];
        sine = new double[length / 2];
        for (int i = 0; i < length / 2; i++) {
            cosine[i] = Math.cos(2 * Math.PI * i / length);
            sine[i] = Math.sin(2 * Math.PI * i / length);
        }
    }

    /** Σ x[m]·e^{+i2πmn/N}, not scaled. */
    void inverse(double[] re, double[] im) {
        reorder(re, im);
        for (int half = 1; half < length; half *= 2) {
            int stride = length / (2 * half);
            for (int start = 0; start < length; start += 2 * half) {
                for (int k = 0; k < half; k++) {
                    double c = cosine[k * stride];
                    double s = sine[k * stride];
                    int a = start + k;
                    int b = a + half;
                    double r = c * re[b] - s * im[b];
                    double i = c * im[b] + s * re[b];
                    re[b] = re[a] - r;
                    im[b] = im[a] - i;
                    re[a] += r;
                    im[a] += i;
                }
            }
        }
    }

    private void reorder(double[] re, double[] im) {
        int shift = Integer.numberOfLeadingZeros(length) + 1;
        for (int i = 0; i < length; i++) {
            int j = length == 1 ? 0 : Integer.reverse(i) >>> shift;
            if (j > i) {
                double r = re[i];
                re[i] = re[j];
                re[j] = r;
                double m = im[i];
                im[i] = im[j];
                im[j] = m;
            }
        }
    }
}
