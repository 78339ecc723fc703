package org.isocenter.hardware.virtual;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.isocenter.hardware.virtual.phantom.Material;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Maps of pulses, from tables and spin by spin, against Bloch's equation in small steps. */
class PulseTableTest {
    private static final List<Material> MATERIALS = List.of(
            new Material("lasting", 1, 3, 2),
            new Material("tissue", 1, 0.15, 0.04),
            new Material("quick", 1, 0.02, 0.01),
            new Material("fleeting", 1, 0.3, 0.0005));

    private static double tolerance(Material material) {
        return material.t2Seconds() < 0.01 ? 1e-4 : 5e-5;
    }

    @ParameterizedTest(name = "{0} degrees, offset {1} Hz")
    @CsvSource({"90, 0", "180, 0", "30, 1500", "180, -2500"})
    void aSlicePulseFromTheTableDoesWhatSmallStepsSay(double degrees, double frequencyHertz) {
        Pulse pulse = sinc(degrees, frequencyHertz);
        double[] offsets = new double[25];
        float[] b1 = new float[offsets.length];
        for (int i = 0; i < offsets.length; i++) {
            offsets[i] = -6000 + i * 499.7;
            b1[i] = 0.85f + 0.3f * (i * 7 % 25) / 25;
        }
        PulseTable table = new PulseTable(pulse, 0.85, 1.15, MATERIALS);
        for (int m = 0; m < MATERIALS.size(); m++) {
            compare(pulse, offsets, b1, table.at(offsets, b1, m), MATERIALS.get(m));
        }
        PulseTable uniform = new PulseTable(pulse, 1, 1, MATERIALS);
        compare(pulse, offsets, null, uniform.at(offsets, null, 1), MATERIALS.get(1));
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4})
    void anyPulseFromTheTableDoesWhatSmallStepsSay(long seed) {
        Random random = new Random(seed);
        Pulse pulse = random(random, false);
        double[] offsets = new double[20];
        float[] b1 = new float[offsets.length];
        for (int i = 0; i < offsets.length; i++) {
            offsets[i] = 10e3 * (random.nextDouble() - 0.5);
            b1[i] = 0.9f + 0.15f * random.nextFloat();
        }
        PulseTable table = new PulseTable(pulse, 0.9, 1.05, MATERIALS);
        for (int m = 0; m < MATERIALS.size(); m++) {
            compare(pulse, offsets, b1, table.at(offsets, b1, m), MATERIALS.get(m));
        }
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {11, 12, 13, 14})
    void anyPulseUnderAnyGradientDoesWhatSmallStepsSay(long seed) {
        Random random = new Random(seed);
        Pulse pulse = random(random, true);
        int spins = 20;
        double[] offsets = new double[spins];
        float[] b1 = new float[spins];
        float[][] places = new float[3][spins];
        for (int i = 0; i < spins; i++) {
            offsets[i] = 4e3 * (random.nextDouble() - 0.5);
            b1[i] = 0.7f + 0.6f * random.nextFloat();
            for (float[] axis : places) {
                axis[i] = 0.2f * (random.nextFloat() - 0.5f);
            }
        }
        for (Material material : MATERIALS) {
            int segments = AffineMaps.segments(pulse, 1.3, material);
            PulseTurns turns = PulseTurns.atPlaces(pulse, offsets, places, b1, segments);
            AffineMaps maps = AffineMaps.of(turns, material);
            for (int i = 0; i < spins; i++) {
                compare(pulse, offsets[i], place(places, i), b1[i], i, maps, material);
            }
        }
    }

    @ParameterizedTest(name = "{0} degrees")
    @ValueSource(doubles = {90, 180, 720})
    void aLongHardPulseIsCutWhereItTurnsFar(double degrees) {
        double seconds = 2e-3;
        Pulse pulse = new Pulse(
                new long[] {2_000_000},
                new float[] {(float) (degrees / 360 / seconds)},
                new double[1],
                new float[3][1],
                1e-9);
        double[] offsets = {0, 10, -300, 4000};
        for (Material material : MATERIALS) {
            int segments = AffineMaps.segments(pulse, 1, material);
            compare(
                    pulse,
                    offsets,
                    null,
                    AffineMaps.of(PulseTurns.atOffsets(pulse, offsets, null, segments), material),
                    material);
        }
    }

    /** Steps of 0.5 to 40 us, some short ones in a row, with jumps of amplitude and phase and, if asked for, of gradients. */
    private static Pulse random(Random random, boolean gradients) {
        int steps = 120;
        long[] ticks = new long[steps];
        float[] hertz = new float[steps];
        double[] phase = new double[steps];
        float[][] gradient = new float[3][steps];
        for (int i = 0; i < steps; i++) {
            ticks[i] = i % 20 < 12 ? 500 + random.nextInt(1500) : 1000 + random.nextInt(40_000);
            hertz[i] = 1500 * random.nextFloat();
            phase[i] = i == 0 ? 0 : 6 * random.nextDouble();
            for (float[] axis : gradient) {
                axis[i] = !gradients ? 0 : i % 4 == 0 ? 60e3f * (random.nextFloat() - 0.5f) : axis[i - 1];
            }
        }
        return new Pulse(ticks, hertz, phase, gradient, 1e-9);
    }

    static Pulse sinc(double degrees, double frequencyHertz) {
        int steps = 1500;
        long[] ticks = new long[steps];
        float[] hertz = new float[steps];
        double[] phase = new double[steps];
        double sum = 0;
        for (int i = 0; i < steps; i++) {
            double t = (i + 0.5) / steps - 0.5;
            double x = 4 * Math.PI * t;
            double shape = Math.sin(x) / x * (0.5 + 0.5 * Math.cos(2 * Math.PI * t));
            ticks[i] = 2_000;
            hertz[i] = (float) Math.abs(shape);
            phase[i] = (shape < 0 ? Math.PI : 0) + 2 * Math.PI * frequencyHertz * (i + 0.5) * 2e-6;
            sum += shape * 2e-6;
        }
        for (int i = 0; i < steps; i++) {
            hertz[i] *= (float) (degrees / 360 / sum);
        }
        return new Pulse(ticks, hertz, phase, new float[3][steps], 1e-9);
    }

    private static double[] place(float[][] places, int i) {
        return new double[] {places[0][i], places[1][i], places[2][i]};
    }

    private static void compare(Pulse pulse, double[] offsets, float[] b1, AffineMaps maps, Material material) {
        for (int i = 0; i < offsets.length; i++) {
            compare(pulse, offsets[i], new double[3], b1 == null ? 1 : b1[i], i, maps, material);
        }
    }

    private static void compare(
            Pulse pulse, double offset, double[] place, double b1, int spin, AffineMaps maps, Material material) {
        double[][] starts = {{0, 0, 1}, {1, 0, 0}, {0.3, -0.8, -0.4}};
        for (double[] start : starts) {
            double[] expected = start.clone();
            BlochOracle.play(pulse, offset, place, b1, material, 1e-6, expected);
            for (int row = 0; row < 3; row++) {
                double found = maps.entry[9 + row][spin];
                for (int column = 0; column < 3; column++) {
                    found += maps.entry[3 * row + column][spin] * start[column];
                }
                assertThat(Math.abs(found - expected[row]))
                        .describedAs(
                                "component %d of %s from %s at %.0f Hz, B1 factor %.3f",
                                row, material.name(), Arrays.toString(start), offset, b1)
                        .isLessThan(tolerance(material));
            }
        }
    }
}
