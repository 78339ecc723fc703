package org.isocenter.hardware.virtual;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.isocenter.hardware.virtual.phantom.Material;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PulseTableTest {
    private static final Material QUICK = new Material("quick", 1, 0.15, 0.04);
    private static final Material SLOW = new Material("slow", 1, 3, 2);

    @ParameterizedTest(name = "{0} degrees, offset {1} Hz")
    @CsvSource({"90, 0", "180, 0", "30, 1500", "180, -2500"})
    void aSlicePulseDoesWhatSmallStepsSay(double degrees, double frequencyHertz) {
        Pulse pulse = sinc(degrees, frequencyHertz);
        double[] offsets = new double[61];
        for (int i = 0; i < offsets.length; i++) {
            offsets[i] = -6000 + i * 199.7;
        }
        PulseTable table = new PulseTable(pulse, -6100, 6100, 1);
        // Relaxation is put between segments of the pulse, which far off resonance costs a little.
        compare(pulse, offsets, table.at(offsets, 0, QUICK), QUICK, 3e-3);
        PulseTable lasting = new PulseTable(pulse, -6100, 6100, 1);
        compare(pulse, offsets, lasting.at(offsets, 0, SLOW), SLOW, 2e-4);
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3})
    void anyPulseUnderAnyGradientDoesWhatSmallStepsSay(long seed) {
        Random random = new Random(seed);
        int steps = 40;
        long[] ticks = new long[steps];
        float[] hertz = new float[steps];
        double[] phase = new double[steps];
        for (int i = 0; i < steps; i++) {
            ticks[i] = 1000 + random.nextInt(40_000);
            hertz[i] = 2000 * random.nextFloat();
            phase[i] = i == 0 ? 0 : 6 * random.nextDouble();
        }
        Pulse pulse = new Pulse(ticks, hertz, phase, new float[3][steps], 1e-9);
        double[] offsets = new double[20];
        for (int i = 0; i < offsets.length; i++) {
            offsets[i] = 20e3 * (random.nextDouble() - 0.5);
        }
        PulseTurns turns = PulseTurns.atPlaces(pulse, offsets, new float[3][offsets.length], 12);
        compare(pulse, offsets, AffineMaps.of(turns, QUICK), QUICK, 1e-3);
    }

    private static Pulse sinc(double degrees, double frequencyHertz) {
        int steps = 300;
        long[] ticks = new long[steps];
        float[] hertz = new float[steps];
        double[] phase = new double[steps];
        double sum = 0;
        for (int i = 0; i < steps; i++) {
            double t = (i + 0.5) / steps - 0.5;
            double x = 4 * Math.PI * t;
            double shape = Math.sin(x) / x * (0.5 + 0.5 * Math.cos(2 * Math.PI * t));
            ticks[i] = 10_000;
            hertz[i] = (float) Math.abs(shape);
            phase[i] = (shape < 0 ? Math.PI : 0) + 2 * Math.PI * frequencyHertz * (i + 0.5) * 10e-6;
            sum += shape * 10e-6;
        }
        for (int i = 0; i < steps; i++) {
            hertz[i] *= (float) (degrees / 360 / sum);
        }
        return new Pulse(ticks, hertz, phase, new float[3][steps], 1e-9);
    }

    private static void compare(Pulse pulse, double[] offsets, AffineMaps maps, Material material, double tolerance) {
        double[][] starts = {{0, 0, 1}, {1, 0, 0}, {0.3, -0.8, -0.4}};
        for (int i = 0; i < offsets.length; i++) {
            for (double[] start : starts) {
                double[] expected = start.clone();
                BlochOracle.play(pulse, offsets[i], material, 1e-6, expected);
                for (int row = 0; row < 3; row++) {
                    double found = maps.entry[9 + row][i];
                    for (int column = 0; column < 3; column++) {
                        found += maps.entry[3 * row + column][i] * start[column];
                    }
                    assertThat(Math.abs(found - expected[row]))
                            .describedAs("component %d at %.0f Hz", row, offsets[i])
                            .isLessThan(tolerance);
                }
            }
        }
    }
}
