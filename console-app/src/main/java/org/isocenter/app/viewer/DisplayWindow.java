package org.isocenter.app.viewer;

import java.util.Arrays;
import java.util.List;
import org.isocenter.model.ImageVolume;

/**
 * Which values are shown between black and white.
 *
 * @param width from black to white, above 0
 * @param level middle grey
 */
public record DisplayWindow(double width, double level) {
    private static final int SAMPLES = 20_000;

    public DisplayWindow {
        if (!(width > 0) || !Double.isFinite(level)) {
            throw new IllegalArgumentException("display window " + width + " about " + level);
        }
    }

    public double black() {
        return level - width / 2;
    }

    /**
     * From 0 to a little above what all but the brightest hundredth of the voxels of the object reach. Air, which is most of
     * many images, is left out by ignoring what is darker than a twentieth of the largest value.
     */
    public static DisplayWindow fitting(List<ImageVolume> volumes) {
        float[] sample = new float[SAMPLES];
        int n = 0;
        for (ImageVolume volume : volumes) {
            float[] pixels = volume.pixels();
            int share = Math.max(1, SAMPLES / volumes.size());
            int step = Math.max(1, (pixels.length + share - 1) / share);
            for (int i = step / 2; i < pixels.length && n < SAMPLES; i += step) {
                if (Float.isFinite(pixels[i])) {
                    sample[n++] = pixels[i];
                }
            }
        }
        Arrays.sort(sample, 0, n);
        float largest = n == 0 ? 0 : sample[n - 1];
        if (!(largest > 0)) {
            return new DisplayWindow(1, 0.5);
        }
        int first = 0;
        while (sample[first] < largest / 20) {
            first++;
        }
        double white = sample[first + (int) ((n - 1 - first) * 0.99)] * 1.05;
        return new DisplayWindow(white, white / 2);
    }

    /** After a drag by so many pixels: to the right widens, down darkens. */
    public DisplayWindow dragged(double rightPixels, double downPixels) {
        double newWidth = Math.max(width * Math.exp(rightPixels / 200), Double.MIN_NORMAL);
        return new DisplayWindow(newWidth, level + downPixels / 400 * width);
    }
}
