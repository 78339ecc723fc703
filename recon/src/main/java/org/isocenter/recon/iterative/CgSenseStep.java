package org.isocenter.recon.iterative;

import org.isocenter.recon.chain.ChainContext;
import org.isocenter.recon.chain.SlabData;
import org.isocenter.recon.chain.SlabStep;

/** Conjugate-gradient SENSE (Pruessmann et al. 2001) of a slab's k-space in any Cartesian pattern: one complex image. */
public record CgSenseStep(double weight, Limits limits) implements SlabStep {
    static final String NAME = "cg-sense";

    @Override
    public double effort() {
        return SlabSolution.EFFORT;
    }

    @Override
    public SlabData apply(SlabData slab, ChainContext context) {
        return SlabSolution.of(slab, context, NAME, noise -> "conjugate-gradient SENSE", this::solve);
    }

    private void solve(Equation equation, float[] real, float[] imaginary, Progress progress) {
        new ConjugateGradient(equation.encoding())
                .solve(weight, equation.adjointReal(), equation.adjointImaginary(), real, imaginary, limits, progress);
    }
}
