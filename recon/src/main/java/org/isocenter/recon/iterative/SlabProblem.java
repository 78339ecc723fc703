package org.isocenter.recon.iterative;

import java.util.Arrays;
import org.isocenter.model.Encoding;
import org.isocenter.recon.array.ChannelGrid;
import org.isocenter.recon.chain.ChainContext;
import org.isocenter.recon.chain.SlabData;
import org.isocenter.recon.fft.FftPlan;
import org.isocenter.recon.fft.GridFft;
import org.isocenter.recon.fft.Span;
import org.isocenter.recon.parallel.CalibrationRegion;
import org.isocenter.recon.parallel.Espirit;

/**
 * The k-space of a slab as the right-hand side of an equation for its image: what was measured (what is not zero in all channels), the
 * sensitivities of the channels, the adjoint image, and the scale of the data. Oversampling along x is cut off first where
 * lines are whole. One solution at a time.
 */
final class SlabProblem {
    /** Samples along each axis that sensitivities are estimated from. */
    private static final int CALIBRATION = 24;
    /** Fewer along y or z say little about sensitivities. */
    private static final int LEAST_CALIBRATION = 6;

    private final SlabData slab;
    private final EncodingOperator encoding;
    private final double scale;
    private final double measuredShare;
    private final float[] adjointReal;
    private final float[] adjointImaginary;

    private SlabProblem(SlabData slab, ChannelGrid kspace, boolean[] measured, ChainContext context) {
        this.slab = slab;
        CartesianSampling sampling = CartesianSampling.of(kspace.sizeX(), kspace.sizeY(), kspace.sizeZ(), measured);
        encoding = new EncodingOperator(sampling, sensitivities(slab, kspace, context));
        scale = DataScale.ofKspace(kspace, measured);
        measuredShare = (double) count(measured) / measured.length;
        adjointReal = new float[kspace.points()];
        adjointImaginary = new float[kspace.points()];
        float[][] real = new float[kspace.channels()][];
        float[][] imaginary = new float[kspace.channels()][];
        Arrays.setAll(real, kspace::real);
        Arrays.setAll(imaginary, kspace::imaginary);
        encoding.adjoint(real, imaginary, adjointReal, adjointImaginary);
    }

    /**
     * @return null when nothing was measured
     * @throws IllegalStateException when the slab is an image already
     */
    static SlabProblem of(SlabData slab, ChainContext context, String step) {
        if (slab.domain() == SlabData.Domain.IMAGE) {
            throw new IllegalStateException(
                    "the step '" + step + "' takes k-space, not an image: put it before 'transform', or without it");
        }
        ChannelGrid kspace = slab.values();
        boolean[] measured = measured(kspace);
        if (count(measured) == 0) {
            return null;
        }
        if (slab.encoding().reconX() < kspace.sizeX() && linesAreWhole(measured, kspace.sizeX())) {
            kspace = withoutOversampling(kspace, slab.encoding().reconX());
            measured = measured(kspace);
        }
        return new SlabProblem(slab, kspace, measured, context);
    }

    EncodingOperator encoding() {
        return encoding;
    }

    /** What weights of regularisers are multiplied by. */
    double scale() {
        return scale;
    }

    float[] adjointReal() {
        return adjointReal;
    }

    float[] adjointImaginary() {
        return adjointImaginary;
    }

    /** Of the points of k-space. */
    double measuredShare() {
        return measuredShare;
    }

    /** The slab with its image, as bright as the inverse transform makes a whole k-space. */
    SlabData solved(float[] real, float[] imaginary) {
        FourierSampling from = encoding.sampling();
        Encoding e = slab.encoding();
        ChannelGrid image = new ChannelGrid(1, e.reconX(), e.reconY(), e.reconZ());
        float brightness = (float) Math.sqrt(from.points());
        int firstX = from.sizeX() / 2 - e.reconX() / 2;
        for (int z = 0; z < e.reconZ(); z++) {
            for (int y = 0; y < e.reconY(); y++) {
                int fromY = y + from.sizeY() / 2 - e.reconY() / 2;
                int fromZ = z + from.sizeZ() / 2 - e.reconZ() / 2;
                boolean inside = fromY >= 0 && fromY < from.sizeY() && fromZ >= 0 && fromZ < from.sizeZ();
                for (int x = 0; x < e.reconX() && inside; x++) {
                    int fromX = x + firstX;
                    if (fromX >= 0 && fromX < from.sizeX()) {
                        int at = (fromZ * from.sizeY() + fromY) * from.sizeX() + fromX;
                        int to = (z * e.reconY() + y) * e.reconX() + x;
                        image.real(0)[to] = brightness * real[at];
                        image.imaginary(0)[to] = brightness * imaginary[at];
                    }
                }
            }
        }
        return slab.withImage(image);
    }

