package org.isocenter.sequence.trajectory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.groups.Tuple;
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
import org.isocenter.sequence.pulseq.PulseqReader;
import org.isocenter.testing.SharedData;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PlayedWaveformsTest {
    private static final long US = 1_000_000L;
    private static final double LARMOR = 2e6;
    private final Sequence.Builder builder = new Sequence.Builder(Rasters.BEFORE_1_4);

    private record Point(long us, double gx, double gy, double gz, double hertz, double radians, boolean adc) {}

    private static List<Point> rows(Sequence sequence, long fromUs, long toUs) {
        List<Point> rows = new ArrayList<>();
        PlayedWaveforms.forEachRow(
                sequence,
                LARMOR,
                fromUs * US,
                toUs * US,
                r -> rows.add(new Point(r.timePs() / US, r.gx(), r.gy(), r.gz(), r.rfHertz(), r.rfRadians(), r.adc())));
        return rows;
    }

    @Test
    void trapezoidsAreTheirCornersAndADelayBetweenThemIsNoRow() {
        Gradient lobe = new Gradient.Trapezoid(1000, 100 * US, 50 * US, 100 * US, 30 * US);
        builder.block(300 * US, null, lobe, null, null, null, List.of());
        builder.delay(500 * US);
        builder.delay(500 * US);
        builder.block(280 * US, null, null, null, lobe, null, List.of());
        assertThat(rows(builder.build(), 0, 1580))
                .extracting(Point::us, Point::gx, Point::gz)
                .containsExactly(
                        Tuple.tuple(0L, 0.0, 0.0),
                        Tuple.tuple(30L, 0.0, 0.0),
                        Tuple.tuple(130L, 1000.0, 0.0),
                        Tuple.tuple(180L, 1000.0, 0.0),
                        Tuple.tuple(280L, 0.0, 0.0),
                        Tuple.tuple(1330L, 0.0, 0.0),
                        Tuple.tuple(1430L, 0.0, 1000.0),
                        Tuple.tuple(1480L, 0.0, 1000.0),
                        Tuple.tuple(1580L, 0.0, 0.0));
    }

    @Test
    void aJumpIsTwoRowsOfTheSameTimeAndAWindowOpensAndCloses() {
        Gradient up = new Gradient.Corners(1000, new Shape(0, 1), new Shape(0, 10), 0);
        Gradient on = new Gradient.Corners(1000, new Shape(0.5, 0.5, 0), new Shape(0, 10, 20), 0);
        builder.block(100 * US, null, null, up, null, null, List.of());
        builder.block(200 * US, null, null, on, null, new Adc(5, 10 * US, 20 * US, 0, 0, 0, 0, null), List.of());
        assertThat(rows(builder.build(), 0, 300))
                .extracting(Point::us, Point::gy, Point::adc)
                .containsExactly(
                        Tuple.tuple(0L, 0.0, false),
                        Tuple.tuple(100L, 1000.0, false),
                        Tuple.tuple(100L, 500.0, false),
                        Tuple.tuple(120L, 500.0, false),
                        Tuple.tuple(120L, 500.0, true),
                        Tuple.tuple(170L, 500.0, true),
                        Tuple.tuple(170L, 500.0, false),
                        Tuple.tuple(200L, 500.0, false),
                        Tuple.tuple(300L, 0.0, false));
    }

    @Test
    void cornersOfTurnedGradientsAreOnAllAxes() {
        Rotation quarter = Rotation.about(Vec3.Z, Math.PI / 2);
        Gradient lobe = new Gradient.Trapezoid(1000, 100 * US, 0, 100 * US, 0);
        builder.block(200 * US, null, lobe, null, null, null, List.of(new Extension.Turn(quarter)));
        Point top = rows(builder.build(), 0, 200).get(1);
        assertThat(top.us).isEqualTo(100);
        assertThat(top.gx).isCloseTo(0, within(1e-9));
        assertThat(top.gy).isCloseTo(1000, within(1e-9));
    }

    @Test
    void rfHasItsSamplesAndEdgesWithItsOffsetsInThePhase() {
        RfPulse pulse = new RfPulse(
                200,
                new Shape(0.5, 1),
                new Shape(0, 0.5),
                new Shape(10, 20),
                0,
                100 * US,
                1,
                0,
                998,
                0.25,
                RfUse.OTHER);
        builder.block(200 * US, pulse, null, null, null, null, List.of());
        List<Point> rows = rows(builder.build(), 0, 200);
        assertThat(rows)
                .extracting(Point::us, Point::hertz)
                .containsExactly(
                        Tuple.tuple(0L, 0.0),
                        Tuple.tuple(100L, 0.0),
                        Tuple.tuple(100L, 100.0),
                        Tuple.tuple(110L, 100.0),
                        Tuple.tuple(120L, 200.0),
                        Tuple.tuple(120L, 0.0),
                        Tuple.tuple(200L, 0.0));
        assertThat(rows.get(3).radians).isCloseTo(0.25 + 2 * Math.PI * 1000 * 10e-6, within(1e-9));
        assertThat(rows.get(4).radians)
                .isCloseTo(Math.IEEEremainder(0.25 + Math.PI + 2 * Math.PI * 1000 * 20e-6, 2 * Math.PI), within(1e-9));
    }

    @Test
    void aStretchStartsAndEndsBetweenCorners() {
        builder.delay(1000 * US);
        builder.block(
                200 * US, null, new Gradient.Trapezoid(1000, 100 * US, 0, 100 * US, 0), null, null, null, List.of());
        Sequence sequence = builder.build();
        assertThat(rows(sequence, 1050, 1125))
                .extracting(Point::us, Point::gx)
                .containsExactly(Tuple.tuple(1050L, 500.0), Tuple.tuple(1100L, 1000.0), Tuple.tuple(1125L, 750.0));
        assertThat(rows(sequence, 1000, 1000)).isEmpty();
        assertThatThrownBy(() -> rows(sequence, 0, 1201)).isInstanceOf(IllegalArgumentException.class);
    }

    /** The area under the rows is k where no pulse resets it: two ways to the same number. */
    @ParameterizedTest
    @ValueSource(strings = {"gen151_radial_rotext", "v140_epi_rampsamp", "v151_spiral_os", "v150_tse", "v131_mprage"})
    void theRowsHoldTheMomentsOfEveryGradient(String name) throws IOException {
        Sequence sequence =
                PulseqReader.read(SharedData.path("seq/" + name + ".seq")).sequence();
        double[] area = new double[3];
        double[] last = new double[4];
        PlayedWaveforms.forEachRow(sequence, LARMOR, 0, sequence.durationPs(), r -> {
            double[] g = {r.gx(), r.gy(), r.gz()};
            double seconds = (r.timePs() - last[3]) * 1e-12;
            assertThat(seconds).isNotNegative();
            for (int axis = 0; axis < 3; axis++) {
                area[axis] += 0.5 * (g[axis] + last[axis]) * seconds;
                last[axis] = g[axis];
            }
            last[3] = r.timePs();
        });
        Vec3 expected = Vec3.ZERO;
        for (int block = 0; block < sequence.blockCount(); block++) {
            double[] moment = new double[3];
            for (Axis axis : Axis.values()) {
                int id = sequence.gradientId(block, axis);
                moment[axis.ordinal()] = id == 0
                        ? 0
                        : sequence.gradient(id).waveform(sequence.rasters()).areaPerMeter();
            }
            expected = expected.plus(sequence.rotation(block).apply(new Vec3(moment[0], moment[1], moment[2])));
        }
        assertThat(new Vec3(area[0], area[1], area[2]).minus(expected).norm()).isLessThan(1e-6);
    }
}
