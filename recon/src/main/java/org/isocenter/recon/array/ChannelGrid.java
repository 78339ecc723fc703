package org.isocenter.recon.array;

/**
 * Complex values of one or more receive channels on the same grid of points: k-space or an image. Planar, x fastest, then y,
 * then z: point (x, y, z) is at {@code (z * sizeY + y) * sizeX + x} of each channel's arrays. K-space has k = 0, an image its
 * centre, at index N/2 (rounded down) of each axis. The arrays are the grid's own, not copies: whoever holds the grid may
 * change them, one thread per channel.
 */
public final class ChannelGrid {
    private final int sizeX;
    private final int sizeY;
    private final int sizeZ;
    private final float[][] real;
    private final float[][] imaginary;

    /**
     * Zeros.
     *
     * @throws ArithmeticException if a channel has more points than an array can hold
     */
    public ChannelGrid(int channels, int sizeX, int sizeY, int sizeZ) {
        this.sizeX = sizeX;
        this.sizeY = sizeY;
        this.sizeZ = sizeZ;
        int points = Math.multiplyExact(Math.multiplyExact(sizeX, sizeY), sizeZ);
        real = new float[channels][points];
        imaginary = new float[channels][points];
    }

    /**
     * Of arrays that are there already, and become the grid's own.
     *
     * @param real of each channel, with as many values as there are points
     */
    public ChannelGrid(float[][] real, float[][] imaginary, int sizeX, int sizeY, int sizeZ) {
        this.sizeX = sizeX;
        this.sizeY = sizeY;
        this.sizeZ = sizeZ;
        int points = Math.multiplyExact(Math.multiplyExact(sizeX, sizeY), sizeZ);
        for (int channel = 0; channel < real.length; channel++) {
            if (real[channel].length != points || imaginary[channel].length != points) {
                throw new IllegalArgumentException("channel " + channel + " has " + real[channel].length + " and "
                        + imaginary[channel].length + " values where " + points + " are needed");
            }
        }
        this.real = real.clone();
        this.imaginary = imaginary.clone();
    }

    /** The number of channels. */
    public int channels() {
        return real.length;
    }

    public int sizeX() {
        return sizeX;
    }

    public int sizeY() {
        return sizeY;
    }

    /** 1 in 2D. */
    public int sizeZ() {
        return sizeZ;
    }

    /** Points of one channel. */
    public int points() {
        return sizeX * sizeY * sizeZ;
    }

    /**
     * Gives up a channel's arrays, which must not be asked for again: for whoever makes another grid of this one channel by channel
     * and has no room for both.
     */
    public void release(int channel) {
        real[channel] = null;
        imaginary[channel] = null;
    }

    public float[] real(int channel) {
        return real[channel];
    }

    public float[] imaginary(int channel) {
        return imaginary[channel];
    }
}
