package org.isocenter.model;

/**
 * One ADC window's samples, planar: sample {@code s} of channel {@code c} is at {@code c*samples+s} of {@link #real} and
 * {@link #imaginary}. Written once, then read by many threads; the arrays are not copied and must not be changed.
 *
 * @param samples the values themselves
 * @param trajectoryPerMeter k-space position of each sample, dimension fastest, in 1/m, or an empty array
 * @param trajectoryDimensions 0 when there is no trajectory
 */
public record Readout(
        ReadoutHeader header, ReadoutSamples samples, int trajectoryDimensions, float[] trajectoryPerMeter) {
    private static final float[] NO_TRAJECTORY = {};

    public Readout {
        int expected = header.samples() * header.channels();
        if (samples.count() != expected) {
            throw new IllegalArgumentException("readout " + header.scanCounter() + " has " + samples.count()
                    + " values where " + header.channels() + " channels of " + header.samples() + " samples need "
                    + expected);
        }
        if (trajectoryPerMeter.length != trajectoryDimensions * header.samples()) {
            throw new IllegalArgumentException("readout " + header.scanCounter() + " has " + trajectoryPerMeter.length
                    + " trajectory values, needs " + trajectoryDimensions * header.samples());
        }
    }

    public Readout(ReadoutHeader header, ReadoutSamples samples) {
        this(header, samples, 0, NO_TRAJECTORY);
    }

    public Readout(
            ReadoutHeader header,
            float[] real,
            float[] imaginary,
            int trajectoryDimensions,
            float[] trajectoryPerMeter) {
        this(header, ReadoutSamples.of(real, imaginary), trajectoryDimensions, trajectoryPerMeter);
    }

    public Readout(ReadoutHeader header, float[] real, float[] imaginary) {
        this(header, ReadoutSamples.of(real, imaginary));
    }

    /** Of all channels. Where the values are in a file this reads all of them: ask once, not for every sample. */
    public float[] real() {
        return samples.real();
    }

    /** As {@link #real}. */
    public float[] imaginary() {
        return samples.imaginary();
    }

    /** Copies one channel's samples to the places of these arrays from {@code at} on. */
    public void channel(int channel, float[] toReal, float[] toImaginary, int at) {
        samples.copy(channel * header.samples(), header.samples(), toReal, toImaginary, at);
    }
}
