package org.isocenter.recon.parallel;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.isocenter.recon.ParallelLoop;
import org.isocenter.recon.array.ChannelGrid;
import org.isocenter.recon.fft.GridFft;

/**
 * Unfolds an image of a lattice of rows by the sensitivities of the channels (Pruessmann et al. 1999, MRM 42:952: SENSE): the
 * pixels that fall on one another are the solution of a small system of equations. Lattices of any step along y and z, sheared
 * ones too (Breuer et al. 2006, MRM 55:549). The middle of k-space, as far as it has no gaps, gives an image
 * without folding: only what the data say beyond it is unfolded, so that regularisation draws the solution to that image
 * (Lin et al. 2004, MRM 51:559). The rows of the middle that are not of the lattice have the last word. The channels' noise is taken as alike and independent (prewhiten first). Where
 * the matrix is no multiple of the step, it is enlarged to one meanwhile. Any thread; rows in parallel on the common pool.
 */
public final class Sense {
    private final Sensitivities sensitivities;
    private final Lattice lattice;
    private final double regularisation;
    private final int sizeY;
    private final int sizeZ;

    /**
     * @param sensitivities of the image's grid, or of {@link #enlargedY} and {@link #enlargedZ} of it
     * @param lattice of the data
     * @param regularisation weight of noise against detail (Tikhonov), 0 … 100; 1 weighs by the energies that both are found to
     *     have, 0 unfolds whatever the noise
     */
    public Sense(Sensitivities sensitivities, Lattice lattice, double regularisation) {
        this.lattice = lattice;
        this.regularisation = regularisation;
        ChannelGrid maps = sensitivities.maps();
        sizeY = enlargedY(lattice, maps.sizeY());
        sizeZ = enlargedZ(lattice, maps.sizeZ());
        this.sensitivities = sensitivities.resampled(maps.sizeX(), sizeY, sizeZ);
    }

    /** The matrix of which maps need not be resampled. */
    static int enlargedY(Lattice lattice, int sizeY) {
        return multiple(sizeY, lattice.stepY());
    }

    /** The matrix of which maps need not be resampled. */
    static int enlargedZ(Lattice lattice, int sizeZ) {
        return multiple(sizeZ, lattice.shiftY() == 0 ? lattice.stepZ() : lattice.factor());
    }

    private static int multiple(int size, int of) {
        return (size + of - 1) / of * of;
    }

    /**
     * The image, of one channel, zero where the sensitivities are.
     *
     * @param kspace of all channels, of the image's matrix; not changed
     * @throws IllegalArgumentException if sizes or channels differ
     */
    public ChannelGrid unfold(ChannelGrid kspace, SamplingPattern pattern) {
        return unfold(kspace, pattern, ParallelLoop.PLAIN);
    }

    /** The same, group of folded rows by group. */
    ChannelGrid unfold(ChannelGrid kspace, SamplingPattern pattern, ParallelLoop loop) {
        ChannelGrid maps = sensitivities.maps();
        if (kspace.channels() != maps.channels()
                || kspace.sizeX() != maps.sizeX()
                || enlargedY(lattice, kspace.sizeY()) != sizeY
                || enlargedZ(lattice, kspace.sizeZ()) != sizeZ) {
            throw new IllegalArgumentException(
                    RowArithmetic.describe(maps) + " sensitivities for data of " + RowArithmetic.describe(kspace));
        }
        MiddleWindow middle = MiddleWindow.of(kspace);
        ChannelGrid image = new ChannelGrid(1, kspace.sizeX(), sizeY, sizeZ);
        addMisfit(kspace, image, middle::weight);
        ChannelGrid folded =
                misfit(kspace, image, (y, z) -> lattice.has(y, z) && pattern.isMeasured(y, z) ? lattice.factor() : 0);
        double ridge = regularisation * noiseToSignal(kspace, folded);
        GridFft.inverse(folded);
        FoldedPixels pixels = new FoldedPixels(lattice, kspace.sizeY(), kspace.sizeZ(), sizeY, sizeZ);
        loop.run(pixels.groups(), group -> {
            FoldedRow row = new FoldedRow(maps, pixels, group);
            row.factorise(ridge);
            row.project(folded);
            row.solve();
            row.addTo(image);
        });
        addMisfit(kspace, image, middle::weight);
        return cropped(image, kspace);
    }

    /**
     * By how much noise grows over that of a full measurement, beyond what fewer data bring anyway (Pruessmann et al. 1999, eq.
     * 23), without regularisation: 1 or more, 0 where there are no sensitivities. On the enlarged matrix.
     */
    public ChannelGrid gFactor() {
        ChannelGrid maps = sensitivities.maps();
        ChannelGrid g = new ChannelGrid(1, maps.sizeX(), sizeY, sizeZ);
        FoldedPixels pixels = new FoldedPixels(lattice, sizeY, sizeZ, sizeY, sizeZ);
        IntStream.range(0, pixels.groups()).parallel().forEach(group -> new FoldedRow(maps, pixels, group).gFactor(g));
        return g;
    }

    private interface RowWeight {
        float of(int y, int z);
    }

