package org.isocenter.recon.spectrum;

/** Complex samples in time, averaged and of all channels together. Not copied; must not be changed. */
record ComplexSignal(double[] re, double[] im, double dwellSeconds) {

    int length() {
        return re.length;
    }

    double seconds(int sample) {
        return sample * dwellSeconds;
    }

    double magnitude(int sample) {
        return Math.hypot(re[sample], im[sample]);
    }

    double energy() {
        double sum = 0;
        for (int i = 0; i < re.length; i++) {
            sum += re[i] * re[i] + im[i] * im[i];
        }
        return sum;
    }

    /** Real part of the projection on a reference: 1 for the reference itself, negative where inverted. */
    double along(ComplexSignal reference) {
        double sum = 0;
        for (int i = 0; i < re.length; i++) {
            sum += re[i] * reference.re[i] + im[i] * reference.im[i];
        }
        return sum / reference.energy();
    }
}
