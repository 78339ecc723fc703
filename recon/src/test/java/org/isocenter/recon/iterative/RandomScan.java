package org.isocenter.recon.iterative;

import java.util.SplittableRandom;
import org.isocenter.recon.array.ChannelGrid;

/** Random sensitivities, patterns, images and data, the same for the same seed. */
final class RandomScan {
    enum Pattern {
        /** Each point by itself. */
        POINTS,
        /** Whole lines along x. */
        LINES,
        /** Whole lines along y. */
        COLUMNS
    }

    private final SplittableRandom random;
    private final int sizeX;
    private final int sizeY;
    private final int sizeZ;
    private final ChannelGrid sensitivities;

    RandomScan(long seed, int sizeX, int sizeY, int sizeZ, int channels) {
        this.random = new SplittableRandom(seed);
        this.sizeX = sizeX;
        this.sizeY = sizeY;
        this.sizeZ = sizeZ;
        sensitivities = new ChannelGrid(channels, sizeX, sizeY, sizeZ);
        for (int channel = 0; channel < channels; channel++) {
            fill(sensitivities.real(channel));
            fill(sensitivities.imaginary(channel));
        }
    }

    ChannelGrid sensitivities() {
        return sensitivities;
    }

    /** Makes the squares of all channels' sensitivities sum to 1. */
    void normaliseSensitivities() {
        for (int i = 0; i < sensitivities.points(); i++) {
            double square = 0;
            for (int c = 0; c < sensitivities.channels(); c++) {
                square += Math.pow(sensitivities.real(c)[i], 2)
                        + Math.pow(sensitivities.imaginary(c)[i], 2);
            }
            for (int c = 0; c < sensitivities.channels(); c++) {
                sensitivities.real(c)[i] /= (float) Math.sqrt(square);
                sensitivities.imaginary(c)[i] /= (float) Math.sqrt(square);
            }
        }
    }

    boolean[] pattern(Pattern pattern) {
        boolean[] measured = new boolean[sizeX * sizeY * sizeZ];
        for (int i = 0; i < measured.length; i++) {
            boolean taken = random.nextInt(2) == 0;
            int x = i % sizeX;
            int y = i / sizeX % sizeY;
            measured[i] = switch (pattern) {
                case POINTS -> taken;
                case LINES -> x == 0 ? taken : measured[i - 1];
                case COLUMNS -> y == 0 ? taken : measured[i - sizeX];
            };
        }
        measured[0] |= pattern == Pattern.POINTS;
        return measured;
    }

    EncodingOperator encoding(Pattern pattern) {
        return new EncodingOperator(CartesianSampling.of(sizeX, sizeY, sizeZ, pattern(pattern)), sensitivities);
    }

    /** Real and imaginary part. */
    float[][] image() {
        float[][] image = new float[2][sensitivities.points()];
        fill(image[0]);
        fill(image[1]);
        return image;
    }

    /** The real or the imaginary part of the data of all channels. */
    float[][] data() {
        float[][] data = new float[sensitivities.channels()][sensitivities.points()];
        for (float[] each : data) {
            fill(each);
        }
        return data;
    }

    private void fill(float[] values) {
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) random.nextDouble(-1, 1);
        }
    }
}
