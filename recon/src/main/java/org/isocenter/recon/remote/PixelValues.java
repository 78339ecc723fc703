package org.isocenter.recon.remote;

import java.util.List;
import org.isocenter.recon.array.ChannelGrid;
import org.isocenter.recon.mrd.MrdImage;
import org.isocenter.recon.mrd.MrdMeta;
import org.isocenter.recon.mrd.MrdNotes;

/** What the pixels of a server's images mean. */
final class PixelValues {
    /** Attributes that whole-number images are scaled by: value = (pixel − offset) / ratio. */
    private static final List<String> GADGETRON = List.of("GADGETRON_", "GT_");

    private PixelValues() {}

    /** Puts an image's slices from {@code slice} on into a grid of as many channels, scaled as its attributes say. */
    static void put(MrdImage image, ChannelGrid grid, int slice, MrdNotes notes) {
        float[] real = scaled(image.real(), image.meta());
        float[] imaginary = image.imaginary();
        int odd = zeroWhatIsNoNumber(real) + zeroWhatIsNoNumber(imaginary);
        if (odd > 0) {
            notes.add("an image came with " + odd + " values that are no numbers: taken to be 0");
        }
        int plane = grid.sizeX() * grid.sizeY();
        int pixels = plane * image.header().slices();
        for (int channel = 0; channel < grid.channels(); channel++) {
            System.arraycopy(real, channel * pixels, grid.real(channel), slice * plane, pixels);
            System.arraycopy(imaginary, channel * pixels, grid.imaginary(channel), slice * plane, pixels);
        }
    }

    /** The root sum of squares of all channels and of both parts of complex values. */
    static float[] magnitude(ChannelGrid grid) {
        double[] squares = new double[grid.points()];
        for (int channel = 0; channel < grid.channels(); channel++) {
            float[] real = grid.real(channel);
            float[] imaginary = grid.imaginary(channel);
            for (int i = 0; i < squares.length; i++) {
                squares[i] += (double) real[i] * real[i] + (double) imaginary[i] * imaginary[i];
            }
        }
        float[] magnitude = new float[squares.length];
        for (int i = 0; i < magnitude.length; i++) {
            magnitude[i] = (float) Math.sqrt(squares[i]);
        }
        return magnitude;
    }

    private static int zeroWhatIsNoNumber(float[] values) {
        int odd = 0;
        for (int i = 0; i < values.length; i++) {
            if (!Float.isFinite(values[i])) {
                values[i] = 0;
                odd++;
            }
        }
        return odd;
    }

    private static float[] scaled(float[] values, MrdMeta meta) {
        double slope = number(meta, "RescaleSlope", Double.NaN);
        double intercept = number(meta, "RescaleIntercept", 0);
        for (String prefix : GADGETRON) {
            double ratio = number(meta, prefix + "ScaleRatio", Double.NaN);
            if (Double.isNaN(slope) && ratio != 0 && !Double.isNaN(ratio)) {
                slope = 1 / ratio;
                intercept = -number(meta, prefix + "ScaleOffset", 0) / ratio;
            }
        }
        if (Double.isNaN(slope)) {
            return values;
        }
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) (values[i] * slope + intercept);
        }
        return values;
    }

    private static double number(MrdMeta meta, String name, double otherwise) {
        try {
            double number = Double.parseDouble(meta.text(name));
            return Double.isFinite(number) ? number : otherwise;
        } catch (NumberFormatException e) {
            return otherwise;
        }
    }
}
