package org.isocenter.model;

/**
 * One ADC window's samples, planar: sample {@code s} of channel {@code c} is at {@code c*samples+s} of {@link #real} and
 * {@link #imaginary}. Written once, then read by many threads; the arrays are not copied and must not be changed.
 *
 * @param trajectoryPerMeter k-space position of each sample, dimension fastest, in 1/m, or an empty array
 * @param trajectoryDimensions 0 when there is no trajectory
 */
public record Readout(
        ReadoutHeader header, float[] real, float[] imaginary, int trajectoryDimensions, float[] trajectoryPerMeter) {
    private static final float[] NO_TRAJECTORY = {};

    public Readout {
        int expected = header.samples() * header.channels();
        if (real.length != expected || imaginary.length != expected) {
            throw new IllegalArgumentException("readout " + header.scanCounter() + " has " + real.length + " and "
                    + imaginary.length + " values where " + header.channels() + " channels of " + header.samples()
                    + " samples need " + expected);
        }
        if (trajectoryPerMeter.length != trajectoryDimensions * header.samples()) {
            throw new IllegalArgumentException("readout " + header.scanCounter() + " has " + trajectoryPerMeter.length
                    + " trajectory values, needs " + trajectoryDimensions * header.samples());
        }
    }

    public Readout(ReadoutHeader header, float[] real, float[] imaginary) {
        this(header, real, imaginary, 0, NO_TRAJECTORY);
    }
}
