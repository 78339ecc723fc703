package org.isocenter.recon.noncartesian;

import org.isocenter.recon.array.ChannelGrid;
import org.isocenter.recon.chain.ChainContext;
import org.isocenter.recon.fft.GridFft;
import org.isocenter.recon.parallel.AdaptiveCombine;

/** Sensitivities of channels from the middle of k-space, which radial and spiral scans always sample fully. */
final class MiddleSensitivities {
    /** Points of the middle of k-space along each axis. */
    private static final int CALIBRATION = 24;
    /** Of an image's work. */
    static final double SHARE = 0.1;
    /** Pixels of a block over which channels are compared. */
    private static final int BLOCK = 5;

    private MiddleSensitivities() {}

    /** Of the middle of each channel's gridded k-space. */
    static ChannelGrid of(SlabSamples where, float[][] real, float[][] imaginary, ChainContext context) {
        float[][] copyReal = new float[real.length][];
        float[][] copyImaginary = new float[real.length][];
        for (int channel = 0; channel < real.length; channel++) {
            copyReal[channel] = real[channel].clone();
            copyImaginary[channel] = imaginary[channel].clone();
        }
        ChannelGrid gridded = new GriddingInversion(GriddingInversion.Density.AREA)
                .image(where, copyReal, copyImaginary, context, SHARE / 2);
        GridFft.forward(gridded);
        ChannelGrid middle = new ChannelGrid(
                gridded.channels(),
                Math.min(CALIBRATION, gridded.sizeX()),
                Math.min(CALIBRATION, gridded.sizeY()),
                Math.min(CALIBRATION, gridded.sizeZ()));
        for (int channel = 0; channel < gridded.channels(); channel++) {
            cut(gridded, gridded.real(channel), middle, middle.real(channel));
            cut(gridded, gridded.imaginary(channel), middle, middle.imaginary(channel));
        }
        return AdaptiveCombine.ofCalibration(
                        middle, gridded.sizeX(), gridded.sizeY(), gridded.sizeZ(), BLOCK, context.loop(SHARE / 2))
                .maps();
    }

    private static void cut(ChannelGrid whole, float[] from, ChannelGrid middle, float[] to) {
        int firstX = whole.sizeX() / 2 - middle.sizeX() / 2;
        int firstY = whole.sizeY() / 2 - middle.sizeY() / 2;
        int firstZ = whole.sizeZ() / 2 - middle.sizeZ() / 2;
        for (int z = 0; z < middle.sizeZ(); z++) {
            for (int y = 0; y < middle.sizeY(); y++) {
                int row = ((firstZ + z) * whole.sizeY() + firstY + y) * whole.sizeX() + firstX;
                System.arraycopy(from, row, to, (z * middle.sizeY() + y) * middle.sizeX(), middle.sizeX());
            }
        }
    }
}
