package org.isocenter.recon.readouts;

import org.isocenter.recon.array.StoredSamples;

/**
 * Samples that are worked out of others, a channel at a time, when somebody asks for them: no second copy of a scan is held. Any
 * thread.
 */
abstract class ChannelwiseSamples extends StoredSamples {
    private final int channels;
    /** Of each channel. */
    private final int samples;

    ChannelwiseSamples(int channels, int samples) {
        this.channels = channels;
        this.samples = samples;
    }

    @Override
    public final int count() {
        return channels * samples;
    }

    @Override
    public final void copy(int from, int count, float[] toReal, float[] toImaginary, int at) {
        if (count == 0) {
            return;
        }
        int first = from / samples;
        int last = (from + count - 1) / samples;
        float[] real = new float[(last - first + 1) * samples];
        float[] imaginary = new float[real.length];
        work(first, last, real, imaginary);
        System.arraycopy(real, from - first * samples, toReal, at, count);
        System.arraycopy(imaginary, from - first * samples, toImaginary, at, count);
    }

    /**
     * Works out some channels.
     *
     * @param real of the channels, one after the other; zeros
     */
    abstract void work(int firstChannel, int lastChannel, float[] real, float[] imaginary);
}
