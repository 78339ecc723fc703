package org.isocenter.recon.parallel;

import java.util.stream.IntStream;
import org.isocenter.recon.array.ChannelGrid;
import org.isocenter.recon.fft.CentredFft;

/**
 * Centred Fourier transforms of the channels of a grid in place, along all axes: the inverse unscaled as everywhere, the
 * forward one divided by the points, so that one undoes the other.
 */
final class GridFourier {
    private GridFourier() {}

    /** From k-space to image, all channels, in parallel on the common pool. */
    static void inverse(ChannelGrid grid) {
        IntStream.range(0, grid.channels()).parallel().forEach(channel -> inverse(grid, channel));
    }

    /** From image to k-space, all channels, in parallel on the common pool. */
    static void forward(ChannelGrid grid) {
        float scale = 1f / grid.points();
        IntStream.range(0, grid.channels()).parallel().forEach(channel -> {
            // Real and imaginary part exchanged before and after, the inverse transform is the forward one.
            transform(grid, grid.imaginary(channel), grid.real(channel));
            for (int i = 0; i < grid.points(); i++) {
                grid.real(channel)[i] *= scale;
                grid.imaginary(channel)[i] *= scale;
            }
        });
    }

    static void inverse(ChannelGrid grid, int channel) {
        transform(grid, grid.real(channel), grid.imaginary(channel));
    }

    private static void transform(ChannelGrid grid, float[] real, float[] imaginary) {
        int plane = grid.sizeX() * grid.sizeY();
        CentredFft alongX = new CentredFft(grid.sizeX());
        for (int row = 0; row < grid.sizeY() * grid.sizeZ(); row++) {
            line(alongX, real, imaginary, row * grid.sizeX(), 1);
        }
        if (grid.sizeY() > 1) {
            CentredFft alongY = new CentredFft(grid.sizeY());
            for (int z = 0; z < grid.sizeZ(); z++) {
                for (int x = 0; x < grid.sizeX(); x++) {
                    line(alongY, real, imaginary, z * plane + x, grid.sizeX());
                }
            }
        }
        if (grid.sizeZ() > 1) {
            CentredFft alongZ = new CentredFft(grid.sizeZ());
            for (int at = 0; at < plane; at++) {
                line(alongZ, real, imaginary, at, plane);
            }
        }
    }

    private static void line(CentredFft fft, float[] real, float[] imaginary, int offset, int stride) {
        fft.load(real, imaginary, offset, stride);
        fft.inverse();
        fft.store(real, imaginary, offset, stride, 0, fft.length());
    }
}
