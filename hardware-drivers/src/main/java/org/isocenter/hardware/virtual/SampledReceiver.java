package org.isocenter.hardware.virtual;

import java.util.List;
import org.isocenter.hardware.virtual.phantom.Material;

/** An ADC window under changing gradients: the sum over the spins, sample by sample. */
final class SampledReceiver implements Receiver {
    private final Window window;

    SampledReceiver(Window window) {
        this.window = window;
    }

    @Override
    public int accumulatorLength() {
        return window.samples();
    }

    @Override
    public void add(SpinBlock block, float[] mx, float[] my, SpinKernels kernels, Accumulator accumulator) {
        double[] sum = new double[2];
        for (int n = 0; n < window.samples(); n++) {
            kernels.phases(
                    block,
                    window.turnsPerMeter(0, n),
                    window.turnsPerMeter(1, n),
                    window.turnsPerMeter(2, n),
                    window.sampleSeconds(n),
                    window.quadraticTurns(n));
            kernels.project(block.spins, mx, my, sum);
            accumulator.re[n] += (float) sum[0];
            accumulator.im[n] += (float) sum[1];
        }
    }

    @Override
    public void finish(
            List<Accumulator> perMaterial, double[] weights, List<Material> materials, double[] re, double[] im) {
        for (int m = 0; m < materials.size(); m++) {
            Accumulator sum = perMaterial.get(m);
            if (sum == null) {
                continue;
            }
            double t2 = materials.get(m).t2Seconds();
            for (int n = 0; n < window.samples(); n++) {
                double scale = weights[m] * Math.exp(-window.sampleSeconds(n) / t2);
                re[n] += scale * sum.re[n];
                im[n] += scale * sum.im[n];
            }
        }
    }
}
