package org.isocenter.recon.readouts;

import org.isocenter.model.Readout;

/** Samples of one average times the conjugate of those of the first, added up over lines and channels. One thread. */
final class LineProducts {
    private final double[] real;
    private final double[] imaginary;
    private final int center;
    private final double dwellSeconds;

    LineProducts(int samples, int center, double dwellSeconds) {
        this.real = new double[samples];
        this.imaginary = new double[samples];
        this.center = center;
        this.dwellSeconds = dwellSeconds;
    }

    /** Lines of another length than the first one's are left aside. */
    void add(Readout later, Readout first) {
        int samples = first.header().samples();
        if (samples != real.length) {
            return;
        }
        float[] laterReal = later.real();
        float[] laterImaginary = later.imaginary();
        float[] firstReal = first.real();
        float[] firstImaginary = first.imaginary();
        for (int at = 0; at < firstReal.length; at++) {
            int s = at % samples;
            double a = laterReal[at];
            double b = laterImaginary[at];
            double c = firstReal[at];
            double d = firstImaginary[at];
            real[s] += a * c + b * d;
            imaginary[s] += b * c - a * d;
        }
    }

    Drift drift(boolean withFrequency) {
        return Drift.of(real, imaginary, center, dwellSeconds, withFrequency);
    }
}
