package org.isocenter.recon.correct;

import java.util.List;
import org.isocenter.recon.fft.CentredFft;

/**
 * Completes k-space along one to three axes that were measured beyond the centre on one side only. The other axes are in image
 * space already, so that each of their points is a small problem of its own, on a dense grid of the axes at hand.
 *
 * <p>The block about the centre that both sides cover, softened by Hann's window, tells the phase of the image; turned back by
 * it, the image is real, and what k-space lacks is the conjugate of what it has on the other side. One thread: all
 * arrays are its own scratch.
 */
final class PhaseConstraint {
    private final CentredFft[] plans;
    private final int points;
    private final boolean[] measured;
    private final boolean[] wanted;
    private final float[] centralWindow;
    private final float[] homodyneWeights;

    private final float[] real;
    private final float[] imaginary;
    private final float[] measuredReal;
    private final float[] measuredImaginary;
    private final float[] cos;
    private final float[] sin;

    /** @param partial the axes at hand, all of them {@link SampledExtent#isPartial} */
    PhaseConstraint(List<SampledExtent> partial) {
        plans = partial.stream().map(extent -> new CentredFft(extent.size())).toArray(CentredFft[]::new);
        int count = 1;
        for (SampledExtent extent : partial) {
            count *= extent.size();
        }
        points = count;
        measured = new boolean[points];
        wanted = new boolean[points];
        centralWindow = new float[points];
        homodyneWeights = new float[points];
        real = new float[points];
        imaginary = new float[points];
        measuredReal = new float[points];
        measuredImaginary = new float[points];
        cos = new float[points];
        sin = new float[points];
        for (int at = 0; at < points; at++) {
            weigh(at, partial);
        }
    }

    private void weigh(int at, List<SampledExtent> partial) {
        boolean isMeasured = true;
        boolean isWanted = true;
        double window = 1;
        double here = 1;
        double opposite = 1;
        int rest = at;
        for (SampledExtent extent : partial) {
            int index = rest % extent.size();
            rest /= extent.size();
            int k = index - extent.center();
            isMeasured &= extent.measured(index);
            isWanted &= Math.abs(k) <= extent.reach();
            window *= hann((double) k / (extent.overlap() + 1));
            here *= ramp(k, extent);
            opposite *= ramp(-k, extent);
        }
        measured[at] = isMeasured;
        wanted[at] = isWanted;
        centralWindow[at] = (float) window;
        homodyneWeights[at] = isMeasured && here > 0 ? (float) (2 * here / (here + opposite)) : 0;
    }

    private static double hann(double x) {
        return Math.abs(x) < 1 ? 0.5 + 0.5 * Math.cos(Math.PI * x) : 0;
    }

    /** From 1 on the side that was measured to 0 on the other, straight across what both sides cover. */
    private static double ramp(int k, SampledExtent extent) {
        int towards = extent.last() - extent.center() > extent.center() - extent.first() ? k : -k;
        double across = 0.5 + 0.5 * towards / (extent.overlap() + 1.0);
        return Math.abs(towards) > extent.reach() ? 0 : Math.max(0, Math.min(1, across));
    }

    /** Room for the problem: to be filled before, and holds the completed k-space after. */
    float[] real() {
        return real;
    }

    float[] imaginary() {
        return imaginary;
    }

    /** Noll et al. 1991: twice the one side, of which the part that is in phase is the image. */
    void homodyne() {
        findPhase();
        for (int i = 0; i < points; i++) {
            real[i] = measuredReal[i] * homodyneWeights[i];
            imaginary[i] = measuredImaginary[i] * homodyneWeights[i];
        }
        transform(false);
        keepWhatIsInPhase();
        transform(true);
    }

    /**
     * Haacke et al. 1991: projections in turn onto the images with that phase and onto those with the measured
     * k-space, which in the end is there untouched.
     */
    void project(int iterations) {
        findPhase();
        System.arraycopy(measuredReal, 0, real, 0, points);
        System.arraycopy(measuredImaginary, 0, imaginary, 0, points);
        for (int iteration = 0; iteration < iterations; iteration++) {
            transform(false);
            keepWhatIsInPhase();
            transform(true);
            for (int i = 0; i < points; i++) {
                if (measured[i]) {
                    real[i] = measuredReal[i];
                    imaginary[i] = measuredImaginary[i];
                } else if (!wanted[i]) {
                    real[i] = 0;
                    imaginary[i] = 0;
                }
            }
        }
    }

    private void findPhase() {
        System.arraycopy(real, 0, measuredReal, 0, points);
        System.arraycopy(imaginary, 0, measuredImaginary, 0, points);
        for (int i = 0; i < points; i++) {
            real[i] *= centralWindow[i];
            imaginary[i] *= centralWindow[i];
        }
        transform(false);
        for (int i = 0; i < points; i++) {
            double magnitude = Math.sqrt((double) real[i] * real[i] + (double) imaginary[i] * imaginary[i]);
            cos[i] = magnitude > 0 ? (float) (real[i] / magnitude) : 1;
            sin[i] = magnitude > 0 ? (float) (imaginary[i] / magnitude) : 0;
        }
    }

    /** Scaled, so that a transform before and one after it leave the scale as it was. */
    private void keepWhatIsInPhase() {
        float scale = 1f / points;
        for (int i = 0; i < points; i++) {
            float inPhase = scale * (real[i] * cos[i] + imaginary[i] * sin[i]);
            real[i] = inPhase * cos[i];
            imaginary[i] = inPhase * sin[i];
        }
    }

    private void transform(boolean forward) {
        int stride = 1;
        for (CentredFft plan : plans) {
            for (int line = 0; line < points / plan.length(); line++) {
                int offset = line / stride * stride * plan.length() + line % stride;
                plan.load(real, imaginary, offset, stride);
                if (forward) {
                    plan.forward();
                } else {
                    plan.inverse();
                }
                plan.store(real, imaginary, offset, stride, 0, plan.length());
            }
            stride *= plan.length();
        }
    }
}
