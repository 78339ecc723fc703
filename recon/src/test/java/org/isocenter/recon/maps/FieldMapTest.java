package org.isocenter.recon.maps;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.IntToDoubleFunction;
import org.isocenter.model.PatientGeometry;
import org.isocenter.model.Quantity;
import org.isocenter.model.Vec3;
import org.isocenter.recon.array.ChannelGrid;
import org.isocenter.recon.chain.VolumeData;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FieldMapTest {
    private static final int SIZE = 64;
    private static final PatientGeometry PLACE =
            new PatientGeometry(Vec3.ZERO, Vec3.X, Vec3.Y, Vec3.Z, 1e-3, 1e-3, 5e-3, 5e-3);

    /** Two channels; a disc of signal 100 and 60 with the given offsets, T2* 50 ms. */
    private static List<VolumeData> echoes(double[] seconds, IntToDoubleFunction hertz, double sigma, Random random) {
        List<VolumeData> echoes = new ArrayList<>();
        for (int echo = 0; echo < seconds.length; echo++) {
            ChannelGrid image = new ChannelGrid(2, SIZE, SIZE, 1);
            for (int i = 0; i < image.points(); i++) {
                for (int c = 0; c < 2; c++) {
                    double signal = isInside(i) ? (c == 0 ? 100 : 60) * Math.exp(-seconds[echo] / 0.05) : 0;
                    double phase = 0.4 + c - 2 * Math.PI * hertz.applyAsDouble(i) * seconds[echo];
                    image.real(c)[i] = (float) (signal * Math.cos(phase) + sigma * random.nextGaussian());
                    image.imaginary(c)[i] = (float) (signal * Math.sin(phase) + sigma * random.nextGaussian());
                }
            }
            echoes.add(new VolumeData("echo", image, PLACE, echo, 1, null, Quantity.MAGNITUDE, null));
        }
        return echoes;
    }

    private static boolean isInside(int at) {
        return Math.hypot(at % SIZE - 32, at / SIZE - 32) < 25;
    }

    private static double worst(VolumeData map, IntToDoubleFunction hertz) {
        double worst = 0;
        for (int i = 0; i < SIZE * SIZE; i++) {
            double expected = isInside(i) ? hertz.applyAsDouble(i) : 0;
            worst = Math.max(worst, Math.abs(map.values().real(0)[i] - expected));
        }
        return worst;
    }

    /** From -600 to 600 Hz, where two echoes 4 ms apart tell ±125. */
    private static double ramp(int at) {
        return 600.0 * (at % SIZE - 32) / 25 + 60 * Math.sin(at / SIZE / 5.0);
    }

    @Test
    void offsetsBeyondTheRangeAreFoundFromVoxelToVoxel() {
        double[] seconds = {0.005, 0.009};
        List<VolumeData> echoes = echoes(seconds, FieldMapTest::ramp, 0, new Random(1));
        assertThat(worst(FieldMap.of(echoes, seconds, true).get(0), FieldMapTest::ramp))
                .isLessThan(0.01);
        assertThat(worst(FieldMap.of(echoes, seconds, false).get(0), FieldMapTest::ramp))
                .isGreaterThan(400);
    }

    @Test
    void unwrappingGoesWellInNoise() {
        double[] seconds = {0.005, 0.009};
        long seed = 2;
        List<VolumeData> echoes = echoes(seconds, FieldMapTest::ramp, 8, new Random(seed));
        List<VolumeData> maps = FieldMap.of(echoes, seconds, true);
        int wrong = 0;
        for (int i = 0; i < SIZE * SIZE; i++) {
            wrong += isInside(i) && Math.abs(maps.get(0).values().real(0)[i] - ramp(i)) > 100 ? 1 : 0;
        }
        assertThat(wrong).as("seed %d", seed).isZero();
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3, 5})
    void theDeviationIsThatOfTheValuesInNoise(int count) {
        double[] seconds = new double[count];
        for (int i = 0; i < count; i++) {
            seconds[i] = 0.004 + 0.003 * i + 0.002 * i * i;
        }
        long seed = 3 + count;
        IntToDoubleFunction even = at -> 30;
        List<VolumeData> maps = FieldMap.of(echoes(seconds, even, 4, new Random(seed)), seconds, true);
        assertThat(maps.get(1).quantity()).isEqualTo(Quantity.FIELD_OFFSET_DEVIATION);
        double squares = 0;
        double told = 0;
        int voxels = 0;
        for (int i = 0; i < SIZE * SIZE; i++) {
            if (isInside(i)) {
                double miss = maps.get(0).values().real(0)[i] - 30;
                double deviation = maps.get(1).values().real(0)[i];
                squares += miss * miss;
                told += deviation * deviation;
                voxels++;
            }
        }
        double scatter = Math.sqrt(squares / voxels);
        assertThat(Math.sqrt(told / voxels)).as("seed %d", seed).isCloseTo(scatter, within(0.15 * scatter));
        assertThat(scatter).isLessThan(5);
    }

    @Test
    void partsThatDoNotHangTogetherAreEachNearZero() {
        int columns = 30;
        double[] phase = new double[columns];
        boolean[] object = new boolean[columns];
        float[] brightness = new float[columns];
        for (int i = 0; i < columns; i++) {
            object[i] = i != 15;
            brightness[i] = 1;
            phase[i] = Math.IEEEremainder(i < 15 ? 0.9 * (i - 7) : 1.1 * (i - 23) + 2, 2 * Math.PI);
        }
        PhaseUnwrapping.apply(phase, brightness, object, columns, 1, 1);
        for (int i = 0; i < columns; i++) {
            if (object[i]) {
                assertThat(phase[i]).isCloseTo(i < 15 ? 0.9 * (i - 7) : 1.1 * (i - 23) + 2, within(1e-9));
            }
        }
    }
}
