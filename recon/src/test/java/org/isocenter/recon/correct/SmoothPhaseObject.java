package org.isocenter.recon.correct;

import org.isocenter.recon.array.ChannelGrid;
import org.isocenter.recon.fft.GridFft;

/** An image with edges and small things, whose phase is smooth, on any grid and for several channels; and its k-space. */
final class SmoothPhaseObject {
    private SmoothPhaseObject() {}

    static ChannelGrid image(int channels, int sizeX, int sizeY, int sizeZ) {
        ChannelGrid image = new ChannelGrid(channels, sizeX, sizeY, sizeZ);
        for (int channel = 0; channel < channels; channel++) {
            for (int i = 0; i < image.points(); i++) {
                double x = along(i % sizeX, sizeX);
                double y = along(i / sizeX % sizeY, sizeY);
                double z = along(i / sizeX / sizeY, sizeZ);
                double height = magnitude(x, y, z) * (1 + 0.3 * channel * x);
                double phase = 0.4 + channel + 1.2 * x + 1.6 * y * y - 0.9 * y + 0.8 * z;
                image.real(channel)[i] = (float) (height * Math.cos(phase));
                image.imaginary(channel)[i] = (float) (height * Math.sin(phase));
            }
        }
        return image;
    }

    /** From -1 to 1 across the field of view, 0 at its centre. */
    private static double along(int index, int size) {
        return 2.0 * (index - size / 2) / size;
    }

    private static double magnitude(double x, double y, double z) {
        if (Math.hypot(x / 0.75, y / 0.8) > 1 || Math.abs(z) > 0.7) {
            return 0;
        }
        if (Math.hypot(x - 0.3, y + 0.25) < 0.2) {
            return 0.3;
        }
        boolean bars =
                Math.abs(x + 0.2) < 0.3 && Math.abs(y - 0.2) < 0.3 && Math.floorMod((int) Math.floor(y * 12), 2) == 0;
        return bars && z < 0.3 ? 1.5 : 1;
    }

    static ChannelGrid kSpace(ChannelGrid image) {
        ChannelGrid kSpace = copy(image);
        GridFft.forward(kSpace);
        return kSpace;
    }

    /** Divided by the number of points, so that it is the image again whose k-space it is. */
    static ChannelGrid image(ChannelGrid kSpace) {
        ChannelGrid image = copy(kSpace);
        GridFft.inverse(image);
        float scale = 1f / image.points();
        for (int channel = 0; channel < image.channels(); channel++) {
            for (int i = 0; i < image.points(); i++) {
                image.real(channel)[i] *= scale;
                image.imaginary(channel)[i] *= scale;
            }
        }
        return image;
    }

    static ChannelGrid copy(ChannelGrid grid) {
        ChannelGrid copy = new ChannelGrid(grid.channels(), grid.sizeX(), grid.sizeY(), grid.sizeZ());
        for (int channel = 0; channel < grid.channels(); channel++) {
            System.arraycopy(grid.real(channel), 0, copy.real(channel), 0, grid.points());
            System.arraycopy(grid.imaginary(channel), 0, copy.imaginary(channel), 0, grid.points());
        }
        return copy;
    }

    /** Root of the sum of squared complex differences over that of the wanted values. */
    static double error(ChannelGrid got, ChannelGrid wanted) {
        double difference = 0;
        double norm = 0;
        for (int channel = 0; channel < wanted.channels(); channel++) {
            for (int i = 0; i < wanted.points(); i++) {
                double re = got.real(channel)[i] - wanted.real(channel)[i];
                double im = got.imaginary(channel)[i] - wanted.imaginary(channel)[i];
                difference += re * re + im * im;
                norm += wanted.real(channel)[i] * wanted.real(channel)[i]
                        + wanted.imaginary(channel)[i] * wanted.imaginary(channel)[i];
            }
        }
        return Math.sqrt(difference / norm);
    }

    /** Sets to zero what lies outside these indices along an axis: 0 for x, 1 for y, 2 for z. */
    static void cut(ChannelGrid kSpace, int axis, int first, int last) {
        int[] sizes = {kSpace.sizeX(), kSpace.sizeY(), kSpace.sizeZ()};
        int stride = axis == 0 ? 1 : axis == 1 ? sizes[0] : sizes[0] * sizes[1];
        for (int channel = 0; channel < kSpace.channels(); channel++) {
            for (int i = 0; i < kSpace.points(); i++) {
                int index = i / stride % sizes[axis];
                if (index < first || index > last) {
                    kSpace.real(channel)[i] = 0;
                    kSpace.imaginary(channel)[i] = 0;
                }
            }
        }
    }
}