    /** Adds what weighted rows say beyond the image, combined. */
    private void addMisfit(ChannelGrid kspace, ChannelGrid image, RowWeight weight) {
        ChannelGrid misfit = misfit(kspace, image, weight);
        GridFft.inverse(misfit);
        ChannelGrid combined = ChannelCombination.optimal(misfit, sensitivities);
        for (int i = 0; i < image.points(); i++) {
            image.real(0)[i] += combined.real(0)[i];
            image.imaginary(0)[i] += combined.imaginary(0)[i];
        }
    }

    /** Weighted rows of k-space less those that the channels would see of the image; on the enlarged matrix. */
    private ChannelGrid misfit(ChannelGrid kspace, ChannelGrid image, RowWeight weight) {
        ChannelGrid maps = sensitivities.maps();
        ChannelGrid misfit = new ChannelGrid(kspace.channels(), kspace.sizeX(), sizeY, sizeZ);
        ChannelGrid seen = new ChannelGrid(1, kspace.sizeX(), sizeY, sizeZ);
        float scale = -1f / image.points();
        for (int channel = 0; channel < kspace.channels(); channel++) {
            Arrays.fill(seen.real(0), 0);
            Arrays.fill(seen.imaginary(0), 0);
            RowArithmetic.addProduct(
                    maps.real(channel),
                    maps.imaginary(channel),
                    image.real(0),
                    image.imaginary(0),
                    seen.real(0),
                    seen.imaginary(0));
            GridFft.forward(seen);
            addRows(kspace, channel, seen, scale, weight, misfit);
        }
        return misfit;
    }

    private void addRows(
            ChannelGrid kspace, int channel, ChannelGrid seen, float scale, RowWeight weight, ChannelGrid to) {
        int shiftY = sizeY / 2 - kspace.sizeY() / 2;
        int shiftZ = sizeZ / 2 - kspace.sizeZ() / 2;
        int length = kspace.sizeX();
        for (int row = 0; row < kspace.sizeY() * kspace.sizeZ(); row++) {
            int y = row % kspace.sizeY();
            int z = row / kspace.sizeY();
            float factor = weight.of(y, z);
            if (factor != 0) {
                int from = row * length;
                int at = ((z + shiftZ) * sizeY + y + shiftY) * length;
                for (int x = 0; x < length; x++) {
                    to.real(channel)[at + x] = factor * (kspace.real(channel)[from + x] + scale * seen.real(0)[at + x]);
                    to.imaginary(channel)[at + x] =
                            factor * (kspace.imaginary(channel)[from + x] + scale * seen.imaginary(0)[at + x]);
                }
            }
        }
    }

    /** Energy of noise to that of the image that is to be unfolded, pixel by pixel (Wiener). */
    private double noiseToSignal(ChannelGrid kspace, ChannelGrid folded) {
        double energy = 0;
        int values = 0;
        for (int channel = 0; channel < folded.channels(); channel++) {
            for (int i = 0; i < folded.points(); i++) {
                double real = folded.real(channel)[i];
                double imaginary = folded.imaginary(channel)[i];
                energy += real * real + imaginary * imaginary;
                values += real != 0 || imaginary != 0 ? 1 : 0;
            }
        }
        double factor = lattice.factor();
        double noise = OuterNoise.variance(kspace) * factor * factor;
        // Of all k-space a part of 1 / factor was measured.
        double signal = Math.max(0, energy - noise * values) / factor;
        int known = 0;
        for (int pixel = 0; pixel < folded.points(); pixel++) {
            known += sensitivities.isKnown(pixel) ? 1 : 0;
        }
        double noiseOfPixel = noise / factor * folded.points();
        double signalOfPixel = signal * folded.points() / Math.max(1, known);
        return signalOfPixel > 0 ? noiseOfPixel / signalOfPixel : 0;
    }

    /** To a smaller grid, k = 0 on k = 0. */
    private static void copyRows(ChannelGrid from, ChannelGrid to, RowWeight weight) {
        int shiftY = to.sizeY() / 2 - from.sizeY() / 2;
        int shiftZ = to.sizeZ() / 2 - from.sizeZ() / 2;
        IntStream.range(0, from.channels()).parallel().forEach(channel -> {
            for (int z = Math.max(0, -shiftZ); z < Math.min(from.sizeZ(), to.sizeZ() - shiftZ); z++) {
                for (int y = Math.max(0, -shiftY); y < Math.min(from.sizeY(), to.sizeY() - shiftY); y++) {
                    float factor = weight.of(y, z);
                    if (factor != 0) {
                        int at = (z * from.sizeY() + y) * from.sizeX();
                        int toRow = ((z + shiftZ) * to.sizeY() + y + shiftY) * from.sizeX();
                        for (int x = 0; x < from.sizeX(); x++) {
                            to.real(channel)[toRow + x] = factor * from.real(channel)[at + x];
                            to.imaginary(channel)[toRow + x] = factor * from.imaginary(channel)[at + x];
                        }
                    }
                }
            }
        });
    }

    /** Back to the matrix that is wanted: the same extent with fewer pixels. */
    private static ChannelGrid cropped(ChannelGrid image, ChannelGrid wanted) {
        if (image.sizeY() == wanted.sizeY() && image.sizeZ() == wanted.sizeZ()) {
            return image;
        }
        GridFft.forward(image);
        ChannelGrid cropped = new ChannelGrid(1, wanted.sizeX(), wanted.sizeY(), wanted.sizeZ());
        float scale = 1f / image.points();
        copyRows(image, cropped, (y, z) -> scale);
        GridFft.inverse(cropped);
        return cropped;
    }
}
