package org.isocenter.sequence.design;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.isocenter.model.Rotation;
import org.isocenter.model.Vec3;
import org.isocenter.sequence.Gradient;
import org.isocenter.sequence.TestSystems;
import org.isocenter.sequence.Waveform;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EpiDesignTest {
    private static final GradientSystem SYSTEM = GradientSystem.of(TestSystems.lowField(), Rotation.IDENTITY);

    private static EpiReadout.Demand demand(double bandwidth, boolean ramps, double spacingSeconds) {
        return new EpiReadout.Demand(
                64, 0.22, bandwidth, 2, 4 / 0.22, ramps, 20_000_000, Math.round(spacingSeconds * 1e12));
    }

    @ParameterizedTest
    @CsvSource({"20e3, true", "20e3, false", "100e3, true", "100e3, false"})
    void aLobeReachesBothEndsOfKspaceAndIsTheShortestThatDoes(double bandwidth, boolean ramps) {
        EpiReadout lobe = EpiReadout.shortest(demand(bandwidth, ramps, 0), SYSTEM);

        assertThat(-lobe.kPerMeter(0)).isGreaterThanOrEqualTo(32 / 0.22 * (1 - 1e-9));
        assertThat(lobe.windowPs(true))
                .isGreaterThanOrEqualTo(Math.max(20_000_000, lobe.blip().durationPs() / 2));
        assertThat(lobe.windowPs(true) % 1_000_000).isZero();
        assertThat(lobe.isEven() || ramps).isTrue();
        for (int fewer = 0; fewer <= 2; fewer += 2) {
            EpiReadout shorter = new EpiReadout(
                    lobe.samples() - fewer,
                    lobe.dwellPs(),
                    lobe.amplitudeHertzPerMeter(),
                    lobe.rampPs(),
                    lobe.halfFlatPs() - 10_000_000,
                    lobe.blip(),
                    lobe.grid());
            boolean reaches = -shorter.kPerMeter(0) >= 32 / 0.22 * (1 - 1e-9);
            boolean opens =
                    shorter.windowPs(true) >= Math.max(20_000_000, lobe.blip().durationPs() / 2);
            assertThat(reaches && opens && (ramps || shorter.isEven())).isFalse();
        }
    }

    @Test
    void rampSamplingShortensTheEchoSpacing() {
        long with = EpiReadout.shortest(demand(100e3, true, 0), SYSTEM).spacingPs();
        long without = EpiReadout.shortest(demand(100e3, false, 0), SYSTEM).spacingPs();
        assertThat(with).isLessThan(without);
        assertThat(EpiReadout.shortest(demand(100e3, true, 0), SYSTEM).isEven()).isFalse();
    }

    @Test
    void kOfTheSamplesIsTheIntegralOfTheLobe() {
        EpiReadout lobe = EpiReadout.shortest(demand(100e3, true, 0), SYSTEM);
        Waveform waveform = lobe.lobe(true).waveform(SYSTEM.grid().rasters());
        long middle = lobe.spacingPs() / 2;
        int steps = 200;
        for (int s = 0; s < lobe.samples(); s += 7) {
            long t = lobe.windowPs(true) + s * lobe.dwellPs() + lobe.dwellPs() / 2;
            double k = 0;
            for (int i = 0; i < steps; i++) {
                k += waveform.at(middle + Math.round((t - middle) * (i + 0.5) / steps)) * (t - middle) * 1e-12 / steps;
            }
            assertThat(lobe.kPerMeter(s)).isCloseTo(k, within(2e-2));
        }
        assertThat(lobe.kPerMeter(lobe.centerSample(true))).isZero();
    }

    @Test
    void aGivenEchoSpacingIsKept() {
        assertThat(EpiReadout.shortest(demand(50e3, true, 2.4e-3), SYSTEM).spacingPs())
                .isEqualTo(2_400_000_000L);
    }

    @Test
    void tooMuchBandwidthForTheGradientIsRefusedWithTheNumbers() {
        assertThatThrownBy(() -> EpiReadout.shortest(demand(500e3, true, 0), SYSTEM))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("Hz/m");
    }

    @Test
    void theHalvesOfABlipMakeOneWhole() {
        EpiReadout lobe = EpiReadout.shortest(demand(50e3, true, 0), SYSTEM);
        double area = 4 / 0.22;
        Gradient first = lobe.blips(0, area);
        Gradient second = lobe.blips(area, -area);
        double half = first.waveform(SYSTEM.grid().rasters()).areaPerMeter();
        double none = second.waveform(SYSTEM.grid().rasters()).areaPerMeter();
        assertThat(half).isCloseTo(area / 2, within(1e-9));
        assertThat(none).isCloseTo(0, within(1e-9));
        assertThat(first.endPs(SYSTEM.grid().rasters())).isEqualTo(lobe.spacingPs());
        assertThat(lobe.blips(0, 0)).isNull();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void interleavedShotsMeasureEachLineOnce(long seed) {
        Random random = new Random(seed);
        int lines = 2 + random.nextInt(60);
        int first = random.nextInt(lines / 2 + 1);
        EpiOrder order = new EpiOrder(lines, first, 1 + random.nextInt(lines - first));
        Set<Integer> seen = new HashSet<>();
        for (int shot = 0; shot < order.shots(); shot++) {
            for (int echo = 0; echo < order.echoes(); echo++) {
                int line = order.line(shot, echo);
                assertThat(line == -1 || seen.add(line)).as("seed %d", seed).isTrue();
            }
        }
        assertThat(seen).as("seed %d", seed).hasSize(lines - first);
        assertThat(order.line(order.centralShot(), order.centralEcho())).isEqualTo(lines / 2);
    }

    @Test
    void theBValueOfAPairOfLobesIsStejskalAndTannersWithRamps() {
        // δ = 20 ms, ε = 0.3 ms, Δ = 40 ms at 15 mT/m, integrated by hand in fine steps.
        DiffusionLobes lobes = new DiffusionLobes(300_000_000, 19_700_000_000L, 40_000_000_000L);
        double amplitude = 15e-3 * TestSystems.GAMMA;
        double q = 0;
        double b = 0;
        double step = 1e-6;
        for (double t = step / 2; t < 0.0603; t += step) {
            double g = shape(t) - shape(t - 0.04);
            q += 2 * Math.PI * amplitude * g * step;
            b += q * q * step;
        }
        assertThat(lobes.bSecondsPerSquareMeter(amplitude)).isCloseTo(b, within(1e-4 * b));
        assertThat(lobes.amplitudeHertzPerMeter(b)).isCloseTo(amplitude, within(1e-4 * amplitude));
    }

    private static double shape(double t) {
        return Math.max(0, Math.min(1, Math.min(t / 0.3e-3, (20.3e-3 - t) / 0.3e-3)));
    }

    @ParameterizedTest
    @ValueSource(ints = {6, 12, 30})
    void directionsAreSpreadOverTheSphere(int count) {
        List<Vec3> directions = GradientDirections.spread(count);
        double nearest = 0;
        double[][] sum = new double[3][3];
        for (int i = 0; i < count; i++) {
            Vec3 a = directions.get(i);
            assertThat(a.norm()).isCloseTo(1, within(1e-12));
            double[] v = {a.x(), a.y(), a.z()};
            for (int j = 0; j < i; j++) {
                nearest = Math.max(nearest, Math.abs(a.dot(directions.get(j))));
            }
            for (int row = 0; row < 3; row++) {
                for (int column = 0; column < 3; column++) {
                    sum[row][column] += v[row] * v[column] / count;
                }
            }
        }
        // The axes of an icosahedron are 63.4° apart; no 12 or 30 axes can be farther apart than about 42° and 26°.
        double least = count == 6 ? 63 : count == 12 ? 37 : 22;
        assertThat(Math.toDegrees(Math.acos(nearest))).isGreaterThan(least);
        for (int row = 0; row < 3; row++) {
            for (int column = 0; column < 3; column++) {
                assertThat(sum[row][column]).isCloseTo(row == column ? 1 / 3.0 : 0, within(0.03));
            }
        }
    }
}
