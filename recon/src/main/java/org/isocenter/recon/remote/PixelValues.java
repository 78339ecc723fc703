package org.isocenter.recon.remote;

import java.util.List;
import org.isocenter.recon.mrd.MrdImage;
import org.isocenter.recon.mrd.MrdImageHeader;
import org.isocenter.recon.mrd.MrdMeta;
import org.isocenter.recon.mrd.MrdNotes;

/** What the pixels of a server's image mean, as one value each. */
final class PixelValues {
    /** Attributes that whole-number images are scaled by: value = (pixel − offset) / ratio. */
    private static final List<String> GADGETRON = List.of("GADGETRON_", "GT_");

    private PixelValues() {}

    /** Magnitudes of complex pixels, the root sum of squares of channels, stored values scaled as the attributes say. */
    static float[] of(MrdImage image, MrdNotes notes) {
        float[] values = scaled(image.magnitude(), image.meta());
        if (image.header().channels() > 1) {
            notes.add("images of " + image.header().channels()
                    + " channels came: they were combined by the root sum of their squares");
            values = combined(values, image.header());
        }
        int odd = 0;
        for (int i = 0; i < values.length; i++) {
            if (!Float.isFinite(values[i])) {
                values[i] = 0;
                odd++;
            }
        }
        if (odd > 0) {
            notes.add("an image came with " + odd + " pixels that are no numbers: taken to be 0");
        }
        return values;
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

    private static float[] combined(float[] values, MrdImageHeader header) {
        int pixels = values.length / header.channels();
        float[] combined = new float[pixels];
        for (int i = 0; i < pixels; i++) {
            double sum = 0;
            for (int channel = 0; channel < header.channels(); channel++) {
                double value = values[channel * pixels + i];
                sum += value * value;
            }
            combined[i] = (float) Math.sqrt(sum);
        }
        return combined;
    }
}
