package org.isocenter.app.viewer;

import java.util.Arrays;
import java.util.List;
import org.isocenter.model.ImageVolume;
import org.isocenter.model.Quantity;

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
     * Of images: from 0 to a little above what all but the brightest hundredth of the voxels of the object reach. Air, which is
     * most of many images, is left out by ignoring what is darker than a twentieth of the largest value. Of values with a sign:
     * as far below 0 as above. Of maps: 0 stands for no value, and the outermost hundredth is left out; phases are shown whole.
     */
    public static DisplayWindow fitting(List<ImageVolume> volumes) {
        Quantity quantity = volumes.get(0).quantity();
        if (quantity == Quantity.PHASE) {
            return new DisplayWindow(2 * Math.PI, 0);
        }
        float[] sample = sample(volumes, quantity.isSigned() || quantity.isMap());
        int n = sample.length;
        if (n == 0 || !(Math.max(sample[n - 1], -sample[0]) > 0)) {
            return new DisplayWindow(1, 0.5);
        }
        if (quantity.isSigned()) {
            double most = Math.max(Math.abs(sample[n / 100]), Math.abs(sample[n - 1 - n / 100]));
            return new DisplayWindow(2 * Math.max(most, Float.MIN_NORMAL), 0);
        }
        int first = 0;
        while (!quantity.isMap() && sample[first] < sample[n - 1] / 20) {
            first++;
        }
        double white = sample[first + (int) ((n - 1 - first) * 0.99)] * 1.05;
        return new DisplayWindow(white, white / 2);
    }

    /** Some of the finite values, in rising order. */
    private static float[] sample(List<ImageVolume> volumes, boolean withoutZeros) {
        float[] sample = new float[SAMPLES];
        int n = 0;
        for (ImageVolume volume : volumes) {
            float[] pixels = volume.pixels();
            int share = Math.max(1, SAMPLES / volumes.size());
            int step = Math.max(1, (pixels.length + share - 1) / share);
            for (int i = step / 2; i < pixels.length && n < SAMPLES; i += step) {
                if (Float.isFinite(pixels[i]) && !(withoutZeros && pixels[i] == 0)) {
                    sample[n++] = pixels[i];
                }
            }
        }
        float[] found = Arrays.copyOf(sample, n);
        Arrays.sort(found);
        return found;
    }

    /** After a drag by so many pixels: to the right widens, down darkens. */
    public DisplayWindow dragged(double rightPixels, double downPixels) {
        double newWidth = Math.max(width * Math.exp(rightPixels / 200), Double.MIN_NORMAL);
        return new DisplayWindow(newWidth, level + downPixels / 400 * width);
    }
}
