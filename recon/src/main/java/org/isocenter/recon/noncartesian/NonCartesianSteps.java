package org.isocenter.recon.noncartesian;

import java.util.List;
import java.util.Locale;
import org.isocenter.model.Unit;
import org.isocenter.recon.chain.StepParameter;
import org.isocenter.recon.chain.StepType;
import org.isocenter.recon.chain.StepValues;
import org.isocenter.recon.iterative.IterativeSteps;

/** What chains can name to make images of samples anywhere in k-space. */
public final class NonCartesianSteps {

    /** Of readouts. */
    public static final List<StepType> RAW = List.of(StepType.raw(
            "gradient-delays",
            "Moves the positions of spokes, spirals and others by delays of the gradients that are known (Robison et al. 2010), or by"
                    + " those found in plane whole spokes, from what they measured where they cross (RING, Rosenzweig et al. 2019);"
                    + " finding them wants several channels or an object beside the centre.",
            values ->
                    new GradientDelayStep(new KnownDelays(values.number("x"), values.number("y"), values.number("z"))),
            delay("x", "along the trajectory's first axis, in any trajectory; 0 for all three: found in the spokes"),
            delay("y", "along its second axis"),
            delay("z", "along its third axis")));

    /** From readouts to images. */
    public static final List<StepType> READOUT = List.of(
            StepType.readout(
                    "gridding",
                    "Makes images of radial, spiral and other trajectories by gridding with density compensation (Jackson"
                            + " et al. 1991).",
                    values -> new NonCartesianStep(new GriddingInversion(GriddingInversion.Density.valueOf(
                            values.text("density").toUpperCase(Locale.ROOT)))),
                    StepParameter.word(
                            "density",
                            List.of("area", "radius", "none"),
                            "what samples are multiplied by: the part of k-space that each stands for, their distance from its"
                                    + " centre, or nothing")),
            StepType.readout(
                    "nufft",
                    "Makes images of radial, spiral and other trajectories by least squares, each channel by itself (Fessler et"
                            + " al. 2005).",
                    values -> leastSquares(values, false),
                    parameters(50, false)),
            StepType.readout(
                    "nufft-sense",
                    "Makes one image of all channels of radial, spiral and other trajectories by CG-SENSE, with sensitivities"
                            + " estimated from the middle of k-space (Pruessmann et al. 2001); for undersampled data.",
                    values -> leastSquares(values, true),
                    parameters(20, true)),
            StepType.readout(
                    "nufft-compressed-sensing",
                    "Makes one image of all channels of undersampled radial, spiral and other trajectories that is sparse in a"
                            + " wavelet transform or its gradient, with sensitivities from the middle of k-space (Lustig et"
                            + " al. 2007).",
                    values -> new NonCartesianStep(new SparseInversion(IterativeSteps.compressedSensing(values))),
                    IterativeSteps.sparsity()));

    private NonCartesianSteps() {}

    private static StepParameter delay(String axis, String description) {
        return StepParameter.number(axis, Unit.SECOND, 0, -1e-3, 1e-3, description);
    }

    private static StepParameter[] parameters(int iterations, boolean weighted) {
        return new StepParameter[] {
            StepParameter.count("iterations", iterations, 1, 1000, "of conjugate gradients; more sharpen noise too"),
            StepParameter.number(
                    "regularisation",
                    Unit.NONE,
                    0,
                    0,
                    1e6,
                    "added to the normal operator (Tikhonov): dampens noise, and blurs where little was measured"),
            StepParameter.flag(
                    "density-weighted",
                    weighted,
                    "weighs residuals by the part of k-space that they stand for: fewer iterations, a little more noise")
        };
    }

    private static NonCartesianStep leastSquares(StepValues values, boolean sense) {
        return new NonCartesianStep(new LeastSquaresInversion(new LeastSquaresInversion.Settings(
                sense, values.count("iterations"), values.number("regularisation"), values.flag("density-weighted"))));
    }
}
