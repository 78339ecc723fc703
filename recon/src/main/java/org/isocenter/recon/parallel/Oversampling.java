package org.isocenter.recon.parallel;

import org.isocenter.recon.array.ChannelGrid;
import org.isocenter.recon.fft.FftPlan;
import org.isocenter.recon.fft.GridFft;
import org.isocenter.recon.fft.Span;

/** Cuts images to the middle that is wanted. */
public final class Oversampling {
    private Oversampling() {}

    /** The middle of an image; zeros where more is wanted than there is. */
    static ChannelGrid middle(ChannelGrid image, int sizeX, int sizeY, int sizeZ) {
        if (image.sizeX() == sizeX && image.sizeY() == sizeY && image.sizeZ() == sizeZ) {
            return image;
        }
        ChannelGrid middle = new ChannelGrid(image.channels(), sizeX, sizeY, sizeZ);
        int shiftX = image.sizeX() / 2 - sizeX / 2;
        int shiftY = image.sizeY() / 2 - sizeY / 2;
        int shiftZ = image.sizeZ() / 2 - sizeZ / 2;
        int fromX = Math.max(0, -shiftX);
        int count = Math.min(sizeX, image.sizeX() - shiftX) - fromX;
        for (int channel = 0; channel < image.channels(); channel++) {
            for (int z = Math.max(0, -shiftZ); z < Math.min(sizeZ, image.sizeZ() - shiftZ); z++) {
                for (int y = Math.max(0, -shiftY); y < Math.min(sizeY, image.sizeY() - shiftY); y++) {
                    int from = ((z + shiftZ) * image.sizeY() + y + shiftY) * image.sizeX() + fromX + shiftX;
                    int to = (z * sizeY + y) * sizeX + fromX;
                    System.arraycopy(image.real(channel), from, middle.real(channel), to, count);
                    System.arraycopy(image.imaginary(channel), from, middle.imaginary(channel), to, count);
                }
            }
        }
        return middle;
    }

    /**
     * K-space of the middle {@code sizeX} columns of the image; scaled so that its transform is the image itself. Where there is
     * something to cut off, {@code kspace} is given up channel by channel.
     */
    static ChannelGrid takenAlongX(ChannelGrid kspace, int sizeX) {
        if (kspace.sizeX() <= sizeX) {
            return kspace;
        }
        int rows = kspace.sizeY() * kspace.sizeZ();
        FftPlan whole = FftPlan.of(kspace.sizeX());
        FftPlan kept = FftPlan.of(sizeX);
        float[][] real = new float[kspace.channels()][];
        float[][] imaginary = new float[kspace.channels()][];
        for (int channel = 0; channel < real.length; channel++) {
            real[channel] = new float[sizeX * rows];
            imaginary[channel] = new float[sizeX * rows];
            cut(whole, kspace.real(channel), kspace.imaginary(channel), kept, real[channel], imaginary[channel], rows);
            kspace.release(channel);
        }
        return new ChannelGrid(real, imaginary, sizeX, kspace.sizeY(), kspace.sizeZ());
    }

    /**
     * Rows of k-space of the middle of the image along them; scaled so that their transform is the image itself.
     *
     * @param whole of a row before
     * @param kept of a row after
     */
    public static void cut(
            FftPlan whole,
            float[] fromReal,
            float[] fromImaginary,
            FftPlan kept,
            float[] real,
            float[] imaginary,
            int rows) {
        GridFft.along(
                whole,
                fromReal,
                fromImaginary,
                Span.whole(whole.length()),
                real,
                imaginary,
                Span.middle(whole.length(), kept.length()),
                1,
                rows);
        // Changing places makes it the forward transform.
        GridFft.along(kept, imaginary, real, 1, rows);
        float scale = 1f / kept.length();
        for (int i = 0; i < real.length; i++) {
            real[i] *= scale;
            imaginary[i] *= scale;
        }
    }
}
