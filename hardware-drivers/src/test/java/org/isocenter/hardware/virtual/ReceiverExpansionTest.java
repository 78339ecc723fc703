package org.isocenter.hardware.virtual;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Random;
import org.isocenter.hardware.virtual.phantom.Material;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Against the plain sum over the spins in double precision. */
class ReceiverExpansionTest {
    private static final Material WATER = new Material("water", 1, 0.3, 0.05);
    private static final double DWELL = 25e-6;
    private static final double ERROR = 1e-5;

    private static SpinBlock block(Random random, int spins, double width, double height, double depth, double hertz) {
        double x = 0.2 * (random.nextDouble() - 0.5);
        double y = 0.2 * (random.nextDouble() - 0.5);
        double z = 0.2 * (random.nextDouble() - 0.5);
        float[][] place = new float[4][spins];
        for (int i = 0; i < spins; i++) {
            place[0][i] = (float) (x + width * (random.nextDouble() - 0.5));
            place[1][i] = (float) (y + height * (random.nextDouble() - 0.5));
            place[2][i] = (float) (z + depth * (random.nextDouble() - 0.5));
            place[3][i] = (float) (40 + hertz * (random.nextDouble() - 0.5));
        }
        SpinBlock block = new SpinBlock(0, place[0], place[1], place[2], place[3], null);
        for (int i = 0; i < spins; i++) {
            block.mx[i] = random.nextFloat() - 0.5f;
            block.my[i] = random.nextFloat() - 0.5f;
        }
        return block;
    }

    private static Window steady(int samples, GradientField gradient) {
        double reference = (samples / 2 + 0.5) * DWELL;
        return new Window(0, samples, 0, samples, DWELL, 0, 0, null, 1, reference, gradient, null, null);
    }

    private static Window changing(double[][] turns) {
        int samples = turns[0].length;
        return new Window(0, samples, 0, samples, DWELL, 0, 0, null, 1, 0, null, turns, null);
    }

    /** The largest error of a sample as a share of the sum of magnitudes. */
    private static double error(Receivers receivers, SpinBlock block, Window window) {
        Receiver receiver = receivers.of(window);
        int samples = window.samples();
        Accumulator sum = new Accumulator(samples);
        receiver.add(block, block.mx, block.my, 1, new ReceiverScratch(new PlainKernels()), sum);
        double[] re = new double[samples];
        double[] im = new double[samples];
        receiver.finish(List.of(sum), new double[] {2}, List.of(WATER), re, im);
        double[][] curves = window.curves();
        double magnitudes = 0;
        for (int i = 0; i < block.spins; i++) {
            magnitudes += Math.hypot(block.mx[i], block.my[i]);
        }
        double worst = 0;
        for (int n = 0; n < samples; n += 1 + samples / 97) {
            double[] quadratic = window.quadraticTurns(n);
            double r = 0;
            double m = 0;
            for (int i = 0; i < block.spins; i++) {
                double turns = GradientField.sum(
                                curves[0][n], curves[1][n], curves[2][n], quadratic, block.x[i], block.y[i], block.z[i])
                        + curves[3][n] * block.offsetHertz[i];
                double cos = Math.cos(2 * Math.PI * turns);
                double sin = Math.sin(2 * Math.PI * turns);
                r += block.mx[i] * cos - block.my[i] * sin;
                m += block.mx[i] * sin + block.my[i] * cos;
            }
            double decay = 2 * Math.exp(-window.sampleSeconds(n) / WATER.t2Seconds());
            worst = Math.max(worst, Math.hypot(re[n] - decay * r, im[n] - decay * m) / decay / magnitudes);
        }
        return worst;
    }

    private static Receivers receivers(SpinBlock block) {
        return new Receivers(new Spins(List.of(new SpinGroup(0, List.of(block))), 1e-9));
    }

    @ParameterizedTest(name = "{0} samples, {1} spins, {2} mm, seed {3}")
    @CsvSource({
        "1, 300, 10, 1",
        "2, 300, 10, 2",
        "127, 1024, 4, 3",
        "256, 1000, 20, 4",
        "1000, 700, 10, 5",
        "256, 1023, 200, 6",
        "64, 1, 10, 7"
    })
    void theSamplesUnderAConstantGradientAreTheSumOverTheSpins(int samples, int spins, double millimeters, long seed) {
        double size = millimeters * 1e-3;
        SpinBlock block = block(new Random(seed), spins, size, size, size, 200);
        GradientField gradient = GradientField.linear(150e3, -260e3, 40e3);
        assertThat(error(receivers(block), block, steady(samples, gradient))).isLessThan(ERROR);
    }

    @Test
    void aFreeDecayIsTheSumOverTheOffsets() {
        SpinBlock block = block(new Random(8), 1024, 0.01, 0.01, 0.01, 30);
        assertThat(error(receivers(block), block, steady(2000, GradientField.linear(0, 0, 0))))
                .isLessThan(ERROR);
    }

