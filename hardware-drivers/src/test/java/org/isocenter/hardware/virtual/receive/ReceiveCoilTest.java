package org.isocenter.hardware.virtual.receive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.isocenter.model.Vec3;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ReceiveCoilTest {
    /** In units of μ0/π, as {@link CurrentLoop} has it. */
    private static double onAxis(double radius, double height) {
        return Math.PI * radius * radius / (2 * Math.pow(radius * radius + height * height, 1.5));
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, 1e-7, 3e-6, 2e-5, 1e-4})
    void onItsAxisALoopHasTheFieldOfTheClosedForm(double away) {
        CurrentLoop loop = new CurrentLoop(new Vec3(0.15, 0, 0), Vec3.X.scaled(-1), 0.08);
        double[] uv = new double[2];
        for (double height = 0; height < 0.3; height += 0.02) {
            loop.field(0.15 - height, away, 0, Vec3.X, Vec3.Y, uv);
            double expected = onAxis(0.08, height);
            assertThat(uv[0]).isCloseTo(-expected, within(1e-5 * expected));
            double slope = (onAxis(0.08, height + 1e-6) - onAxis(0.08, height - 1e-6)) / 2e-6;
            assertThat(uv[1]).isCloseTo(-0.5 * away * slope, within(1e-4 * away * (Math.abs(slope) + 1)));
        }
    }

    @Test
    void awayFromItsAxisALoopHasTheFieldOfManyShortWires() {
        CurrentLoop loop = new CurrentLoop(new Vec3(0, 0, 0.02), Vec3.Z, 0.07);
        double[] uv = new double[2];
        for (Vec3 place : new Vec3[] {
            new Vec3(0.03, 0.01, 0.05), new Vec3(-0.1, 0.02, 0.04), new Vec3(0, 0.069, 0.045), new Vec3(0.2, 0, -0.1)
        }) {
            Vec3 expected = ofShortWires(loop, place);
            loop.field(place.x(), place.y(), place.z(), Vec3.X, Vec3.Z, uv);
            assertThat(uv[0]).isCloseTo(expected.x(), within(1e-5 * expected.norm()));
            assertThat(uv[1]).isCloseTo(expected.z(), within(1e-5 * expected.norm()));
            loop.field(place.x(), place.y(), place.z(), Vec3.Y, Vec3.X, uv);
            assertThat(uv[0]).isCloseTo(expected.y(), within(1e-5 * expected.norm()));
        }
    }

    /** Biot and Savart's law, a loop about z in 2000 pieces; the factor μ0/4π is a quarter of the loop's unit. */
    private static Vec3 ofShortWires(CurrentLoop loop, Vec3 place) {
        int pieces = 2000;
        Vec3 field = Vec3.ZERO;
        for (int i = 0; i < pieces; i++) {
            double angle = 2 * Math.PI * i / pieces;
            Vec3 out = new Vec3(Math.cos(angle), Math.sin(angle), 0);
            Vec3 wire =
                    new Vec3(-Math.sin(angle), Math.cos(angle), 0).scaled(2 * Math.PI * loop.radiusMeters() / pieces);
            Vec3 to = place.minus(loop.center().plus(out.scaled(loop.radiusMeters())));
            field = field.plus(wire.cross(to).scaled(0.25 / Math.pow(to.norm(), 3)));
        }
        return field;
    }

    @ParameterizedTest
    @CsvSource({"2, 0, 0, 1", "4, 0, 0, 1", "8, 0, 0, 1", "8, 1, 0, 0", "13, 0, 1, 0", "16, 1, 1, 0", "32, 0, 0, 1"})
    void allLoopsTogetherReceiveAtTheIsocentreWhatAUniformCoilDoes(int channels, double x, double y, double z) {
        ReceiveCoil coil = new ReceiveCoil(channels, new Vec3(x, y, z));
        assertThat(rootOfSquares(coil, 0, 0, 0)).isCloseTo(1, within(1e-6));
        assertThat(rootOfSquares(coil, 0.09f, 0, 0)).isGreaterThan(1);
    }

    private static double rootOfSquares(ReceiveCoil coil, float x, float y, float z) {
        double sum = 0;
        for (int channel = 0; channel < coil.channels(); channel++) {
            float[][] s = coil.sensitivity(channel, new float[] {x}, new float[] {y}, new float[] {z});
            sum += s[0][0] * s[0][0] + s[1][0] * s[1][0];
        }
        return Math.sqrt(sum);
    }

    @Test
    void aChannelSeesWhatIsNearItBestAndEachWithItsOwnPhase() {
        ReceiveCoil coil = new ReceiveCoil(8, Vec3.Z);
        float[] x = {0.1f, 0, -0.1f};
        float[] zero = new float[3];
        float[][] first = coil.sensitivity(0, x, zero, zero);
        assertThat(Math.hypot(first[0][0], first[1][0]))
                .isGreaterThan(4 * Math.hypot(first[0][1], first[1][1]))
                .isGreaterThan(15 * Math.hypot(first[0][2], first[1][2]));
        float[][] third = coil.sensitivity(2, x, zero, zero);
        double between = Math.atan2(third[1][1], third[0][1]) - Math.atan2(first[1][1], first[0][1]);
        // A quarter further round the bore its field at the centre points a quarter further round, too.
        assertThat(Math.abs(Math.IEEEremainder(between, 2 * Math.PI))).isCloseTo(Math.PI / 2, within(1e-6));
    }

    @Test
    void theFieldAlongTheMainFieldIsNotReceived() {
        ReceiveCoil coil = new ReceiveCoil(4, Vec3.X);
        float[] zero = {0};
        float[][] facing = coil.sensitivity(0, zero, zero, zero);
        float[][] across = coil.sensitivity(1, zero, zero, zero);
        assertThat(Math.hypot(facing[0][0], facing[1][0])).isLessThan(1e-6);
        assertThat(Math.hypot(across[0][0], across[1][0])).isCloseTo(Math.sqrt(0.5), within(1e-6));
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 8, 16, 32})
    void correlationsOfNoiseCanBeMadeAndFallWithTheDistance(int channels) {
        double[][] correlation = new ReceiveCoil(channels, Vec3.Z).noiseCorrelation(0.6);
        double[][] factor = ThermalNoise.choleskyFactor(correlation);
        double largest = 0;
        for (int i = 0; i < channels; i++) {
            for (int j = 0; j < channels; j++) {
                double product = 0;
                for (int k = 0; k < channels; k++) {
                    product += factor[i][k] * factor[j][k];
                }
                assertThat(product).isCloseTo(correlation[i][j], within(1e-12));
                largest = i == j ? largest : Math.max(largest, correlation[i][j]);
            }
        }
        assertThat(largest).isCloseTo(0.6, within(1e-12));
    }
}
