package org.isocenter.hardware.virtual;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import org.isocenter.hardware.virtual.phantom.Material;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GriddedReceiverTest {
    private static final Material WATER = new Material("water", 1, 0.3, 0.05);

    @ParameterizedTest(name = "{0} samples, seed {1}")
    @CsvSource({"1, 1", "2, 2", "127, 3", "256, 4", "1000, 5"})
    void theSamplesAreTheSumOverTheSpins(int samples, long seed) {
        Random random = new Random(seed);
        int spins = 300;
        float[][] place = new float[4][spins];
        for (int i = 0; i < spins; i++) {
            for (int axis = 0; axis < 3; axis++) {
                place[axis][i] = 0.2f * (random.nextFloat() - 0.5f);
            }
            place[3][i] = 200 * (random.nextFloat() - 0.5f);
        }
        SpinBlock block = new SpinBlock(0, place[0], place[1], place[2], place[3], null);
        for (int i = 0; i < spins; i++) {
            block.mx[i] = random.nextFloat() - 0.5f;
            block.my[i] = random.nextFloat() - 0.5f;
        }
        double dwell = 25e-6;
        // More than the bandwidth on one axis: those spins fold back, as they do in a sampled signal.
        GradientField gradient = GradientField.linear(150e3, -260e3, 40e3);
        GriddedReceiver receiver = new GriddedReceiver(samples, dwell, gradient);
        Accumulator sum = new Accumulator(receiver.accumulatorLength());
        receiver.add(block, block.mx, block.my, new SpinKernels(), sum);
        double[] re = new double[samples];
        double[] im = new double[samples];
        receiver.finish(List.of(sum), new double[] {2}, List.of(WATER), re, im);
        double[] hertz = block.offsetsUnder(gradient);
        double scale = Math.sqrt(spins);
        for (int n = 0; n < samples; n += 1 + samples / 50) {
            double time = (n - samples / 2) * dwell;
            double r = 0;
            double m = 0;
            for (int i = 0; i < spins; i++) {
                double angle = 2 * Math.PI * hertz[i] * time;
                r += block.mx[i] * Math.cos(angle) - block.my[i] * Math.sin(angle);
                m += block.mx[i] * Math.sin(angle) + block.my[i] * Math.cos(angle);
            }
            double decay = 2 * Math.exp(-time / WATER.t2Seconds());
            assertThat(Math.hypot(re[n] - decay * r, im[n] - decay * m)).isLessThan(1e-4 * scale);
        }
    }
}
