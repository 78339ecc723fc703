package org.isocenter.hardware.virtual;

import java.util.List;
import org.isocenter.hardware.virtual.phantom.Material;

/** Sums up what spins send during an ADC window. Immutable; accumulators belong to the caller. */
interface Receiver {
    /** Length of the real and of the imaginary accumulator of one group of spins. */
    int accumulatorLength();

    /** Adds a block's signal, in units of a spin's equilibrium. */
    void add(SpinBlock block, float[] mx, float[] my, SpinKernels kernels, Accumulator accumulator);

    /**
     * The samples: each material's accumulated signal times its weight.
     *
     * @param perMaterial null where a material has no spins
     */
    void finish(List<Accumulator> perMaterial, double[] weights, List<Material> materials, double[] re, double[] im);
}
