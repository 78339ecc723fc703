package org.isocenter.recon;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.isocenter.model.ImageVolume;
import org.isocenter.recon.array.OrderStatistic;

/**
 * An 8-bit grey picture of volumes, for a first look: all slices side by side, a band per volume. Maps with values below
 * zero have zero in the middle of the greys. Not for diagnosis. Needs neither a display nor fonts.
 */
public final class Picture {
    /** Values above this fraction of the pixels are white, so that one bright spot does not darken all the rest. */
    private static final double WHITE_PERCENTILE = 0.995;

    private Picture() {}

    /** Writes a PNG; an existing file is replaced by a whole one or not at all. */
    public static void writePng(List<ImageVolume> volumes, Path file) throws IOException {
        montage(volumes).write(file);
    }

    /** All slices of all volumes. */
    public static PngImage montage(List<ImageVolume> volumes) {
        if (volumes.isEmpty()) {
            throw new IllegalArgumentException("no volumes, no picture");
        }
        int width = 0;
        int height = 0;
        for (ImageVolume volume : volumes) {
            width = Math.max(width, columns(volume) * volume.columns());
            height += bandRows(volume) * volume.rows();
        }
        byte[] grey = new byte[Math.multiplyExact(width, height)];
        int top = 0;
        for (ImageVolume volume : volumes) {
            draw(volume, grey, width, top);
            top += bandRows(volume) * volume.rows();
        }
        return PngImage.grey(width, height, grey);
    }

    private static void draw(ImageVolume volume, byte[] grey, int width, int top) {
        float white = white(volume);
        for (int slice = 0; slice < volume.slices(); slice++) {
            int left = slice % columns(volume) * volume.columns();
            int upper = top + slice / columns(volume) * volume.rows();
            for (int row = 0; row < volume.rows(); row++) {
                int at = (upper + row) * width + left;
                for (int column = 0; column < volume.columns(); column++) {
                    float value = volume.pixel(column, row, slice) / white;
                    float shade = volume.quantity().isSigned() ? 0.5f + 0.5f * value : value;
                    grey[at + column] = (byte) Math.round(255 * Math.min(1, Math.max(0, shade)));
                }
            }
        }
    }

    private static float white(ImageVolume volume) {
        float[] values = volume.pixels();
        if (volume.quantity().isSigned()) {
            values = values.clone();
            for (int i = 0; i < values.length; i++) {
                values[i] = Math.abs(values[i]);
            }
        }
        float white = OrderStatistic.of(values, (int) (WHITE_PERCENTILE * (values.length - 1)));
        if (white > 0) {
            return white;
        }
        return Math.max(OrderStatistic.of(values, values.length - 1), Float.MIN_NORMAL);
    }

    /** Slices beside one another: about a square in all. */
    private static int columns(ImageVolume volume) {
        return (int) Math.ceil(Math.sqrt(volume.slices()));
    }

    private static int bandRows(ImageVolume volume) {
        return (volume.slices() + columns(volume) - 1) / columns(volume);
    }
}
