package org.isocenter.recon.correct;

import org.isocenter.recon.array.ChannelGrid;

/**
 * Puts k-space into the middle of a larger one: the image is interpolated by sinc functions, with as many more pixels over the
 * same field of view. k = 0 goes from index N/2 to index M/2, so pixel M/2 lies where pixel N/2 lay, whether the
 * sizes are even or odd. Heights stay, since the transform is unscaled.
 */
public final class ZeroFilling {
    private ZeroFilling() {}

    /**
     * @return the same grid where the size is the same
     * @throws IllegalArgumentException if an axis would get smaller
     */
    public static ChannelGrid to(ChannelGrid kSpace, int sizeX, int sizeY, int sizeZ) {
        if (sizeX < kSpace.sizeX() || sizeY < kSpace.sizeY() || sizeZ < kSpace.sizeZ()) {
            throw new IllegalArgumentException("a k-space of " + size(kSpace.sizeX(), kSpace.sizeY(), kSpace.sizeZ())
                    + " does not fit into one of " + size(sizeX, sizeY, sizeZ));
        }
        if (sizeX == kSpace.sizeX() && sizeY == kSpace.sizeY() && sizeZ == kSpace.sizeZ()) {
            return kSpace;
        }
        ChannelGrid filled = new ChannelGrid(kSpace.channels(), sizeX, sizeY, sizeZ);
        int firstX = sizeX / 2 - kSpace.sizeX() / 2;
        int firstY = sizeY / 2 - kSpace.sizeY() / 2;
        int firstZ = sizeZ / 2 - kSpace.sizeZ() / 2;
        for (int channel = 0; channel < kSpace.channels(); channel++) {
            for (int z = 0; z < kSpace.sizeZ(); z++) {
                for (int y = 0; y < kSpace.sizeY(); y++) {
                    int from = (z * kSpace.sizeY() + y) * kSpace.sizeX();
                    int to = ((firstZ + z) * sizeY + firstY + y) * sizeX + firstX;
                    System.arraycopy(kSpace.real(channel), from, filled.real(channel), to, kSpace.sizeX());
                    System.arraycopy(kSpace.imaginary(channel), from, filled.imaginary(channel), to, kSpace.sizeX());
                }
            }
        }
        return filled;
    }

    private static String size(int x, int y, int z) {
        return x + "×" + y + "×" + z;
    }
}
