package org.isocenter.recon.parallel;

import org.isocenter.recon.array.ChannelGrid;
import org.isocenter.recon.fft.GridFft;

/** Low-resolution images of the channels. */
final class CalibrationImage {
    private CalibrationImage() {}

    /**
     * One channel's image on a grid that may be finer than the data: zeros about them, and a Hann window over them, since what
     * rings is no sensitivity. Where the grid is coarser than the data, the outer ones are left out.
     */
    static void fill(ChannelGrid calibration, int channel, ChannelGrid to) {
        float[] windowX = window(calibration.sizeX());
        float[] windowY = window(calibration.sizeY());
        float[] windowZ = window(calibration.sizeZ());
        int shiftX = to.sizeX() / 2 - calibration.sizeX() / 2;
        int shiftY = to.sizeY() / 2 - calibration.sizeY() / 2;
        int shiftZ = to.sizeZ() / 2 - calibration.sizeZ() / 2;
        float[] real = to.real(channel);
        float[] imaginary = to.imaginary(channel);
        for (int i = 0; i < calibration.points(); i++) {
            int x = i % calibration.sizeX();
            int y = i / calibration.sizeX() % calibration.sizeY();
            int z = i / calibration.sizeX() / calibration.sizeY();
            int toX = x + shiftX;
            int toY = y + shiftY;
            int toZ = z + shiftZ;
            boolean inside =
                    toX >= 0 && toX < to.sizeX() && toY >= 0 && toY < to.sizeY() && toZ >= 0 && toZ < to.sizeZ();
            if (inside) {
                int at = (toZ * to.sizeY() + toY) * to.sizeX() + toX;
                float weight = windowX[x] * windowY[y] * windowZ[z];
                real[at] = weight * calibration.real(channel)[i];
                imaginary[at] = weight * calibration.imaginary(channel)[i];
            }
        }
        GridFft.inverse(real, imaginary, to.sizeX(), to.sizeY(), to.sizeZ());
    }

    private static float[] window(int size) {
        float[] window = new float[size];
        for (int i = 0; i < size; i++) {
            double position = (i - size / 2) / (size / 2 + 1.0);
            window[i] = (float) (0.5 + 0.5 * Math.cos(Math.PI * position));
        }
        return window;
    }
}
