package org.isocenter.recon.readouts;

import org.isocenter.model.RawData;
import org.isocenter.model.Readout;
import org.isocenter.recon.ParallelLoop;
import org.isocenter.recon.array.StoredSamples;

/**
 * Samples that are worked out of others, a channel at a time, when somebody asks for them: no second copy of a large scan is
 * held. Any thread.
 */
abstract class ChannelwiseSamples extends StoredSamples {
    private static final int SAMPLE_BYTES = 8;
    /** The part of Java's memory that samples may fill, as those of a file may. */
    private static final int SHARE = 10;

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

    /** The same readouts, whose samples are worked out now where they do not take much memory: later steps ask more than once. */
    static RawData workedOut(RawData raw, ParallelLoop loop) {
        int size = raw.size();
        long samples = 0;
        for (int i = 0; i < size; i++) {
            samples += raw.readout(i).samples().count();
        }
        if (SAMPLE_BYTES * samples > Runtime.getRuntime().maxMemory() / SHARE) {
            return raw;
        }
        Readout[] readouts = new Readout[size];
        loop.run(size, i -> {
            Readout r = raw.readout(i);
            readouts[i] = r.samples() instanceof ChannelwiseSamples
                    ? new Readout(r.header(), r.real(), r.imaginary(), r.trajectoryDimensions(), r.trajectoryPerMeter())
                    : r;
        });
        RawData now = new RawData(raw.header(), raw.expected());
        for (Readout readout : readouts) {
            now.append(readout);
        }
        return now;
    }
}
