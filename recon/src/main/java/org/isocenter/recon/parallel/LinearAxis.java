package org.isocenter.recon.parallel;

import org.isocenter.recon.array.ChannelGrid;

/** Where the pixels of one axis lie between those of another that spans the same field of view; centres at pixel N/2. */
final class LinearAxis {
    private final int fromLength;
    private final int[] lower;
    private final float[] upperWeight;

    LinearAxis(int fromLength, int toLength) {
        this.fromLength = fromLength;
        lower = new int[toLength];
        upperWeight = new float[toLength];
        for (int i = 0; i < toLength; i++) {
            double at = (double) (i - toLength / 2) * fromLength / toLength + fromLength / 2;
            double clamped = Math.max(0, Math.min(fromLength - 1.0, at));
            lower[i] = (int) Math.min(Math.floor(clamped), Math.max(0, fromLength - 2));
            upperWeight[i] = (float) (clamped - lower[i]);
        }
    }

    /** One real channel on another grid over the same field of view. */
    static ChannelGrid resampled(ChannelGrid from, int sizeX, int sizeY, int sizeZ) {
        if (from.sizeX() == sizeX && from.sizeY() == sizeY && from.sizeZ() == sizeZ) {
            return from;
        }
        ChannelGrid to = new ChannelGrid(1, sizeX, sizeY, sizeZ);
        LinearAxis alongX = new LinearAxis(from.sizeX(), sizeX);
        LinearAxis alongY = new LinearAxis(from.sizeY(), sizeY);
        LinearAxis alongZ = new LinearAxis(from.sizeZ(), sizeZ);
        for (int row = 0; row < sizeY * sizeZ; row++) {
            Sensitivities.resampleRow(from.real(0), to.real(0), row, alongX, alongY, alongZ);
        }
        return to;
    }

    int fromLength() {
        return fromLength;
    }

    int length() {
        return lower.length;
    }

    /** The neighbour below ({@code side} 0) or above (1) of a pixel. */
    int index(int pixel, int side) {
        return Math.min(lower[pixel] + side, fromLength - 1);
    }

    float weight(int pixel, int side) {
        return side == 0 ? 1 - upperWeight[pixel] : upperWeight[pixel];
    }
}
