package org.isocenter.sequence.trajectory;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.assertj.core.data.Offset;
import org.isocenter.model.Rotation;
import org.isocenter.model.Vec3;
import org.isocenter.sequence.Adc;
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
}
