package org.isocenter.recon.readouts;

import org.isocenter.model.Readout;
import org.isocenter.recon.fft.FftPlan;
import org.isocenter.recon.fft.GridFft;
import org.isocenter.recon.fft.Span;

/** One readout's samples without what lies outside of the image: those of the k-space of its middle. Any thread. */
final class CutSamples extends ChannelwiseSamples {
    private final Readout readout;
    private final int kept;

    /** @param kept samples of each channel that are left */
    CutSamples(Readout readout, int kept) {
        super(readout.header().channels(), kept);
        this.readout = readout;
        this.kept = kept;
    }

    @Override
    void work(int firstChannel, int lastChannel, float[] real, float[] imaginary) {
        int samples = readout.header().samples();
        int channels = lastChannel - firstChannel + 1;
        float[] wholeReal = new float[channels * samples];
        float[] wholeImaginary = new float[wholeReal.length];
        readout.samples().copy(firstChannel * samples, wholeReal.length, wholeReal, wholeImaginary, 0);
        GridFft.along(
                FftPlan.of(samples),
                wholeReal,
                wholeImaginary,
                Span.whole(samples),
                real,
                imaginary,
                Span.middle(samples, kept),
                1,
                channels);
        // The forward transform is the inverse one with the parts changing places.
        GridFft.along(kept, imaginary, real, 1, channels);
        for (int i = 0; i < real.length; i++) {
            real[i] /= kept;
            imaginary[i] /= kept;
        }
    }
}
