package org.isocenter.recon.iterative;

import java.util.ArrayList;
import java.util.List;

/**
 * An orthogonal, separable, periodic wavelet transform of a real image, 2D or 3D, of any size (Mallat 1989), in place of its own arrays.
 * An axis is halved as long as {@value #LEAST} points or more remain. The image can be rotated cyclically on its way in and
 * back on its way out. One thread calls; planes of volumes run in parallel on the common pool.
 */
final class OrthogonalWavelet {
    static final int LEAST = 16;

    private final int sizeX;
    private final int sizeY;
    private final int sizeZ;
    private final float[][][] image;
    private final List<WaveletLevel> levels = new ArrayList<>();

    OrthogonalWavelet(WaveletFilter filter, int sizeX, int sizeY, int sizeZ) {
        this.sizeX = sizeX;
        this.sizeY = sizeY;
        this.sizeZ = sizeZ;
        this.image = new float[sizeZ][sizeY][sizeX];
        WaveletLevel level = new WaveletLevel(filter, image, sizeX, LEAST);
        while (!level.isLast() || levels.isEmpty()) {
            levels.add(level);
            level = new WaveletLevel(filter, level.nextInput(), level.nextColumns(), LEAST);
        }
    }

    /** How often an axis of so many points is halved. */
    static int levels(int points) {
        int levels = 0;
        for (int left = points; WaveletLevel.splits(left, LEAST); left -= left / 2) {
            levels++;
        }
        return levels;
    }

    /** Takes an image, rotated so that its pixel (shiftX, shiftY, shiftZ) comes first, and transforms it. */
    void forward(float[] pixels, int shiftX, int shiftY, int shiftZ) {
        for (int z = 0; z < sizeZ; z++) {
            for (int y = 0; y < sizeY; y++) {
                int from = row(y + shiftY, z + shiftZ);
                System.arraycopy(pixels, from + shiftX, image[z][y], 0, sizeX - shiftX);
                System.arraycopy(pixels, from, image[z][y], sizeX - shiftX, shiftX);
            }
        }
        levels.forEach(WaveletLevel::forward);
    }

    /** Transforms back and puts the image, rotated back, into pixels. */
    void inverse(float[] pixels, int shiftX, int shiftY, int shiftZ) {
        for (int level = levels.size() - 1; level >= 0; level--) {
            levels.get(level).inverse();
        }
        for (int z = 0; z < sizeZ; z++) {
            for (int y = 0; y < sizeY; y++) {
                int to = row(y + shiftY, z + shiftZ);
                System.arraycopy(image[z][y], 0, pixels, to + shiftX, sizeX - shiftX);
                System.arraycopy(image[z][y], sizeX - shiftX, pixels, to, shiftX);
            }
        }
    }

    private int row(int y, int z) {
        return (z % sizeZ * sizeY + y % sizeY) * sizeX;
    }

    /** Soft-thresholds the coefficients of a complex image, of which these are the parts. */
    static void shrink(OrthogonalWavelet real, OrthogonalWavelet imaginary, float threshold) {
        int last = real.levels.size() - 1;
        for (int level = 0; level <= last; level++) {
            WaveletLevel.shrink(real.levels.get(level), imaginary.levels.get(level), level == last, threshold);
        }
    }

    /** The sum of the squares of all coefficients. */
    double energy() {
        double energy = 0;
        for (int level = 0; level < levels.size(); level++) {
            energy += levels.get(level).energy(level == levels.size() - 1);
        }
        return energy;
    }
}
