package org.isocenter.recon.noncartesian;

import java.util.Arrays;
import java.util.List;
import java.util.function.IntFunction;
import org.isocenter.model.Readout;
import org.isocenter.model.ReadoutHeader;

/**
 * Where one slab's samples lie in k-space, readout after readout, in turns across the field of view (k times its extent):
 * the image's matrix reaches from -N/2 to N/2.
 *
 * @param k per dimension, 2 or 3 of them, each sample's position
 * @param wanted false for samples that the scanner discards or that lie outside of the image's matrix
 * @param starts the first sample of each readout, and the number of all samples at the end
 */
record Samples(float[][] k, boolean[] wanted, int[] starts) {
    private static final double ROUNDING = 1e-3;

    /**
     * @param fov extent of the image along each dimension, in the inverse of the trajectories' unit
     * @param pixels of the image along each dimension
     */
    static Samples of(List<Readout> readouts, double[] fov, int[] pixels) {
        int[] starts = new int[readouts.size() + 1];
        for (int i = 0; i < readouts.size(); i++) {
            starts[i + 1] = Math.addExact(starts[i], readouts.get(i).header().samples());
        }
        int count = starts[readouts.size()];
        float[][] k = new float[fov.length][count];
        boolean[] wanted = new boolean[count];
        for (int i = 0; i < readouts.size(); i++) {
            Readout readout = readouts.get(i);
            ReadoutHeader header = readout.header();
            float[] trajectory = readout.trajectoryPerMeter();
            int stride = readout.trajectoryDimensions();
            for (int s = 0; s < header.samples(); s++) {
                boolean inside = s >= header.discardPre() && s < header.samples() - header.discardPost();
                for (int d = 0; d < fov.length; d++) {
                    double turns = d < stride ? trajectory[s * stride + d] * fov[d] : 0;
                    k[d][starts[i] + s] = (float) turns;
                    inside &= Math.abs(turns) <= pixels[d] / 2.0 + ROUNDING;
                }
                wanted[starts[i] + s] = inside;
            }
        }
        return new Samples(k, wanted, starts);
    }

    int count() {
        return wanted.length;
    }

    int readouts() {
        return starts.length - 1;
    }

    int dimensions() {
        return k.length;
    }

    double radius(int sample) {
        double sum = 0;
        for (float[] axis : k) {
            sum += (double) axis[sample] * axis[sample];
        }
        return Math.sqrt(sum);
    }

    /**
     * Weights of all samples.
     *
     * @param ofReadout the weights of each readout's samples
     * @param shares what they are multiplied by
     */
    float[] weights(IntFunction<double[]> ofReadout, double[] shares) {
        float[] weights = new float[count()];
        for (int readout = 0; readout < readouts(); readout++) {
            double[] own = ofReadout.apply(readout);
            for (int i = starts[readout]; i < starts[readout + 1]; i++) {
                weights[i] = wanted[i] ? (float) (shares[readout] * own[i - starts[readout]]) : 0;
            }
        }
        return weights;
    }

    boolean sameAs(Samples other) {
        return Arrays.equals(starts, other.starts)
                && Arrays.equals(wanted, other.wanted)
                && Arrays.deepEquals(k, other.k);
    }
}
