package org.isocenter.recon.iterative;

import java.util.Arrays;
import java.util.Locale;
import java.util.function.DoubleFunction;
import org.isocenter.model.Encoding;
import org.isocenter.recon.array.ChannelGrid;
import org.isocenter.recon.chain.ChainContext;
import org.isocenter.recon.chain.SlabData;
import org.isocenter.recon.fft.FftPlan;
import org.isocenter.recon.parallel.CalibrationData;
import org.isocenter.recon.parallel.CalibrationRegion;
import org.isocenter.recon.parallel.Espirit;
import org.isocenter.recon.parallel.Oversampling;

/**
 * The image of a slab whose k-space has gaps, as the solution of an equation: what was measured is what is not zero in all
 * channels; sensitivities come from the middle of k-space or lines for calibration. Oversampling along x is cut off first where
 * lines are whole. A volume of whole lines is solved one {@link CrossSections cross-section} at a time.
 */
final class SlabSolution {
    /** Share of the work that sensitivities are. */
    private static final double MAPS = 0.1;
    /** Of a step that solves an equation: two transforms in each of tens of iterations. */
    static final double EFFORT = 40;
    /** Samples along each axis that sensitivities are estimated from. */
    private static final int CALIBRATION = 24;
    /** Fewer along y or z say little about sensitivities. */
    private static final int LEAST_CALIBRATION = 6;

    private final SlabData slab;
    private final Equation.Solver solver;
    private final DoubleFunction<String> method;
    private final ChainContext context;

    private SlabSolution(SlabData slab, Equation.Solver solver, DoubleFunction<String> method, ChainContext context) {
        this.slab = slab;
        this.solver = solver;
        this.method = method;
        this.context = context;
    }

    /**
     * @param given its lines for calibration become lines of the image where they belong to the same measurement
     * @param step its name, for messages
     * @param method in words, for the note, by the noise of the right-hand side over the scale of the data
     * @throws IllegalStateException when the slab is an image already
     */
    static SlabData of(
            SlabData given, ChainContext context, String step, DoubleFunction<String> method, Equation.Solver solver) {
        if (given.domain() == SlabData.Domain.IMAGE) {
            throw new IllegalStateException(
                    "the step '" + step + "' takes k-space, not an image: put it before 'transform', or without it");
        }
        SlabData slab = CalibrationData.joined(given);
        ChannelGrid kspace = slab.values();
        boolean[] measured = measured(kspace);
        if (count(measured) == 0) {
            Encoding e = slab.encoding();
            return slab.withImage(new ChannelGrid(1, e.reconX(), e.reconY(), e.reconZ()));
        }
        return new SlabSolution(slab, solver, method, context).solve(kspace, measured);
    }

    private SlabData solve(ChannelGrid kspace, boolean[] measured) {
        boolean whole = linesAreWhole(measured, kspace.sizeX());
        int sizeX = whole ? Math.min(slab.encoding().reconX(), kspace.sizeX()) : kspace.sizeX();
        if (whole && kspace.sizeZ() > 1) {
            return crossSections(kspace, measured, sizeX);
        }
        ChannelGrid narrow = withoutOversampling(kspace, sizeX);
        boolean[] left = narrow == kspace ? measured : measured(narrow);
        double scale = DataScale.ofKspace(narrow, left);
        double noise = noise(narrow, share(left));
        tell(share(left), noise / scale);
        Equation equation = Equation.of(
                CartesianSampling.of(narrow.sizeX(), narrow.sizeY(), narrow.sizeZ(), left),
                sensitivities(narrow),
                scale,
                noise,
                reals(narrow),
                imaginaries(narrow));
        float[] real = new float[narrow.points()];
        float[] imaginary = new float[narrow.points()];
        solver.solve(equation, real, imaginary, this::tell);
        // As bright as the inverse transform makes a whole k-space.
        Planar.scale((float) Math.sqrt(narrow.points()), real, 0, real.length);
        Planar.scale((float) Math.sqrt(narrow.points()), imaginary, 0, imaginary.length);
        return cut(real, imaginary, narrow.sizeX(), narrow.sizeY(), narrow.sizeZ());
    }

    private SlabData crossSections(ChannelGrid kspace, boolean[] measured, int sizeX) {
        int sizeY = kspace.sizeY();
        int sizeZ = kspace.sizeZ();
        ChannelGrid middle = withoutOversampling(CrossSections.middle(kspace), sizeX);
        double scale = CrossSections.scale(middle, measured(middle), sizeY, sizeZ);
        // Along x the transform of a line adds up the noise of all its points.
        double noise = noise(kspace, share(measured)) * Math.sqrt(kspace.sizeX());
        tell(share(measured), noise / scale);
        CrossSections.Maps maps = kspace.channels() == 1
                ? section -> constant(sizeY, sizeZ, 1)
                : new Espirit.Planes(
                                CrossSections.turned(calibration(middle)),
                                sizeY,
                                sizeZ,
                                sizeX,
                                Espirit.Settings.DEFAULT)::plane;
        context.throwIfStopped();
        boolean[] pattern = new boolean[sizeY * sizeZ];
        for (int row = 0; row < pattern.length; row++) {
            pattern[row] = measured[row * kspace.sizeX()];
        }
        CrossSections sections = CrossSections.of(kspace, sizeX, context::throwIfStopped);
        Equation.Solver telling = (equation, real, imaginary, progress) -> {
            solver.solve(equation, real, imaginary, progress);
            context.advance(1.0 / sizeX);
        };
        float[][] image = sections.solve(
                CartesianSampling.of(sizeY, sizeZ, 1, pattern), maps, scale, noise, telling, this::throwIfStopped);
        return cut(image[0], image[1], sizeX, sizeY, sizeZ);
    }

