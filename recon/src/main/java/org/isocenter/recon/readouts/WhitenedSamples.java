package org.isocenter.recon.readouts;

import org.isocenter.model.Readout;
import org.isocenter.model.ReadoutSamples;

/** One readout's samples after whitening. Any thread. */
final class WhitenedSamples extends ChannelwiseSamples {
    private final ReadoutSamples measured;
    private final int samples;
    private final Whitening whitening;
    private final double scale;

    /** @param scale that all is multiplied by */
    WhitenedSamples(Readout readout, Whitening whitening, double scale) {
        super(readout.header().channels(), readout.header().samples());
        this.measured = readout.samples();
        this.samples = readout.header().samples();
        this.whitening = whitening;
        this.scale = scale;
    }

    @Override
    void work(int firstChannel, int lastChannel, float[] real, float[] imaginary) {
        float[] fromReal = new float[(lastChannel + 1) * samples];
        float[] fromImaginary = new float[fromReal.length];
        measured.copy(0, fromReal.length, fromReal, fromImaginary, 0);
        whitening.apply(firstChannel, lastChannel, fromReal, fromImaginary, samples, scale, real, imaginary);
    }
}
