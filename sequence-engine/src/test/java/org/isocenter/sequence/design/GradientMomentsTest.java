package org.isocenter.sequence.design;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.isocenter.model.Rotation;
import org.isocenter.model.SystemLimits;
import org.isocenter.sequence.Gradient;
import org.isocenter.sequence.Rasters;
import org.isocenter.sequence.TestSystems;
import org.isocenter.sequence.Waveform;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GradientMomentsTest {
    private static final Rasters RASTERS = Rasters.BEFORE_1_4;

    @Test
    void theFirstMomentOfATrapezoidIsItsAreaTimesItsMiddle() {
        Gradient.Trapezoid lobe = new Gradient.Trapezoid(40e3, 200_000_000, 900_000_000, 200_000_000, 70_000_000);

        double moment = GradientMoments.firstMoment(lobe.waveform(RASTERS), 300_000_000);

        // The middle lies 70 + 200 + 450 µs from the block's start.
        assertThat(moment).isCloseTo(lobe.areaPerMeter() * (720e-6 - 300e-6), within(1e-12));
    }

    @Test
    void aRampsMomentAndAreaAreThoseOfATriangle() {
        Waveform ramp = new Waveform(new long[] {0, 1_000_000_000}, new double[] {0, 100e3});

        assertThat(GradientMoments.firstMoment(ramp, 0)).isCloseTo(100e3 * 1e-6 / 3, within(1e-12));
        assertThat(GradientMoments.areaBetween(ramp, 0, 500_000_000)).isCloseTo(12.5, within(1e-9));
        assertThat(GradientMoments.areaBetween(ramp, -1, 2_000_000_000L)).isCloseTo(50, within(1e-9));
        assertThat(GradientMoments.areaBetween(ramp, 400_000_000, 600_000_000)).isCloseTo(10, within(1e-9));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void aPairHasItsAreaAndMomentStaysWithinTheLimitsAndIsNoLongerThanNeeded(long seed) {
        Random random = new Random(seed);
        for (SystemLimits limits : TestSystems.all()) {
            GradientSystem system = GradientSystem.of(limits, Rotation.IDENTITY);
            for (int i = 0; i < 100; i++) {
                double area = 300 * random.nextGaussian();
                double moment = 0.5 * random.nextGaussian();

                GradientMoments.Pair pair = GradientMoments.pair(system, area, moment);

                double foundArea = 0;
                double foundMoment = 0;
                Gradient.Trapezoid[] lobes = {pair.first(), pair.second()};
                for (int l = 0; l < 2; l++) {
                    if (lobes[l] == null) {
                        continue;
                    }
                    double amplitude = Math.abs(lobes[l].amplitudeHertzPerMeter());
                    assertThat(amplitude).isLessThanOrEqualTo(limits.gradientHertzPerMeter() * (1 + 1e-9));
                    assertThat(amplitude / (lobes[l].risePs() * 1e-12))
                            .isLessThanOrEqualTo(limits.slewHertzPerMeterPerSecond() * (1 + 1e-9));
                    foundArea += lobes[l].areaPerMeter();
                    long toEnd = pair.durationPs() - l * pair.lobe().durationPs();
                    foundMoment += GradientMoments.firstMoment(lobes[l].waveform(RASTERS), toEnd);
                }
                assertThat(foundArea).as("seed %d", seed).isCloseTo(area, within(1e-6));
                assertThat(foundMoment).as("seed %d", seed).isCloseTo(moment, within(1e-8));
                if (pair.lobe().durationPs() > 2 * system.grid().stepPs()) {
                    double largest = Math.max(Math.abs(pair.firstPerMeter()), Math.abs(pair.secondPerMeter()));
                    assertThat(system.shortest(largest).durationPs())
                            .as("the lobes are as short as their areas allow, to a step or two")
                            .isGreaterThanOrEqualTo(
                                    pair.lobe().durationPs() - 2 * system.grid().stepPs());
                }
            }
        }
    }

    @Test
    void aFlowCompensatedReadoutLeavesSpinsOfConstantVelocityInPhaseAtItsCentre() {
        GradientSystem system = GradientSystem.of(TestSystems.lowField(), Rotation.IDENTITY);
        Gradient.Trapezoid readout = system.flatTop(150e3, 3_200_000_000L, 0);
        long center = readout.endPs(RASTERS) / 2;
        Waveform half = new Waveform(
                new long[] {0, readout.risePs(), center},
                new double[] {0, readout.amplitudeHertzPerMeter(), readout.amplitudeHertzPerMeter()});

        GradientMoments.Pair pair =
                GradientMoments.pair(system, -half.areaPerMeter(), -GradientMoments.firstMoment(half, 0));

        // The phase of a spin at x = x0 + v·t, counted from the pair's start by straight addition.
        double x0 = 0.03;
        double velocity = 0.4;
        double start = -pair.durationPs() * 1e-12;
        double turns = 0;
        double step = 1e-7;
        long between = pair.lobe().durationPs();
        Waveform first = pair.first().waveform(RASTERS);
        Waveform second = pair.second().waveform(RASTERS);
        Waveform read = readout.waveform(RASTERS);
        for (double t = start + step / 2; t < center * 1e-12; t += step) {
            long ps = Math.round(t * 1e12);
            double g = ps >= 0 ? read.at(ps) : ps >= -between ? second.at(ps + between) : first.at(ps + 2 * between);
            turns += g * (x0 + velocity * t) * step;
        }
        assertThat(turns).isCloseTo(0, within(2e-3));
    }

    @Test
    void spoilersAndRewindersHaveTheirAreas() {
        GradientSystem system = GradientSystem.of(TestSystems.lowField(), Rotation.IDENTITY);

        assertThat(GradientMoments.spoiler(system, 4, 5e-3).areaPerMeter()).isCloseTo(800, within(1e-9));
        assertThat(GradientMoments.rewinder(system, 321).areaPerMeter()).isCloseTo(-321, within(1e-9));
        assertThat(GradientMoments.rewinder(system, 0)).isNull();
    }
}
