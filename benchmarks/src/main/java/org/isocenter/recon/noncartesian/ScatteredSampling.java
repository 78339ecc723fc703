package org.isocenter.recon.noncartesian;

import java.util.Arrays;
import org.isocenter.recon.iterative.FourierSampling;

/** Samples anywhere in k-space for a race; in this package to reach them without readouts. */
public final class ScatteredSampling {
    private ScatteredSampling() {}

    /** @param k positions along x and y, in turns across the field of view, of a square image of so many pixels */
    public static FourierSampling of(float[][] k, int size) {
        boolean[] wanted = new boolean[k[0].length];
        Arrays.fill(wanted, true);
        float[] ones = new float[wanted.length];
        Arrays.fill(ones, 1);
        Samples samples = new Samples(k, wanted, new int[] {0, wanted.length});
        KernelGrid grid = new KernelGrid(size, size);
        return new NufftSampling(samples, grid, new Nufft(samples, grid), ones);
    }
}
