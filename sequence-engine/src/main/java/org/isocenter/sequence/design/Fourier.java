package org.isocenter.sequence.design;

/** In-place Fourier transform of a power of two (Cooley and Tukey 1965), for the design of pulses. */
final class Fourier {
    private Fourier() {}

    /** Σ x[m]·e^{sign·2πi·mn/N} without a scale; {@code sign} is -1 forwards, +1 back. */
    static void transform(double[] re, double[] im, int sign) {
        int n = re.length;
        if (Integer.bitCount(n) != 1) {
            throw new IllegalArgumentException(n + " is not a power of two");
        }
        reorder(re, im);
        for (int half = 1; half < n; half *= 2) {
            double angle = sign * Math.PI / half;
            for (int k = 0; k < half; k++) {
                double c = Math.cos(angle * k);
                double s = Math.sin(angle * k);
                for (int a = k; a < n; a += 2 * half) {
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

    private static void reorder(double[] re, double[] im) {
        int n = re.length;
        int shift = Integer.numberOfLeadingZeros(n) + 1;
        for (int i = 1; i < n; i++) {
            int j = Integer.reverse(i) >>> shift;
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
