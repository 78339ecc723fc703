package org.isocenter.recon.parallel;

import java.util.function.IntFunction;
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
    /** Values of all channels that are worked on at a time, about. */
    static final int GOOD_VALUES = 1 << 22;

    private static final int LEAST_COLUMNS = 4;
    /** Of so many blocks of columns one tells of noise and signal. */
    private static final int BLOCKS_TO_ASK = 4;

    private final MapColumns maps;
    private final int channels;
    private final int sizeX;
    private final Lattice lattice;
    private final double regularisation;
    private final int sizeY;
    private final int sizeZ;
    /** That are worked on at a time. */
    private final int columns;

    /**
     * @param sensitivities of the image's grid, or of {@link #enlargedY} and {@link #enlargedZ} of it
     * @param lattice of the data
     * @param regularisation weight of noise against detail (Tikhonov), 0 … 100; 1 weighs by the energies that both are found to
     *     have, 0 unfolds whatever the noise
     */
    public Sense(Sensitivities sensitivities, Lattice lattice, double regularisation) {
        this(
                MapColumns.of(sensitivities.resampled(
                        sensitivities.maps().sizeX(),
                        enlargedY(lattice, sensitivities.maps().sizeY()),
                        enlargedZ(lattice, sensitivities.maps().sizeZ()))),
                sensitivities.maps().channels(),
                sensitivities.maps().sizeX(),
                enlargedY(lattice, sensitivities.maps().sizeY()),
                enlargedZ(lattice, sensitivities.maps().sizeZ()),
                lattice,
                regularisation,
                GOOD_VALUES);
    }

    /**
     * @param sizeY of the maps, {@link #enlargedY}; so with z
     * @param goodValues of all channels that are worked on at a time, {@link #GOOD_VALUES}
     */
    Sense(
            MapColumns maps,
            int channels,
            int sizeX,
            int sizeY,
            int sizeZ,
            Lattice lattice,
            double regularisation,
            int goodValues) {
        this.maps = maps;
        this.channels = channels;
        this.sizeX = sizeX;
        this.sizeY = sizeY;
        this.sizeZ = sizeZ;
        this.lattice = lattice;
        this.regularisation = regularisation;
        this.columns = (int) Math.min(sizeX, Math.max(LEAST_COLUMNS, goodValues / ((long) channels * sizeY * sizeZ)));
    }

    /** Of columns that are worked on one after the other. */
    int blocks() {
        return (sizeX + columns - 1) / columns;
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
        ChannelGrid copy = new ChannelGrid(kspace.channels(), kspace.sizeX(), kspace.sizeY(), kspace.sizeZ());
        for (int channel = 0; channel < kspace.channels(); channel++) {
            System.arraycopy(kspace.real(channel), 0, copy.real(channel), 0, kspace.points());
            System.arraycopy(kspace.imaginary(channel), 0, copy.imaginary(channel), 0, kspace.points());
        }
        return unfoldInPlace(copy, pattern, ParallelLoop.PLAIN);
    }

    /**
     * The same; what becomes of {@code kspace} is of no use.
     *
     * @param loop over rows, run once for each of {@link #blocks}
     */
    ChannelGrid unfoldInPlace(ChannelGrid kspace, SamplingPattern pattern, ParallelLoop loop) {
        if (kspace.channels() != channels
                || kspace.sizeX() != sizeX
                || enlargedY(lattice, kspace.sizeY()) != sizeY
                || enlargedZ(lattice, kspace.sizeZ()) != sizeZ) {
            throw new IllegalArgumentException("sensitivities of " + channels + " channels and " + sizeX + "×" + sizeY
                    + "×" + sizeZ + " pixels for data of " + RowArithmetic.describe(kspace));
        }
        MiddleWindow middle = MiddleWindow.of(kspace);
        double noise = OuterNoise.variance(kspace);
        for (int channel = 0; channel < channels; channel++) {
            GridFft.along(sizeX, kspace.real(channel), kspace.imaginary(channel), 1, kspace.sizeY() * kspace.sizeZ());
        }
        int blocks = blocks();
        IntFunction<Unfolding> block = number -> {
            int from = number * columns;
            Sensitivities those = maps.at(from, Math.min(columns, sizeX - from));
            return new Unfolding(kspace, from, those, lattice, pattern, middle);
        };
        if (blocks == 1) {
            Unfolding whole = block.apply(0);
            Share share = new Share();
            share.add(whole);
            return cropped(whole.solve(ridge(share, noise), loop), kspace);
        }
        Share share = new Share();
        for (int number = Math.min(blocks - 1, BLOCKS_TO_ASK / 2); number < blocks; number += BLOCKS_TO_ASK) {
            share.add(block.apply(number));
        }
        double ridge = ridge(share, noise);
        ChannelGrid image = new ChannelGrid(1, sizeX, sizeY, sizeZ);
        // One after the other, each on all processors.
        for (int number = 0; number < blocks; number++) {
            put(block.apply(number).solve(ridge, loop), image, number * columns);
        }
        return cropped(image, kspace);
    }

    private static void put(ChannelGrid columns, ChannelGrid image, int fromX) {
        int width = columns.sizeX();
        for (int row = 0; row < image.sizeY() * image.sizeZ(); row++) {
            int to = row * image.sizeX() + fromX;
            System.arraycopy(columns.real(0), row * width, image.real(0), to, width);
            System.arraycopy(columns.imaginary(0), row * width, image.imaginary(0), to, width);
        }
    }

    /**
     * By how much noise grows over that of a full measurement, beyond what fewer data bring anyway (Pruessmann et al. 1999, eq.
     * 23), without regularisation: 1 or more, 0 where there are no sensitivities. On the enlarged matrix.
     */
    public ChannelGrid gFactor() {
        ChannelGrid whole = maps.at(0, sizeX).maps();
        ChannelGrid g = new ChannelGrid(1, sizeX, sizeY, sizeZ);
        FoldedPixels pixels = new FoldedPixels(lattice, sizeY, sizeZ, sizeY, sizeZ);
        IntStream.range(0, pixels.groups()).parallel().forEach(group -> new FoldedRow(whole, pixels, group).gFactor(g));
        return g;
    }

    /** What is to be unfolded, of some columns. */
    private static final class Share {
        private double energy;
        private long values;
        private long known;

        void add(Unfolding columns) {
            energy += columns.energy();
            values += columns.values();
            known += columns.known();
        }
    }

    /** The weight of the energy of noise to that of the image that is to be unfolded, pixel by pixel (Wiener). */
    private double ridge(Share share, double noise) {
        int factor = lattice.factor();
        double noiseOfValue = noise * factor * factor;
        // Of all k-space a part of 1 / factor was measured.
        double signal = Math.max(0, share.energy / sizeX - noiseOfValue * share.values) / factor;
        double points = (double) sizeX * sizeY * sizeZ;
        double noiseOfPixel = noiseOfValue / factor * points;
        double signalOfPixel = signal * points / Math.max(1, share.known);
        return signalOfPixel > 0 ? regularisation * noiseOfPixel / signalOfPixel : 0;
    }

    /** To a smaller grid, k = 0 on k = 0. */
    private static void copyRows(ChannelGrid from, ChannelGrid to, Unfolding.RowWeight weight) {
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