    private void tell(double share, double relativeNoise) {
        context.notes()
                .add(String.format(
                        Locale.ROOT,
                        "%.0f %% of k-space were measured: image by %s",
                        100 * share,
                        method.apply(relativeNoise)));
    }

    /** Of a pixel of the adjoint image: the operator is unitary for a whole k-space. */
    private static double noise(ChannelGrid kspace, double share) {
        return Math.sqrt(NoiseFloor.variance(kspace) * share);
    }

    private static double share(boolean[] measured) {
        return (double) count(measured) / measured.length;
    }

    private boolean tell(int iteration, int most, double change) {
        context.advance((1 - MAPS) / most);
        return throwIfStopped(iteration, most, change);
    }

    private boolean throwIfStopped(int iteration, int most, double change) {
        context.throwIfStopped();
        return true;
    }

    /** The slab with the middle of an image. */
    private SlabData cut(float[] real, float[] imaginary, int sizeX, int sizeY, int sizeZ) {
        Encoding e = slab.encoding();
        ChannelGrid image = new ChannelGrid(1, e.reconX(), e.reconY(), e.reconZ());
        int firstX = sizeX / 2 - e.reconX() / 2;
        for (int z = 0; z < e.reconZ(); z++) {
            for (int y = 0; y < e.reconY(); y++) {
                int fromY = y + sizeY / 2 - e.reconY() / 2;
                int fromZ = z + sizeZ / 2 - e.reconZ() / 2;
                boolean inside = fromY >= 0 && fromY < sizeY && fromZ >= 0 && fromZ < sizeZ;
                for (int x = 0; x < e.reconX() && inside; x++) {
                    int fromX = x + firstX;
                    if (fromX >= 0 && fromX < sizeX) {
                        int at = (fromZ * sizeY + fromY) * sizeX + fromX;
                        int to = (z * e.reconY() + y) * e.reconX() + x;
                        image.real(0)[to] = real[at];
                        image.imaginary(0)[to] = imaginary[at];
                    }
                }
            }
        }
        return slab.withImage(image);
    }

    private static float[][] reals(ChannelGrid grid) {
        float[][] values = new float[grid.channels()][];
        Arrays.setAll(values, grid::real);
        return values;
    }

    private static float[][] imaginaries(ChannelGrid grid) {
        float[][] values = new float[grid.channels()][];
        Arrays.setAll(values, grid::imaginary);
        return values;
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
        if (sizeX == kspace.sizeX()) {
            return kspace;
        }
        int rows = kspace.sizeY() * kspace.sizeZ();
        ChannelGrid narrow = new ChannelGrid(kspace.channels(), sizeX, kspace.sizeY(), kspace.sizeZ());
        FftPlan whole = FftPlan.of(kspace.sizeX());
        FftPlan kept = FftPlan.of(sizeX);
        for (int channel = 0; channel < kspace.channels(); channel++) {
            Oversampling.cut(
                    whole,
                    kspace.real(channel),
                    kspace.imaginary(channel),
                    kept,
                    narrow.real(channel),
                    narrow.imaginary(channel),
                    rows);
        }
        return narrow;
    }

    private ChannelGrid sensitivities(ChannelGrid kspace) {
        if (kspace.channels() == 1) {
            return constant(kspace.sizeX(), kspace.sizeY(), kspace.sizeZ());
        }
        return Espirit.sensitivities(
                        calibration(kspace),
                        kspace.sizeX(),
                        kspace.sizeY(),
                        kspace.sizeZ(),
                        Espirit.Settings.DEFAULT,
                        context.loop(MAPS))
                .maps();
    }

    private static ChannelGrid constant(int sizeX, int sizeY, int sizeZ) {
        ChannelGrid one = new ChannelGrid(1, sizeX, sizeY, sizeZ);
        Arrays.fill(one.real(0), 1);
        return one;
    }

    /** From the middle of k-space, or from lines for calibration where more of them are there. */
    private ChannelGrid calibration(ChannelGrid kspace) {
        ChannelGrid source = kspace;
        CalibrationRegion region = CalibrationRegion.find(kspace, CALIBRATION, CALIBRATION, CALIBRATION);
        if (slab.calibration() != null) {
            ChannelGrid fitting = withoutOversampling(slab.calibration().values(), kspace.sizeX());
            CalibrationRegion separate = CalibrationRegion.find(fitting, CALIBRATION, CALIBRATION, CALIBRATION);
            if (separate.sizeY() * separate.sizeZ() > region.sizeY() * region.sizeZ()) {
                source = fitting;
                region = separate;
            }
        }
        if (isThin(region.sizeY(), kspace.sizeY()) || isThin(region.sizeZ(), kspace.sizeZ())) {
            context.notes()
                    .add("only " + region.sizeY() + "×" + region.sizeZ()
                            + " lines about the middle of k-space have no gap"
                            + " between them: the sensitivities of the channels are rough; measure "
                            + CALIBRATION + " there");
        }
        return region.cut(source);
    }

    private static boolean isThin(int lines, int size) {
        return lines < Math.min(LEAST_CALIBRATION, size);
    }
}
