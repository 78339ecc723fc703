package org.isocenter.recon.iterative;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.isocenter.recon.array.ChannelGrid;
import org.isocenter.recon.fft.FftPlan;
import org.isocenter.recon.fft.GridFft;
import org.isocenter.recon.fft.Span;
import org.isocenter.recon.parallel.CalibrationRegion;

/**
 * The k-space of a volume whose lines along x are whole, transformed along x: from then on pixels of different x know nothing of one
 * another, and each cross-section of the volume is a problem of its own in two dimensions, y and z. So the solver's memory is
 * that of some cross-sections, and threads need not wait for one another.
 */
final class CrossSections {
    /** Lines about the middle along y and z that calibration and scale are taken from. */
    private static final int MIDDLE = 48;

    private static final int BLOCK = 32;

    private final int sizeX;
    private final int sizeY;
    private final int sizeZ;
    /** Of each channel: y fastest, then z, then x. */
    private final float[][] real;

    private final float[][] imaginary;

    /** The sensitivities at one x, as a grid of y and z. Any thread. */
    interface Maps {
        ChannelGrid at(int x);
    }

    private CrossSections(int channels, int sizeX, int sizeY, int sizeZ) {
        this.sizeX = sizeX;
        this.sizeY = sizeY;
        this.sizeZ = sizeZ;
        this.real = new float[channels][];
        this.imaginary = new float[channels][];
    }

    /**
     * @param kspace which is given up channel by channel
     * @param sizeX pixels that are wanted along x
     * @param pause called between channels
     */
    static CrossSections of(ChannelGrid kspace, int sizeX, Runnable pause) {
        int rows = kspace.sizeY() * kspace.sizeZ();
        CrossSections sections = new CrossSections(kspace.channels(), sizeX, kspace.sizeY(), kspace.sizeZ());
        float[] pixelsReal = new float[sizeX * rows];
        float[] pixelsImaginary = new float[sizeX * rows];
        for (int channel = 0; channel < kspace.channels(); channel++) {
            pause.run();
            GridFft.along(
                    FftPlan.of(kspace.sizeX()),
                    kspace.real(channel),
                    kspace.imaginary(channel),
                    Span.whole(kspace.sizeX()),
                    pixelsReal,
                    pixelsImaginary,
                    Span.middle(kspace.sizeX(), sizeX),
                    1,
                    rows);
            kspace.release(channel);
            sections.real[channel] = transposed(pixelsReal, sizeX, rows);
            sections.imaginary[channel] = transposed(pixelsImaginary, sizeX, rows);
        }
        return sections;
    }

    private static float[] transposed(float[] from, int columns, int rows) {
        float[] to = new float[from.length];
        IntStream.range(0, (columns + BLOCK - 1) / BLOCK).parallel().forEach(block -> {
            int end = Math.min(columns, (block + 1) * BLOCK);
            for (int row = 0; row < rows; row++) {
                for (int column = block * BLOCK; column < end; column++) {
                    to[column * rows + row] = from[row * columns + column];
                }
            }
        });
        return to;
    }

    /** Whole lines about k = 0. */
    static ChannelGrid middle(ChannelGrid kspace) {
        int countY = Math.min(MIDDLE, kspace.sizeY());
        int countZ = Math.min(MIDDLE, kspace.sizeZ());
        return new CalibrationRegion(
                        0,
                        kspace.sizeY() / 2 - countY / 2,
                        kspace.sizeZ() / 2 - countZ / 2,
                        kspace.sizeX(),
                        countY,
                        countZ)
                .cut(kspace);
    }

    /**
     * What cross-sections are to be divided by so that weights mean what they mean for the whole volume.
     *
     * @param middle of k-space, lines of as many points as there are cross-sections
     */
    static double scale(ChannelGrid middle, boolean[] measured, int sizeY, int sizeZ) {
        // A cross-section is divided by the root of its own pixels only, the volume's scale by that of all.
        return DataScale.ofKspace(middle, measured) * Math.sqrt(middle.points() / ((double) sizeY * sizeZ));
    }

    /** The same grid with y fastest, then z, then x. */
    static ChannelGrid turned(ChannelGrid grid) {
        int rows = grid.sizeY() * grid.sizeZ();
        float[][] real = new float[grid.channels()][];
        float[][] imaginary = new float[grid.channels()][];
        Arrays.setAll(real, channel -> transposed(grid.real(channel), grid.sizeX(), rows));
        Arrays.setAll(imaginary, channel -> transposed(grid.imaginary(channel), grid.sizeX(), rows));
        return new ChannelGrid(real, imaginary, grid.sizeY(), grid.sizeZ(), grid.sizeX());
    }

    /**
     * The volume's image, x fastest, real and imaginary part; as bright as the inverse transform makes a whole k-space.
     *
     * @param sampling of y and z
     * @param scale of the data of a cross-section
     * @param noise of its right-hand side
     */
    float[][] solve(
            FourierSampling sampling,
            Maps maps,
            double scale,
            double noise,
            Equation.Solver solver,
            Progress progress) {
        int points = sizeY * sizeZ;
        float[] solvedReal = new float[sizeX * points];
        float[] solvedImaginary = new float[sizeX * points];
        float brightness = (float) Math.sqrt(points);
        IntStream.range(0, sizeX).parallel().forEach(x -> {
            float[][] dataReal = at(real, x, points);
            float[][] dataImaginary = at(imaginary, x, points);
            Equation equation = Equation.of(sampling, maps.at(x), scale, noise, dataReal, dataImaginary);
            float[] toReal = new float[points];
            float[] toImaginary = new float[points];
            solver.solve(equation, toReal, toImaginary, progress);
            for (int i = 0; i < points; i++) {
                solvedReal[i * sizeX + x] = brightness * toReal[i];
                solvedImaginary[i * sizeX + x] = brightness * toImaginary[i];
            }
        });
        return new float[][] {solvedReal, solvedImaginary};
    }

    private static float[][] at(float[][] channels, int x, int points) {
        float[][] section = new float[channels.length][];
        Arrays.setAll(section, channel -> Arrays.copyOfRange(channels[channel], x * points, (x + 1) * points));
        return section;
    }
}
