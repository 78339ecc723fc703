package org.isocenter.recon;

import java.awt.image.BufferedImage;

/** Between pictures that can be drawn on and pictures that are kept. */
public final class DrawnPicture {
    private DrawnPicture() {}

    /** In colour. */
    public static PngImage toKeep(BufferedImage drawn) {
        int columns = drawn.getWidth();
        int rows = drawn.getHeight();
        int[] pixels = drawn.getRGB(0, 0, columns, rows, null, 0, columns);
        byte[] rgb = new byte[3 * pixels.length];
        for (int i = 0; i < pixels.length; i++) {
            rgb[3 * i] = (byte) (pixels[i] >> 16);
            rgb[3 * i + 1] = (byte) (pixels[i] >> 8);
            rgb[3 * i + 2] = (byte) pixels[i];
        }
        return PngImage.colour(columns, rows, rgb);
    }

    public static BufferedImage toDraw(PngImage kept) {
        byte[] samples = kept.samples();
        int channels = kept.channels();
        int[] pixels = new int[kept.columns() * kept.rows()];
        for (int i = 0; i < pixels.length; i++) {
            int at = i * channels;
            int red = Byte.toUnsignedInt(samples[at]);
            int green = channels == 1 ? red : Byte.toUnsignedInt(samples[at + 1]);
            int blue = channels == 1 ? red : Byte.toUnsignedInt(samples[at + 2]);
            pixels[i] = red << 16 | green << 8 | blue;
        }
        BufferedImage image = new BufferedImage(kept.columns(), kept.rows(), BufferedImage.TYPE_INT_RGB);
        image.setRGB(0, 0, kept.columns(), kept.rows(), pixels, 0, kept.columns());
        return image;
    }
}
