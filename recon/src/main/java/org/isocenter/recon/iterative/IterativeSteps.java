package org.isocenter.recon.iterative;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.isocenter.model.Unit;
import org.isocenter.recon.chain.StepParameter;
import org.isocenter.recon.chain.StepType;
import org.isocenter.recon.chain.StepValues;
import org.isocenter.recon.iterative.CompressedSensingStep.Measure;
import org.isocenter.recon.iterative.CompressedSensingStep.Solver;

/** The iterative reconstructions as chains can name them. */
public final class IterativeSteps {
    private static final StepParameter TOLERANCE = StepParameter.number(
            "tolerance", Unit.NONE, 1e-4, 0, 1, "relative residual or change at which iterations end; 0 for never");

    private static final StepParameter[] SPARSITY = {
        StepParameter.word(
                "measure",
                Arrays.stream(Measure.values())
                        .map(CompressedSensingStep::words)
                        .toList(),
                "what is to be sparse: coefficients of a wavelet, or the gradient"),
        StepParameter.word("solver", List.of("fista", "admm"), "how the image is found"),
        StepParameter.number(
                "weight",
                Unit.NONE,
                CompressedSensingStep.BY_NOISE,
                0,
                100,
                "of the measure, for data of unit brightness; 0: by the noise of the data"),
        StepParameter.count("iterations", 100, 1, 10_000, "at most"),
        TOLERANCE,
        StepParameter.flag("spinning", true, "rotate the image by chance before each wavelet transform"),
        StepParameter.count("seed", 1, 0, Integer.MAX_VALUE, "of the rotations")
    };

    /** Of k-space. */
    public static final List<StepType> SLAB = List.of(
            StepType.slab(
                    CgSenseStep.NAME,
                    "Solves for the image of undersampled lines or points by conjugate gradients, with sensitivities from the"
                            + " middle of k-space (Pruessmann et al. 2001).",
                    values -> new CgSenseStep(values.number("weight"), limits(values)),
                    StepParameter.number(
                            "weight",
                            Unit.NONE,
                            0.001,
                            0,
                            100,
                            "of the image's energy (Tikhonov), for unit sensitivities"),
                    StepParameter.count("iterations", 30, 1, 10_000, "at most"),
                    TOLERANCE),
            StepType.slab(
                    CompressedSensingStep.NAME,
                    "Solves for the image of irregularly undersampled lines or points that is sparse in a wavelet transform or"
                            + " its gradient, with sensitivities from the middle of k-space (Lustig et al. 2007).",
                    IterativeSteps::compressedSensing,
                    SPARSITY));

    private IterativeSteps() {}

    /** The parameters of compressed sensing, for a step of samples that follow no grid. */
    public static StepParameter[] sparsity() {
        return SPARSITY.clone();
    }

    /** Of values of {@link #sparsity}. */
    public static CompressedSensingStep compressedSensing(StepValues values) {
        return new CompressedSensingStep(
                Measure.valueOf(constant(values.text("measure"))),
                Solver.valueOf(constant(values.text("solver"))),
                values.number("weight"),
                limits(values),
                values.flag("spinning"),
                values.count("seed"));
    }

    private static Limits limits(StepValues values) {
        return new Limits(values.count("iterations"), values.number("tolerance"));
    }

    private static String constant(String word) {
        return word.toUpperCase(Locale.ROOT).replace('-', '_');
    }
}
