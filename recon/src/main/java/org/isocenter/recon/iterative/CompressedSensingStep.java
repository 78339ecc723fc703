package org.isocenter.recon.iterative;

import java.util.Locale;
import org.isocenter.recon.chain.ChainContext;
import org.isocenter.recon.chain.SlabData;
import org.isocenter.recon.chain.SlabStep;

/**
 * Compressed sensing (Lustig et al. 2007) of a slab's k-space in any Cartesian pattern, with the sensitivities of its
 * channels: one complex image.
 *
 * @param weight of the measure, for data divided by {@link DataScale}; {@link #BY_NOISE} for what suits the noise of the data
 * @param seed of the rotations of cycle spinning
 */
public record CompressedSensingStep(
        Measure measure, Solver solver, double weight, Limits limits, boolean spinning, long seed) implements SlabStep {
    static final String NAME = "compressed-sensing";
    /** A weight that is chosen by the noise of the data. */
    public static final double BY_NOISE = 0;

    /** The weight over the noise of a pixel of the adjoint image: what hides the noise and little more. */
    private static final double WEIGHT_PER_NOISE = 0.35;
    /** The weight of data without noise, whose gaps still want some; as far as the measure is fit for it. */
    private static final double LEAST_WEIGHT = 1e-3;
    /** ρ of ADMM, for sensitivities whose squares sum to 1. */
    private static final double PENALTY = 0.1;

    /** What is unlikely of an image. */
    public enum Measure {
        DAUBECHIES_4,
        HAAR,
        TOTAL_VARIATION
    }

    /** How the image is found. */
    public enum Solver {
        FISTA,
        ADMM
    }

    @Override
    public double effort() {
        return SlabSolution.EFFORT;
    }

    @Override
    public SlabData apply(SlabData slab, ChainContext context) {
        return SlabSolution.of(slab, context, NAME, this::method, this::solve);
    }

    /**
     * In words.
     *
     * @param relativeNoise of the right-hand side over the scale of the data
     */
    public String method(double relativeNoise) {
        return weight == BY_NOISE
                ? String.format(
                        Locale.ROOT,
                        "compressed sensing (%s, weight %.2g by the noise of the data)",
                        words(measure),
                        weight(relativeNoise))
                : "compressed sensing (" + words(measure) + ", weight " + weight + ")";
    }

    private double weight(double relativeNoise) {
        return weight == BY_NOISE ? Math.max(LEAST_WEIGHT, WEIGHT_PER_NOISE * relativeNoise) : weight;
    }

    /** Improves an image, from which it starts. */
    public void solve(Equation equation, float[] real, float[] imaginary, Progress progress) {
        EncodingOperator encoding = equation.encoding();
        Regulariser regulariser = regulariser(encoding.sampling());
        double scaled = weight(equation.noise() / equation.scale()) * equation.scale();
        switch (solver) {
            case FISTA ->
                new ProximalGradient(encoding)
                        .solve(
                                PowerMethod.largestEigenvalue(encoding),
                                regulariser,
                                scaled,
                                equation.adjointReal(),
                                equation.adjointImaginary(),
                                real,
                                imaginary,
                                limits,
                                progress);
            case ADMM ->
                new AlternatingDirections(encoding)
                        .solve(
                                PENALTY,
                                regulariser,
                                scaled,
                                equation.adjointReal(),
                                equation.adjointImaginary(),
                                real,
                                imaginary,
                                limits,
                                progress);
        }
    }

    private Regulariser regulariser(FourierSampling size) {
        if (measure == Measure.TOTAL_VARIATION) {
            return new TotalVariation(size.sizeX(), size.sizeY(), size.sizeZ());
        }
        WaveletFilter filter = WaveletFilter.valueOf(measure.name());
        return spinning
                ? WaveletSparsity.spinning(filter, size.sizeX(), size.sizeY(), size.sizeZ(), seed)
                : WaveletSparsity.still(filter, size.sizeX(), size.sizeY(), size.sizeZ());
    }

    /** "total-variation". */
    static String words(Measure measure) {
        return measure.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
