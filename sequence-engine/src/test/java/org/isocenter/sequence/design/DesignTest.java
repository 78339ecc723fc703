package org.isocenter.sequence.design;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import org.isocenter.model.Rotation;
import org.isocenter.model.SystemLimits;
import org.isocenter.model.Vec3;
import org.isocenter.sequence.Gradient;
import org.isocenter.sequence.Rasters;
import org.isocenter.sequence.TestSystems;
import org.junit.jupiter.api.Test;

class DesignTest {
    @Test
    void theShortestLobeHasItsAreaStaysWithinTheLimitsAndIsAFewStepsFromTheBound() {
        Random random = new Random(42);
        for (SystemLimits limits : TestSystems.all()) {
            GradientSystem system = GradientSystem.of(limits, Rotation.IDENTITY);
            for (int i = 0; i < 500; i++) {
                double area = Math.pow(10, random.nextDouble() * 5 - 1);
                Lobe lobe = system.shortest(area);
                Gradient.Trapezoid trapezoid = lobe.of(-area);
                double amplitude = Math.abs(trapezoid.amplitudeHertzPerMeter());
                assertThat(trapezoid.areaPerMeter()).isCloseTo(-area, within(area * 1e-12));
                assertThat(amplitude).isLessThanOrEqualTo(limits.gradientHertzPerMeter() * (1 + 1e-6));
                assertThat(amplitude / (lobe.rampPs() * 1e-12))
                        .isLessThanOrEqualTo(limits.slewHertzPerMeterPerSecond() * (1 + 1e-6));

                double g = limits.gradientHertzPerMeter();
                double s = limits.slewHertzPerMeterPerSecond();
                double bound = area <= g * g / s ? 2 * Math.sqrt(area / s) : area / g + g / s;
                assertThat(lobe.durationPs() * 1e-12)
                        .isLessThanOrEqualTo(bound + 3e-12 * system.grid().stepPs());
            }
        }
    }

    @Test
    void threeLogicalAxesAtTheirLimitsStayWithinEveryPhysicalAxis() {
        SystemLimits limits = TestSystems.lowField();
        Random random = new Random(7);
        for (int i = 0; i < 200; i++) {
            Vec3 axis = new Vec3(random.nextGaussian(), random.nextGaussian(), random.nextGaussian());
            Rotation turn = Rotation.about(axis, random.nextDouble() * 7);
            double g = GradientSystem.of(limits, turn).hertzPerMeter();
            for (int corner = 0; corner < 8; corner++) {
                Vec3 v = turn.apply(
                        new Vec3((corner & 1) == 0 ? g : -g, (corner & 2) == 0 ? g : -g, (corner & 4) == 0 ? g : -g));
                double most = limits.gradientHertzPerMeter() * (1 + 1e-12);
                assertThat(Math.abs(v.x())).isLessThanOrEqualTo(most);
                assertThat(Math.abs(v.y())).isLessThanOrEqualTo(most);
                assertThat(Math.abs(v.z())).isLessThanOrEqualTo(most);
            }
        }
    }

    @Test
    void spoilingPhasesFollowTheQuadraticRule() {
        assertThat(Math.toDegrees(Pulses.spoilingPhaseRadians(0))).isZero();
        assertThat(Math.toDegrees(Pulses.spoilingPhaseRadians(1))).isCloseTo(117, within(1e-9));
        assertThat(Math.toDegrees(Pulses.spoilingPhaseRadians(2))).isCloseTo(351, within(1e-9));
        assertThat(Math.toDegrees(Pulses.spoilingPhaseRadians(3))).isCloseTo(6 * 117 - 360, within(1e-9));
    }

    @Test
    void ordersArePermutations() {
        for (int n = 1; n < 20; n++) {
            for (int[] order : new int[][] {ViewOrder.centric(n), ViewOrder.interleaved(n)}) {
                int[] sorted = order.clone();
                Arrays.sort(sorted);
                for (int i = 0; i < n; i++) {
                    assertThat(sorted[i]).isEqualTo(i);
                }
            }
        }
        assertThat(ViewOrder.centric(6)).startsWith(3, 2, 4, 1);
        assertThat(ViewOrder.interleaved(5)).containsExactly(0, 2, 4, 1, 3);
    }

    @Test
    void theGridServesAllRasters() {
        Grid grid = Grid.of(new Rasters(4_000_000, 1_000_000, 100_000, 10_000_000));
        assertThat(grid.stepPs()).isEqualTo(20_000_000);
        assertThat(grid.up(20_000_001)).isEqualTo(40_000_000);
        assertThat(grid.up(20e-6)).isEqualTo(20_000_000);
        assertThat(grid.down(39_999_999)).isEqualTo(20_000_000);
    }
}
