package org.isocenter.recon.iterative;

import java.util.Locale;
import org.isocenter.recon.chain.ChainContext;
import org.isocenter.recon.chain.SlabData;
import org.isocenter.recon.chain.SlabStep;

/** Conjugate-gradient SENSE (Pruessmann et al. 2001) of a slab's k-space in any Cartesian pattern: one complex image. */
public record CgSenseStep(double weight, Limits limits) implements SlabStep {
    static final String NAME = "cg-sense";

    @Override
    public SlabData apply(SlabData slab, ChainContext context) {
        SlabProblem problem = SlabProblem.of(slab, context, NAME);
        if (problem == null) {
            return SlabProblem.empty(slab);
        }
        float[] real = new float[problem.encoding().points()];
        float[] imaginary = new float[real.length];
        new ConjugateGradient(problem.encoding())
                .solve(
                        weight,
                        problem.adjointReal(),
                        problem.adjointImaginary(),
                        real,
                        imaginary,
                        limits,
                        (iteration, most, change) -> {
                            context.throwIfStopped();
                            return true;
                        });
        context.notes()
                .add(String.format(
                        Locale.ROOT,
                        "%.0f %% of k-space were measured: image by conjugate-gradient SENSE",
                        100 * problem.measuredShare()));
        return problem.solved(real, imaginary);
    }
}
