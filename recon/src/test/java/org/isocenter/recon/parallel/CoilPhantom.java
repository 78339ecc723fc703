package org.isocenter.recon.parallel;

import java.util.Random;
import org.isocenter.recon.array.ChannelGrid;
import org.isocenter.recon.fft.GridFft;

/** An object of a few ellipsoids with phase, seen by coils around it; everything is known in closed form but the transform. */
final class CoilPhantom {
    /** Centre x, y, z, half axes x, y, z (all in fields of view), brightness. */
    private static final double[][] ELLIPSOIDS = {
        {0, 0, 0, 0.40, 0.44, 0.44, 1.0},
        {0, 0, 0, 0.35, 0.40, 0.40, -0.5},
        {0.12, 0.1, 0, 0.1, 0.14, 0.2, 0.4},
        {-0.14, -0.08, 0.05, 0.09, 0.06, 0.12, 0.7},
        {0.05, -0.25, -0.05, 0.05, 0.05, 0.05, 0.9}
    };

    final ChannelGrid image;
    final ChannelGrid sensitivities;
    /** Of all channels, unscaled: the forward transform of sensitivity times image. */
    final ChannelGrid kspace;

    CoilPhantom(int channels, int sizeX, int sizeY, int sizeZ) {
        image = new ChannelGrid(1, sizeX, sizeY, sizeZ);
        sensitivities = new ChannelGrid(channels, sizeX, sizeY, sizeZ);
        kspace = new ChannelGrid(channels, sizeX, sizeY, sizeZ);
        for (int i = 0; i < image.points(); i++) {
            double x = (i % sizeX - sizeX / 2) / (double) sizeX;
            double y = (i / sizeX % sizeY - sizeY / 2) / (double) sizeY;
            double z = sizeZ == 1 ? 0 : (i / sizeX / sizeY - sizeZ / 2) / (double) sizeZ;
            paint(i, x, y, z);
            for (int channel = 0; channel < channels; channel++) {
                sense(i, channel, x, y, z);
            }
            Sensitivities.normalise(sensitivities, i, i + 1);
            for (int channel = 0; channel < channels; channel++) {
                float sr = sensitivities.real(channel)[i];
                float si = sensitivities.imaginary(channel)[i];
                float mr = image.real(0)[i];
                float mi = image.imaginary(0)[i];
                kspace.real(channel)[i] = sr * mr - si * mi;
                kspace.imaginary(channel)[i] = sr * mi + si * mr;
            }
        }
        GridFft.forward(kspace);
    }

    private void paint(int i, double x, double y, double z) {
        double brightness = 0;
        for (double[] e : ELLIPSOIDS) {
            double dx = (x - e[0]) / e[3];
            double dy = (y - e[1]) / e[4];
            double dz = (z - e[2]) / e[5];
            brightness += dx * dx + dy * dy + dz * dz <= 1 ? e[6] : 0;
        }
        double phase = 0.5 + 2 * x - 1.5 * y * y + z;
        image.real(0)[i] = (float) (brightness * Math.cos(phase));
        image.imaginary(0)[i] = (float) (brightness * Math.sin(phase));
    }

    /** A loop's reach falls off with the distance from it; neighbouring ones differ in phase. */
    private void sense(int i, int channel, double x, double y, double z) {
        double angle = 2 * Math.PI * channel / sensitivities.channels();
        double height = sensitivities.sizeZ() == 1 ? 0 : (channel % 2 == 0 ? 0.35 : -0.35);
        double dx = x - 0.7 * Math.cos(angle);
        double dy = y - 0.7 * Math.sin(angle);
        double dz = z - height;
        double reach = 1 / (0.1 + dx * dx + dy * dy + dz * dz);
        double phase = angle + 1.5 * (dx * Math.sin(angle) - dy * Math.cos(angle)) + 0.7 * dz;
        sensitivities.real(channel)[i] = (float) (reach * Math.cos(phase));
        sensitivities.imaginary(channel)[i] = (float) (reach * Math.sin(phase));
    }

    /** The k-space with noise of this standard deviation, in parts of its largest value, in real and imaginary part. */
    ChannelGrid noisy(double relative, long seed) {
        Random random = new Random(seed);
        ChannelGrid noisy = TestGrids.copy(kspace);
        double largest = 0;
        for (int channel = 0; channel < noisy.channels(); channel++) {
            for (float value : noisy.real(channel)) {
                largest = Math.max(largest, Math.abs(value));
            }
        }
        for (int channel = 0; channel < noisy.channels(); channel++) {
            for (int i = 0; i < noisy.points(); i++) {
                noisy.real(channel)[i] += (float) (relative * largest * random.nextGaussian());
                noisy.imaginary(channel)[i] += (float) (relative * largest * random.nextGaussian());
            }
        }
        return noisy;
    }
}
