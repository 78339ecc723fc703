package org.isocenter.recon.parallel;

import java.util.Arrays;
import org.isocenter.recon.ParallelLoop;
import org.isocenter.recon.array.ChannelGrid;
import org.isocenter.recon.fft.GridFft;

/**
 * How {@link Sense} unfolds some columns of a volume: pixels of different x know nothing of one another. Works on data that were
 * transformed along x. One thread, and rows in parallel on the common pool.
 */
final class Unfolding {
    private final ChannelGrid data;
    private final int fromX;
    private final Sensitivities sensitivities;
    private final ChannelGrid maps;
    private final MiddleWindow middle;
    private final FoldedPixels pixels;
    private final ChannelGrid image;
    /** What the lattice's rows say beyond the image of the middle; k-space, then folded images. */
    private final ChannelGrid folded;

    private final long values;

    interface RowWeight {
        float of(int y, int z);
    }

    /**
     * @param data of all columns; x is a place, y and z are k-space's; not changed
     * @param fromX column that the sensitivities begin with
     * @param lattice of the rows of {@code pattern} that are unfolded
     */
    Unfolding(
            ChannelGrid data,
            int fromX,
            Sensitivities sensitivities,
            Lattice lattice,
            SamplingPattern pattern,
            MiddleWindow middle) {
        this.data = data;
        this.fromX = fromX;
        this.sensitivities = sensitivities;
        this.maps = sensitivities.maps();
        this.middle = middle;
        this.pixels = new FoldedPixels(lattice, data.sizeY(), data.sizeZ(), maps.sizeY(), maps.sizeZ());
        this.image = new ChannelGrid(1, maps.sizeX(), maps.sizeY(), maps.sizeZ());
        addMisfit();
        RowWeight wanted = (y, z) -> lattice.has(y, z) && pattern.isMeasured(y, z) ? lattice.factor() : 0;
        this.folded = misfit(wanted);
        this.values = (long) count(wanted) * maps.sizeX() * maps.channels();
    }

    /** Of all values that are to be unfolded, before {@link #solve}; that of k-space times the size along x. */
    double energy() {
        double energy = 0;
        for (int channel = 0; channel < folded.channels(); channel++) {
            float[] real = folded.real(channel);
            float[] imaginary = folded.imaginary(channel);
            for (int i = 0; i < real.length; i++) {
                energy += (double) real[i] * real[i] + (double) imaginary[i] * imaginary[i];
            }
        }
        return energy;
    }

    /** How many values are to be unfolded. */
    long values() {
        return values;
    }

    private int count(RowWeight wanted) {
        int rows = 0;
        for (int row = 0; row < data.sizeY() * data.sizeZ(); row++) {
            rows += wanted.of(row % data.sizeY(), row / data.sizeY()) != 0 ? 1 : 0;
        }
        return rows;
    }

    /** Pixels with sensitivities. */
    int known() {
        int known = 0;
        for (int pixel = 0; pixel < image.points(); pixel++) {
            known += sensitivities.isKnown(pixel) ? 1 : 0;
        }
        return known;
    }

    /** The image, of one channel. To be called once. */
    ChannelGrid solve(double ridge, ParallelLoop loop) {
        for (int channel = 0; channel < folded.channels(); channel++) {
            inverse(folded.real(channel), folded.imaginary(channel));
        }
        loop.run(pixels.groups(), group -> {
            FoldedRow row = new FoldedRow(maps, pixels, group);
            row.factorise(ridge);
            row.project(folded);
            row.solve();
            row.addTo(image);
        });
        addMisfit();
        return image;
    }

    /** Adds what the middle says beyond the image, combined. */
    private void addMisfit() {
        ChannelGrid misfit = misfit(middle::weight);
        for (int channel = 0; channel < misfit.channels(); channel++) {
            inverse(misfit.real(channel), misfit.imaginary(channel));
        }
        ChannelGrid combined = ChannelCombination.optimal(misfit, sensitivities);
        for (int i = 0; i < image.points(); i++) {
            image.real(0)[i] += combined.real(0)[i];
            image.imaginary(0)[i] += combined.imaginary(0)[i];
        }
    }

    /** Weighted rows of the data less those that the channels would see of the image; on the enlarged matrix. */
    private ChannelGrid misfit(RowWeight weight) {
        ChannelGrid misfit = new ChannelGrid(data.channels(), maps.sizeX(), maps.sizeY(), maps.sizeZ());
        float[] real = new float[image.points()];
        float[] imaginary = new float[image.points()];
        for (int channel = 0; channel < data.channels(); channel++) {
            Arrays.fill(real, 0);
            Arrays.fill(imaginary, 0);
            RowArithmetic.addProduct(
                    maps.real(channel), maps.imaginary(channel), image.real(0), image.imaginary(0), real, imaginary);
            // The forward transform is the inverse one with the parts changing places.
            inverse(imaginary, real);
            addRows(channel, real, imaginary, weight, misfit);
        }
        return misfit;
    }

    /** Along y and z. */
    private void inverse(float[] real, float[] imaginary) {
        GridFft.along(maps.sizeY(), real, imaginary, maps.sizeX(), maps.sizeZ());
        GridFft.along(maps.sizeZ(), real, imaginary, maps.sizeX() * maps.sizeY(), 1);
    }

    private void addRows(int channel, float[] seenReal, float[] seenImaginary, RowWeight weight, ChannelGrid to) {
        int shiftY = maps.sizeY() / 2 - data.sizeY() / 2;
        int shiftZ = maps.sizeZ() / 2 - data.sizeZ() / 2;
        int width = maps.sizeX();
        float scale = -1f / (maps.sizeY() * maps.sizeZ());
        for (int row = 0; row < data.sizeY() * data.sizeZ(); row++) {
            int y = row % data.sizeY();
            int z = row / data.sizeY();
            float factor = weight.of(y, z);
            if (factor != 0) {
                int from = row * data.sizeX() + fromX;
                int at = ((z + shiftZ) * maps.sizeY() + y + shiftY) * width;
                for (int x = 0; x < width; x++) {
                    to.real(channel)[at + x] = factor * (data.real(channel)[from + x] + scale * seenReal[at + x]);
                    to.imaginary(channel)[at + x] =
                            factor * (data.imaginary(channel)[from + x] + scale * seenImaginary[at + x]);
                }
            }
        }
    }
}
