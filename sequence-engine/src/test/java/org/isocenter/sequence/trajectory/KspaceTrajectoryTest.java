package org.isocenter.sequence.trajectory;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.assertj.core.data.Offset;
import org.isocenter.model.Rotation;
import org.isocenter.model.Vec3;
import org.isocenter.sequence.Adc;
import org.isocenter.sequence.Axis;
import org.isocenter.sequence.Extension;
import org.isocenter.sequence.Gradient;
import org.isocenter.sequence.Rasters;
import org.isocenter.sequence.RfPulse;
import org.isocenter.sequence.RfUse;
import org.isocenter.sequence.Sequence;
import org.isocenter.sequence.Shape;
import org.isocenter.sequence.Waveform;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class KspaceTrajectoryTest {
    private static final long US = 1_000_000L;
    private static final Rasters RASTERS = Rasters.BEFORE_1_4;
    private final Sequence.Builder builder = new Sequence.Builder(RASTERS);

    /** Area 0.2 /m in 300 µs. */
    private static final Gradient LOBE = new Gradient.Trapezoid(1000, 100 * US, 100 * US, 100 * US, 0);

    private static final Adc ONE_SAMPLE = new Adc(1, 10 * US, 0, 0, 0, 0, 0, null);

    private static RfPulse hard(RfUse use) {
        return new RfPulse(1000, new Shape(1, 1), null, new Shape(0, 100), 50e-6, 100 * US, 0, 0, 0, 0, use);
    }

    private static List<Vec3> samples(Sequence sequence) {
        List<Vec3> all = new ArrayList<>();
        KspaceTrajectory.forEachWindow(sequence, w -> {
            for (int i = 0; i < w.samples(); i++) {
                all.add(new Vec3(w.kx()[i], w.ky()[i], w.kz()[i]));
            }
        });
        return all;
    }

    @ParameterizedTest
    @EnumSource(RfUse.class)
    void pulsesMoveKByTheirUse(RfUse use) {
        builder.block(null, LOBE, null, null, null, List.of());
        builder.block(hard(use), null, null, null, null, List.of());
        builder.block(null, null, null, null, ONE_SAMPLE, List.of());
        double expected = switch (use) {
            case EXCITATION, UNDEFINED -> 0;
            case REFOCUSING -> -0.2;
            default -> 0.2;
        };
        assertThat(samples(builder.build()).get(0).x()).isCloseTo(expected, Offset.offset(1e-12));
    }

    @Test
    void kCountsFromThePulsesCentre() {
        // The pulse's centre is at 150 µs, in the middle of the lobe: half the area remains.
        builder.block(hard(RfUse.EXCITATION), LOBE, null, null, null, List.of());
        builder.block(null, null, null, null, ONE_SAMPLE, List.of());
        builder.block(hard(RfUse.REFOCUSING), null, LOBE, null, null, List.of());
        builder.block(null, null, null, null, ONE_SAMPLE, List.of());
        List<Vec3> k = samples(builder.build());
        assertThat(k.get(0).x()).isCloseTo(0.1, Offset.offset(1e-12));
        assertThat(k.get(1).x()).isCloseTo(-0.1, Offset.offset(1e-12));
        assertThat(k.get(1).y()).as("before and after the centre cancel").isCloseTo(0, Offset.offset(1e-12));
    }

    @Test
    void aWindowKnowsItsExcitation() {
        builder.block(hard(RfUse.EXCITATION), null, null, null, null, List.of());
        builder.block(hard(RfUse.REFOCUSING), null, null, null, null, List.of());
        builder.block(null, null, null, null, ONE_SAMPLE, List.of());
        KspaceTrajectory.forEachWindow(builder.build(), w -> {
            assertThat(w.excitations()).isEqualTo(1);
            assertThat(w.excitationBlock()).isZero();
            assertThat(w.excitationSeconds()).isCloseTo(150e-6, Offset.offset(1e-15));
            assertThat(w.refocusings()).isEqualTo(1);
            assertThat(w.timeSeconds(0)).isCloseTo(405e-6, Offset.offset(1e-15));
        });
    }

    @Test
    void rotationsTurnTheBlocksGradients() {
        Extension quarter = new Extension.Turn(Rotation.about(Vec3.Z, Math.PI / 2));
        builder.block(null, LOBE, null, null, null, List.of(quarter));
        builder.block(null, null, null, null, ONE_SAMPLE, List.of());
        Vec3 k = samples(builder.build()).get(0);
        assertThat(k.x()).isCloseTo(0, Offset.offset(1e-12));
        assertThat(k.y()).isCloseTo(0.2, Offset.offset(1e-12));
    }

    @Test
    void aStepThatRoundingLeftBetweenBlocksIsNotPlayed() {
        Gradient up = new Gradient.Corners(100_000, new Shape(0, 1), new Shape(0, 10), 0);
        Gradient down = new Gradient.Corners(100_001, new Shape(1, 0), new Shape(0, 10), 0);
        builder.block(null, up, null, null, null, List.of());
        builder.block(null, down, null, null, null, List.of());
        builder.block(null, null, null, null, ONE_SAMPLE, List.of());
        assertThat(samples(builder.build()).get(0).x()).isCloseTo(10, Offset.offset(1e-9));
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void everySampleIsTheSumOfManySmallSteps(long seed) {
        Random random = new Random(seed);
        int corners = 40;
        double[] values = new double[corners];
        double[] times = new double[corners];
        for (int i = 1; i < corners; i++) {
            times[i] = times[i - 1] + 1 + random.nextInt(5);
            values[i] = i == corners - 1 ? 0 : random.nextDouble() * 2 - 1;
        }
        Gradient gradient = new Gradient.Corners(1e5, new Shape(values), new Shape(times), 20 * US);
        Adc adc = new Adc(97, 7_300_000, 35 * US, 0, 0, 0, 0, null);
        builder.block(null, null, gradient, null, adc, List.of());
        List<Vec3> k = samples(builder.build());
        Waveform waveform = gradient.waveform(RASTERS);
        long step = 50_000; // divides every time in this test, so that no step straddles a corner
        double sum = 0;
        long now = 0;
        for (int i = 0; i < k.size(); i++) {
            long until = 35 * US + i * 7_300_000L + 3_650_000L;
            while (now < until) {
                long next = Math.min(now + step, until);
                sum += waveform.at((now + next) / 2) * (next - now) * 1e-12;
                now = next;
            }
            assertThat(k.get(i).y()).isCloseTo(sum, Offset.offset(1e-6));
        }
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {11, 12, 13, 14})
    void eventsThatComeAgainGiveTheSameAsAloneWhateverTheyAreTogetherWith(long seed) {
        Random random = new Random(seed);
        Gradient[] gradients = {
            null,
            LOBE,
            new Gradient.Trapezoid(-3e4, 50 * US, 220 * US, 70 * US, 30 * US),
            new Gradient.Uniform(2e4, new Shape(0.2, 0.7, 1, 0.4, -0.1), 0, 0, 0, random.nextBoolean()),
            new Gradient.Corners(1e4, new Shape(0, 1, -1, 0), new Shape(0, 3, 17, 40), 10 * US)
        };
        Adc[] adcs = {null, ONE_SAMPLE, new Adc(31, 11_300_000, 7 * US, 0, 0, 0, 0, null)};
        RfPulse[] pulses = {null, null, hard(RfUse.EXCITATION), hard(RfUse.REFOCUSING), hard(RfUse.SATURATION)};
        for (int block = 0; block < 200; block++) {
            Rotation turn = Rotation.about(new Vec3(1, 2, 3), random.nextInt(3));
            builder.block(
                    1000 * US,
                    pulses[random.nextInt(pulses.length)],
                    gradients[random.nextInt(gradients.length)],
                    gradients[random.nextInt(gradients.length)],
                    gradients[random.nextInt(gradients.length)],
                    adcs[random.nextInt(adcs.length)],
                    List.of(new Extension.Turn(turn)));
        }
        Sequence sequence = builder.build();
        List<Vec3> expected = stepByStep(sequence);
        List<Vec3> k = samples(sequence);
        assertThat(k).hasSameSizeAs(expected);
        for (int i = 0; i < k.size(); i++) {
            assertThat(k.get(i).minus(expected.get(i)).norm())
                    .as("sample %d", i)
                    .isLessThan(1e-9);
        }
    }

    /** k at every sample, each block integrated piece by piece from one moment of interest to the next. */
    private static List<Vec3> stepByStep(Sequence sequence) {
        List<Vec3> samples = new ArrayList<>();
        Vec3 k = Vec3.ZERO;
        for (int block = 0; block < sequence.blockCount(); block++) {
            RfPulse pulse = sequence.rfId(block) == 0 ? null : sequence.rfPulse(sequence.rfId(block));
            double center = pulse == null ? -1 : pulse.delayPs() + pulse.centerSeconds() * 1e12;
            Adc adc = sequence.adcId(block) == 0 ? null : sequence.adc(sequence.adcId(block));
            double now = 0;
            int taken = 0;
            boolean pulsed = pulse == null;
            double end = sequence.blockDurationPs(block);
            while (now < end) {
                double sample =
                        adc == null || taken == adc.samples() ? end : adc.delayPs() + (taken + 0.5) * adc.dwellPs();
                double next = Math.min(sample, pulsed ? end : center);
                k = k.plus(sequence.rotation(block).apply(area(sequence, block, now, next)));
                now = next;
                if (!pulsed && now == center) {
                    pulsed = true;
                    k = switch (pulse.use()) {
                        case EXCITATION -> Vec3.ZERO;
                        case REFOCUSING -> k.scaled(-1);
                        default -> k;
                    };
                } else if (now == sample && now < end) {
                    samples.add(k);
                    taken++;
                }
            }
        }
        return samples;
    }

    private static Vec3 area(Sequence sequence, int block, double from, double to) {
        double[] area = new double[3];
        for (Axis axis : Axis.values()) {
            int id = sequence.gradientId(block, axis);
            if (id != 0) {
                Waveform w = sequence.gradient(id).held(RASTERS);
                for (int i = 1; i < w.timesPs().length; i++) {
                    double t0 = w.timesPs()[i - 1];
                    double t1 = w.timesPs()[i];
                    double low = Math.max(from, t0);
                    double high = Math.min(to, t1);
                    if (high > low) {
                        double middle = ((low + high) / 2 - t0) / (t1 - t0);
                        double g = w.hertzPerMeter()[i - 1] * (1 - middle) + w.hertzPerMeter()[i] * middle;
                        area[axis.ordinal()] += g * (high - low) * 1e-12;
                    }
                }
            }
        }
        return new Vec3(area[0], area[1], area[2]);
    }

    @Test
    void kOnAReadoutsLogicalAxesIsThatOfTheUnturnedSequence() {
        Rotation oblique = Rotation.about(new Vec3(3, -1, 2), 1.1);
        Adc adc = new Adc(20, 10 * US, 50 * US, 0, 0, 0, 0, null);
        Gradient other = new Gradient.Trapezoid(-7e4, 90 * US, 0, 60 * US, 10 * US);
        for (Rotation turn : List.of(Rotation.IDENTITY, oblique)) {
            builder.block(hard(RfUse.EXCITATION), null, null, null, null, List.of());
            builder.block(null, LOBE, null, other, adc, List.of(new Extension.Turn(turn)));
        }
        float[][][] k = new float[2][3][20];
        KspaceTrajectory.forEachWindow(builder.build(), w -> {
            float[][] to = k[w.adcIndex()];
            w.copyTo(w.adcIndex() == 0 ? Rotation.IDENTITY : oblique, to[0], to[1], to[2]);
        });
        assertThat(k[0][2][19]).isCloseTo(-5.25f, Offset.offset(1e-5f));
        for (int axis = 0; axis < 3; axis++) {
            for (int i = 0; i < 20; i++) {
                assertThat(k[1][axis][i]).isCloseTo(k[0][axis][i], Offset.offset(1e-5f));
            }
        }
    }
}
