package org.isocenter.recon.epi;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LineRegridderTest {
    private static final int POINTS = 128;
    private static final double FOV = 0.22;
    private static final double ENCODED = 2 * FOV;

    /** A lobe with ramps of 0.2 ms about a flat top of 0.35 ms, sampled all over, as dense on the flat top as the grid. */
    private static double[] rampSampled() {
        double flat = 0.175e-3;
        double ramp = 0.2e-3;
        double dwell = 4e-6;
        int samples = 180;
        double[] positions = new double[samples];
        for (int s = 0; s < samples; s++) {
            double t = (s - samples / 2) * dwell;
            double onRamp = Math.max(0, Math.abs(t) - flat);
            positions[s] = Math.copySign(Math.abs(t) - onRamp * onRamp / (2 * ramp), t) / (dwell * ENCODED);
        }
        return positions;
    }

    /** The signal of bars anywhere in the field of view. */
    private static void bars(Random random, int count, double[] k, float[] re, float[] im, double within) {
        double[] middle = new double[count];
        double[] width = new double[count];
        for (int b = 0; b < count; b++) {
            width[b] = 0.01 + 0.05 * random.nextDouble();
            middle[b] = (random.nextDouble() - 0.5) * (within - width[b]);
        }
        for (int i = 0; i < k.length; i++) {
            for (int b = 0; b < count; b++) {
                double angle = Math.PI * k[i] * width[b];
                double height = width[b] * (Math.abs(angle) < 1e-9 ? 1 : Math.sin(angle) / angle);
                re[i] += (float) (height * Math.cos(2 * Math.PI * k[i] * middle[b]));
                im[i] -= (float) (height * Math.sin(2 * Math.PI * k[i] * middle[b]));
            }
        }
    }

    private static double worstError(long seed, double within) {
        double[] positions = rampSampled();
        assertThat(-positions[0] * ENCODED).isGreaterThan(POINTS / 2.0);
        double[] grid = new double[POINTS];
        for (int p = 0; p < POINTS; p++) {
            grid[p] = (p - POINTS / 2) / ENCODED;
        }
        float[][] measured = new float[2][positions.length];
        float[][] wanted = new float[2][POINTS];
        bars(new Random(seed), 5, positions, measured[0], measured[1], within);
        bars(new Random(seed), 5, grid, wanted[0], wanted[1], within);
        LineRegridder regridder = new LineRegridder(positions, POINTS, ENCODED, FOV);
        float[][] got = new float[2][POINTS];
        double peak = 0;
        double error = 0;
        for (int part = 0; part < 2; part++) {
            regridder.apply(measured[part], 0, got[part], 0);
        }
        for (int p = 0; p < POINTS; p++) {
            peak = Math.max(peak, Math.hypot(wanted[0][p], wanted[1][p]));
            error = Math.max(error, Math.hypot(got[0][p] - wanted[0][p], got[1][p] - wanted[1][p]));
        }
        return error / peak;
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void samplesOnRampsComeOutOnTheGrid(long seed) {
        assertThat(worstError(seed, FOV)).as("seed %d", seed).isLessThan(1e-4);
    }

    @ParameterizedTest
    @ValueSource(longs = {6, 7, 8})
    void anObjectBeyondTheFieldOfViewDoesNotSmear(long seed) {
        assertThat(worstError(seed, 0.95 * ENCODED)).as("seed %d", seed).isLessThan(3e-3);
    }

    @Test
    void noiseDoesNotGrow() {
        Random random = new Random(3);
        double[] positions = rampSampled();
        LineRegridder regridder = new LineRegridder(positions, POINTS, ENCODED, FOV);
        double sum = 0;
        for (int repeat = 0; repeat < 200; repeat++) {
            float[] noise = new float[positions.length];
            for (int s = 0; s < noise.length; s++) {
                noise[s] = (float) random.nextGaussian();
            }
            float[] out = new float[POINTS];
            regridder.apply(noise, 0, out, 0);
            for (float value : out) {
                sum += value * value;
            }
        }
        assertThat(Math.sqrt(sum / (200 * POINTS))).isLessThan(1.05);
    }
}