    /** The image of a slab of which nothing was measured. */
    static SlabData empty(SlabData slab) {
        Encoding e = slab.encoding();
        return slab.withImage(new ChannelGrid(1, e.reconX(), e.reconY(), e.reconZ()));
    }

    private static boolean[] measured(ChannelGrid kspace) {
        boolean[] measured = new boolean[kspace.points()];
        for (int channel = 0; channel < kspace.channels(); channel++) {
            float[] real = kspace.real(channel);
            float[] imaginary = kspace.imaginary(channel);
            for (int i = 0; i < measured.length; i++) {
                measured[i] |= real[i] != 0 || imaginary[i] != 0;
            }
        }
        return measured;
    }

    private static int count(boolean[] measured) {
        int count = 0;
        for (boolean each : measured) {
            count += each ? 1 : 0;
        }
        return count;
    }

    private static boolean linesAreWhole(boolean[] measured, int sizeX) {
        for (int i = 0; i < measured.length; i++) {
            if (measured[i] != measured[i - i % sizeX]) {
                return false;
            }
        }
        return true;
    }

    /** The k-space of the middle of the image along x. */
    private static ChannelGrid withoutOversampling(ChannelGrid kspace, int sizeX) {
        int rows = kspace.sizeY() * kspace.sizeZ();
        ChannelGrid narrow = new ChannelGrid(kspace.channels(), sizeX, kspace.sizeY(), kspace.sizeZ());
        Span middle = Span.middle(kspace.sizeX(), sizeX);
        for (int channel = 0; channel < kspace.channels(); channel++) {
            float[] real = narrow.real(channel);
            float[] imaginary = narrow.imaginary(channel);
            GridFft.along(
                    FftPlan.of(kspace.sizeX()),
                    kspace.real(channel),
                    kspace.imaginary(channel),
                    Span.whole(kspace.sizeX()),
                    real,
                    imaginary,
                    middle,
                    1,
                    rows);
            // The forward transform is the inverse one with the parts changing places.
            GridFft.along(sizeX, imaginary, real, 1, rows);
            Planar.scale(1f / sizeX, real, 0, real.length);
            Planar.scale(1f / sizeX, imaginary, 0, imaginary.length);
        }
        return narrow;
    }

    /** From the middle of k-space, or from lines for calibration where more of them are there. */
    private static ChannelGrid sensitivities(SlabData slab, ChannelGrid kspace, ChainContext context) {
        if (kspace.channels() == 1) {
            ChannelGrid one = new ChannelGrid(1, kspace.sizeX(), kspace.sizeY(), kspace.sizeZ());
            Arrays.fill(one.real(0), 1);
            return one;
        }
        ChannelGrid source = kspace;
        CalibrationRegion region = CalibrationRegion.find(kspace, CALIBRATION, CALIBRATION, CALIBRATION);
        if (slab.calibration() != null) {
            ChannelGrid separate = slab.calibration().values();
            ChannelGrid fitting =
                    separate.sizeX() == kspace.sizeX() ? separate : withoutOversampling(separate, kspace.sizeX());
            CalibrationRegion measured = CalibrationRegion.find(fitting, CALIBRATION, CALIBRATION, CALIBRATION);
            if (measured.sizeY() * measured.sizeZ() > region.sizeY() * region.sizeZ()) {
                source = fitting;
                region = measured;
            }
        }
        if (isThin(region.sizeY(), kspace.sizeY()) || isThin(region.sizeZ(), kspace.sizeZ())) {
            context.notes()
                    .add("only " + region.sizeY() + "×" + region.sizeZ()
                            + " lines about the middle of k-space have no gap"
                            + " between them: the sensitivities of the channels are rough; measure "
                            + CALIBRATION + " there");
        }
        return Espirit.sensitivities(
                        region.cut(source), kspace.sizeX(), kspace.sizeY(), kspace.sizeZ(), Espirit.Settings.DEFAULT)
                .maps();
    }

    private static boolean isThin(int lines, int size) {
        return lines < Math.min(LEAST_CALIBRATION, size);
    }
}