    @Test
    void concomitantFieldsUnderAConstantGradientAreTakenIn() {
        SpinBlock block = block(new Random(9), 1024, 0.01, 0.02, 0.005, 30);
        double[] quadratic = {2e3, -1e3, 5e3, 4e2, -6e3, 3e3};
        GradientField gradient = new GradientField(2e5, 1e4, 0, quadratic);
        assertThat(error(receivers(block), block, steady(256, gradient))).isLessThan(ERROR);
    }

    @ParameterizedTest(name = "{0} samples, {1} mm, seed {2}")
    @CsvSource({"300, 4, 10", "3000, 8, 11", "500, 60, 12"})
    void aSpiralIsTheSumOverTheSpins(int samples, double millimeters, long seed) {
        double size = millimeters * 1e-3;
        SpinBlock block = block(new Random(seed), 1000, size, size, 0.002, 10);
        assertThat(error(receivers(block), block, changing(spiral(samples)))).isLessThan(ERROR);
    }

    @Test
    void aSpiralWithConcomitantFieldsIsTheSumOverTheSpins() {
        SpinBlock block = block(new Random(13), 1000, 0.006, 0.008, 0.002, 10);
        double[][] turns = new double[9][];
        System.arraycopy(spiral(1000), 0, turns, 0, 3);
        for (int k = 3; k < 9; k++) {
            turns[k] = new double[1000];
            for (int n = 0; n < 1000; n++) {
                turns[k][n] = (k - 6) * 1e-2 * n + 3 * Math.sin(0.01 * k * n);
            }
        }
        assertThat(error(receivers(block), block, changing(turns))).isLessThan(ERROR);
    }

    private static double[][] spiral(int samples) {
        double[][] turns = new double[3][samples];
        for (int n = 0; n < samples; n++) {
            double radius = 320.0 * n / samples;
            double angle = 2 * Math.PI * 12 * n / samples;
            turns[0][n] = radius * Math.cos(angle);
            turns[1][n] = radius * Math.sin(angle);
            turns[2][n] = 20.0 * n / samples;
        }
        return turns;
    }

    /** As eddy currents of the phase encoding do, each window's curves bend a little differently. */
    @Test
    void windowsThatDifferALittleComeToShareABasis() {
        Random random = new Random(14);
        SpinBlock block = block(random, 1024, 0.004, 0.02, 0.002, 20);
        Receivers receivers = receivers(block);
        int samples = 128;
        for (int line = 0; line < 40; line++) {
            double encoding = (line * 7 % 40 - 20) / 20.0;
            double[][] turns = new double[3][samples];
            for (int n = 0; n < samples; n++) {
                double time = n * DWELL;
                turns[0][n] = 2e5 * time + 0.02 * Math.exp(-time / 5e-3);
                turns[1][n] = encoding * (1 - Math.exp(-time / 2e-3));
                turns[2][n] = 0.1 * encoding * encoding * (1 - Math.exp(-time / 1e-3));
            }
            assertThat(error(receivers, block, changing(turns)))
                    .as("line %d", line)
                    .isLessThan(ERROR);
        }
        assertThat(receivers.bases()).isEqualTo(1);
    }

    @Test
    void aBasisDoesNotReachFartherBecauseMoreOfTheSameWindowsShareIt() {
        double[] half = {0.002, 0.01, 0.001, 10};
        PhaseCurves curves = new PhaseCurves(changing(spiral(64)).curves(), 64, half);
        PhaseBasis alone = PhaseBasis.of(curves, half, null);
        PhaseBasis shared = alone;
        for (int window = 0; window < 20; window++) {
            shared = PhaseBasis.of(curves, half, shared);
        }
        assertThat(shared.reach).containsExactly(alone.reach, within(1e-6));
    }

    @Test
    void spinsThatHaveMovedAreProjectedAnew() {
        SpinBlock block = block(new Random(15), 500, 0.01, 0.01, 0.01, 20);
        Receivers receivers = receivers(block);
        Window window = steady(128, GradientField.linear(2e5, 0, 0));
        ReceiverScratch scratch = new ReceiverScratch(new PlainKernels());
        Accumulator before = new Accumulator(128);
        receivers.of(window).add(block, block.mx, block.my, 1, scratch, before);
        for (int i = 0; i < block.spins; i++) {
            block.x[i] += 0.003f;
        }
        block.moves++;
        Accumulator after = new Accumulator(128);
        receivers.of(window).add(block, block.mx, block.my, 1, scratch, after);
        Accumulator fresh = new Accumulator(128);
        receivers.of(window).add(block, block.mx, block.my, 1, new ReceiverScratch(new PlainKernels()), fresh);
        assertThat(after.re).isEqualTo(fresh.re).isNotEqualTo(before.re);
    }
}
