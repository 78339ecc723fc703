package org.isocenter.hardware.virtual;

import java.util.List;
import org.isocenter.hardware.virtual.phantom.Material;

/**
 * Sums up what spins send during ADC windows of the same curves. In place of one sum over the spins for each sample there
 * are a few, one for each term of an {@link Expansion}, and a small matrix that makes samples of them. A long window whose
 * curves would take many terms at once is cut into segments, to which the spins are turned one by one; in the end each
 * segment is a single sample, which is the plain sum. Error against the sum itself: below 1e-5 of the sum of magnitudes.
 * Safe for any thread.
 */
final class Receiver {
    /** The plain sum, for blocks which are so large that their expansion would take longer. */
    private final SummingPlan direct;

    private final SummingPlan expanded;
    private final PhaseCurves curves;

    /** @param direct a basis without directions */
    Receiver(PhaseCurves curves, PhaseBasis basis, PhaseCurves sampleBySample, PhaseBasis direct) {
        this.curves = curves;
        expanded = new SummingPlan(curves, basis);
        this.direct = new SummingPlan(sampleBySample, direct);
    }

    /** Whether it also serves a window of these curves. */
    boolean suits(double[][] curve) {
        return curves.sameAs(curve);
    }

    int samples() {
        return curves.samples;
    }

    /**
     * Adds a block's signal, in units of a spin's equilibrium.
     *
     * @param share the factor of all of it
     */
    void add(SpinBlock block, float[] mx, float[] my, float share, ReceiverScratch scratch, Accumulator accumulator) {
        BlockProjection projection = scratch.projection(block, expanded.basis());
        int terms = projection.expansion().terms();
        if (terms > Expansion.MOST_TERMS
                || curves.nanosecondsPerSpin(terms) > direct.curves().nanosecondsPerSpin(1)) {
            add(direct, scratch.projection(block, direct.basis()), block, mx, my, share, scratch, accumulator);
        } else {
            add(expanded, projection, block, mx, my, share, scratch, accumulator);
        }
    }

    private static void add(
            SummingPlan plan,
            BlockProjection projection,
            SpinBlock block,
            float[] mx,
            float[] my,
            float share,
            ReceiverScratch scratch,
            Accumulator accumulator) {
        PhaseCurves curves = plan.curves();
        int terms = projection.expansion().terms();
        float[][] coefficients = plan.coefficients(projection.expansion());
        scratch.begin(curves.samples, terms);
        for (int segment = 0; segment < curves.segments; segment++) {
            float[] x = mx;
            float[] y = my;
            if (!curves.startsHere(segment)) {
                x = scratch.turnedX;
                y = scratch.turnedY;
                scratch.turns.set(block, curves.reference[segment]);
                scratch.kernels.turn(block, scratch.turns, 1, mx, my, x, y);
            }
            scratch.kernels.project(
                    block.spins,
                    terms,
                    projection.partLength(),
                    projection.weight(),
                    x,
                    y,
                    scratch.termRe,
                    scratch.termIm);
            scratch.toSamples(projection.expansion(), coefficients, share, curves.from(segment), curves.to(segment));
        }
        scratch.centrePhases(curves, projection.centre());
        scratch.addTo(accumulator, curves.samples);
    }

    /**
     * The samples: each material's accumulated signal times its weight.
     *
     * @param perMaterial null where a material has no spins
     */
    void finish(List<Accumulator> perMaterial, double[] weights, List<Material> materials, double[] re, double[] im) {
        double[] seconds = curves.curve[3];
        for (int m = 0; m < materials.size(); m++) {
            Accumulator sum = perMaterial.get(m);
            if (sum == null) {
                continue;
            }
            double t2 = materials.get(m).t2Seconds();
            for (int n = 0; n < curves.samples; n++) {
                double scale = weights[m] * Math.exp(-seconds[n] / t2);
                re[n] += scale * sum.re[n];
                im[n] += scale * sum.im[n];
            }
        }
    }
}
