package org.isocenter.recon.readouts;

import org.isocenter.model.Readout;
import org.isocenter.recon.fft.FftPlan;
import org.isocenter.recon.parallel.Oversampling;

/** One readout's samples without what lies outside of the image: those of the k-space of its middle. Any thread. */
final class CutSamples extends ChannelwiseSamples {
    private final Readout readout;
    private final FftPlan whole;
    private final FftPlan kept;

    /**
     * @param whole for the samples of a channel before
     * @param kept for those that are left
     */
    CutSamples(Readout readout, FftPlan whole, FftPlan kept) {
        super(readout.header().channels(), kept.length());
        this.readout = readout;
        this.whole = whole;
        this.kept = kept;
    }

    @Override
    void work(int firstChannel, int lastChannel, float[] real, float[] imaginary) {
        int samples = readout.header().samples();
        int channels = lastChannel - firstChannel + 1;
        float[] wholeReal = new float[channels * samples];
        float[] wholeImaginary = new float[wholeReal.length];
        readout.samples().copy(firstChannel * samples, wholeReal.length, wholeReal, wholeImaginary, 0);
        Oversampling.cut(whole, wholeReal, wholeImaginary, kept, real, imaginary, channels);
    }
}
