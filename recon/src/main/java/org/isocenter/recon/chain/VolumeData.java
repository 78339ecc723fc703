package org.isocenter.recon.chain;

import java.util.stream.IntStream;
import org.isocenter.model.Diffusion;
import org.isocenter.model.ImageVolume;
import org.isocenter.model.PatientGeometry;
import org.isocenter.model.Quantity;
import org.isocenter.recon.array.ChannelGrid;
import org.isocenter.recon.stack.Stack;

/**
 * A volume on its way through the volume steps.
 *
 * @param name tells it from the scan's other volumes; empty when there is one
 * @param values complex, of one channel or of several that are not combined yet; the real part counts for what is not a
 *     magnitude
 * @param geometry where the voxels lie
 * @param contrast echo index from 0
 * @param acquiredFraction 1 when all data went into it
 * @param diffusion its weighting, {@link Diffusion#NONE} for b = 0; null where the scan is not about diffusion
 * @param quantity what the image shows: the magnitude of the values, or for a map their real part
 * @param stack that it was made of
 */
public record VolumeData(
        String name,
        ChannelGrid values,
        PatientGeometry geometry,
        int contrast,
        double acquiredFraction,
        Diffusion diffusion,
        Quantity quantity,
        Stack stack) {
    /** Magnitudes whose squares have all their digits in single precision. */
    private static final float SMALLEST_SAFE = 1e-18f;

    private static final float LARGEST_SAFE = 1e18f;

    public VolumeData withValues(ChannelGrid newValues) {
        return new VolumeData(name, newValues, geometry, contrast, acquiredFraction, diffusion, quantity, stack);
    }

    public VolumeData withAcquiredFraction(double fraction) {
        return new VolumeData(name, values, geometry, contrast, fraction, diffusion, quantity, stack);
    }

    /** What was worked out for the same voxels: a map of {@code pixels}, under a name of its own. */
    public VolumeData withMap(String mapName, Quantity mapQuantity, float[] pixels) {
        return new VolumeData(
                mapName, real(pixels), geometry, contrast, acquiredFraction, diffusion, mapQuantity, stack);
    }

    /** What was worked out for the same voxels. */
    public VolumeData withMap(ImageVolume map) {
        return new VolumeData(
                map.name(),
                real(map.pixels()),
                map.geometry(),
                map.contrast(),
                map.acquiredFraction(),
                map.diffusion(),
                map.quantity(),
                stack);
    }

    private ChannelGrid real(float[] pixels) {
        ChannelGrid grid = new ChannelGrid(1, values.sizeX(), values.sizeY(), values.sizeZ());
        System.arraycopy(pixels, 0, grid.real(0), 0, pixels.length);
        return grid;
    }

    /** The pixels that are shown and archived. Channels that are not combined yet are, by the root of the sum of squares. */
    public ImageVolume image() {
        return new ImageVolume(
                name,
                values.sizeX(),
                values.sizeY(),
                values.sizeZ(),
                quantity == Quantity.MAGNITUDE ? magnitude() : values.real(0).clone(),
                geometry,
                contrast,
                acquiredFraction,
                diffusion,
                quantity);
    }

    /** Of one channel, or the root of the sum of squares of all. */
    public float[] magnitude() {
        float[] pixels = new float[values.points()];
        int row = values.sizeX();
        int rows = values.sizeY();
        IntStream.range(0, values.sizeZ()).parallel().forEach(z -> {
            for (int y = z * rows; y < (z + 1) * rows; y++) {
                if (values.channels() == 1) {
                    magnitude(values.real(0), values.imaginary(0), pixels, y * row, (y + 1) * row);
                } else {
                    rootSumOfSquares(pixels, y * row, (y + 1) * row);
                }
            }
        });
        return pixels;
    }

    /**
     * A row at a time: what is called often is compiled the sooner. In single precision, which becomes vector instructions, and again
     * in double where the squares may have left its range.
     */
    private static void magnitude(float[] re, float[] im, float[] pixels, int from, int to) {
        for (int i = from; i < to; i++) {
            pixels[i] = (float) Math.sqrt(re[i] * re[i] + im[i] * im[i]);
        }
        for (int i = from; i < to; i++) {
            if (!(pixels[i] > SMALLEST_SAFE && pixels[i] < LARGEST_SAFE)) {
                pixels[i] = (float) Math.sqrt((double) re[i] * re[i] + (double) im[i] * im[i]);
            }
        }
    }

    private void rootSumOfSquares(float[] pixels, int from, int to) {
        for (int channel = 0; channel < values.channels(); channel++) {
            float[] re = values.real(channel);
            float[] im = values.imaginary(channel);
            for (int i = from; i < to; i++) {
                pixels[i] += re[i] * re[i] + im[i] * im[i];
            }
        }
        for (int i = from; i < to; i++) {
            pixels[i] = (float) Math.sqrt(pixels[i]);
        }
    }
}
