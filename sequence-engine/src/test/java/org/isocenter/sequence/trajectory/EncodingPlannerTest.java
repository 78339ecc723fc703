package org.isocenter.sequence.trajectory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.isocenter.sequence.trajectory.TestSequences.FOV;

import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.assertj.core.data.Offset;
import org.isocenter.model.AcquisitionFlags;
import org.isocenter.model.Encoding;
import org.isocenter.model.EncodingCounters;
import org.isocenter.model.EncodingGeometry;
import org.isocenter.model.PatientPosition;
import org.isocenter.model.ReadoutHeader;
import org.isocenter.model.Rotation;
import org.isocenter.model.SequenceParameters;
import org.isocenter.model.Vec3;
import org.isocenter.sequence.Axis;
import org.isocenter.sequence.Extension;
import org.isocenter.sequence.Gradient;
import org.isocenter.sequence.Sequence;
import org.isocenter.sequence.SequencePlan;
import org.isocenter.sequence.pulseq.PulseqReader;
import org.isocenter.sequence.trajectory.TestSequences.Gre;
import org.isocenter.sequence.trajectory.TestSequences.Line;
import org.isocenter.sequence.trajectory.TestSequences.Step;
import org.isocenter.testing.SharedData;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class EncodingPlannerTest {
    private static final double LARMOR = 2e6;

    private static SequencePlan plan(Sequence sequence) {
        return EncodingPlanner.plan(sequence, LARMOR, PatientPosition.HFS);
    }

    private static SequencePlan planFile(String name) throws IOException {
        return plan(PulseqReader.read(SharedData.path("seq/" + name)).sequence());
    }

    private static void assertNear(Vec3 actual, Vec3 expected, double tolerance) {
        assertThat(actual.minus(expected).norm())
                .as("%s near %s", actual, expected)
                .isLessThan(tolerance);
    }

    @ParameterizedTest
    @CsvSource({
        // file, x, y, slices, recon x, TR, TE, flip angle in degrees
        "v150_tse.seq,             64,  64,  1,  64, 2,        0.096,      90",
        "v151_gre.seq,             64,  64,  1,  64, 0.10001,  0.00739,    10",
        "v150_mprage.seq,          32,  32,  3,  32, 0.18974,  0.00278,    90",
        "v131_gre_labels.seq,     256, 256,  1, 256, 0.01,     0.0043005,  10",
        "v150_gre_softdelay.seq,   64,  64,  1,  64, 0.01622,  0.0042,      7",
        "v151_se2d.seq,            32,  32,  1,  32, 0.5,      0.01998,    90",
        "v151_spgr_ge_large.seq,  384, 192, 44, 192, 0.400048, 0.004008,   80",
        "v120_mprage.seq,          32,  32,  3,  32, 0.00568,  0.0027505,  90",
        "v146_rfshim_ptx.seq,      64,  64,  1,  64, 0.00504,  0.00235,     7"
    })
    void realCartesianFilesArePlanned(
            String file, int x, int y, int slices, int reconX, double tr, double te, double flipDegrees)
            throws IOException {
        SequencePlan plan = planFile(file);
        Encoding encoding = plan.encodings().get(0);
        assertThat(encoding.trajectory()).isEqualTo(Encoding.Trajectory.CARTESIAN);
        assertThat(encoding.encodedX()).isEqualTo(x);
        assertThat(encoding.encodedY()).isEqualTo(y);
        assertThat(encoding.encodedZ()).isEqualTo(1);
        assertThat(encoding.reconX()).isEqualTo(reconX);
        assertThat(encoding.slices()).isEqualTo(slices);
        assertThat(encoding.averages()).isEqualTo(1);
        Set<EncodingCounters> places = new HashSet<>();
        for (ReadoutHeader readout : plan.readouts()) {
            places.add(readout.counters());
            assertThat(readout.centerSample()).isEqualTo(x / 2);
            assertNear(readout.geometry().read(), Vec3.X, 1e-9);
            assertNear(readout.geometry().phase(), Vec3.Y, 1e-9);
        }
        assertThat(places).as("each line of each slice once").hasSize(y * slices);
        SequenceParameters parameters = plan.parameters();
        assertThat(parameters.repetitionTimeSeconds()).isCloseTo(tr, Offset.offset(1e-9));
        assertThat(parameters.echoTimesSeconds().get(0)).isCloseTo(te, Offset.offset(1e-6));
        assertThat(Math.toDegrees(parameters.flipAngleRadians())).isCloseTo(flipDegrees, Offset.offset(0.1));
        assertThat(parameters.acquisitionType()).isEqualTo("2D");
    }

    @Test
    void aGrappaFileKeepsItsFullFieldOfViewAndItsReferenceLines() throws IOException {
        SequencePlan plan = planFile("v141_gre_grappa.seq");
        assertThat(plan.encodings().get(0).encodedY()).isEqualTo(256);
        assertThat(plan.readouts().stream()
                        .filter(r -> r.has(AcquisitionFlags.PARALLEL_CALIBRATION_AND_IMAGING))
                        .count())
                .isPositive();
    }

    @Test
    void anEpiAlternatesAndItsNavigatorsAreNoImageLines() throws IOException {
        SequencePlan plan = planFile("v150_epi_label.seq");
        Encoding encoding = plan.encodings().get(0);
        assertThat(encoding.trajectory()).isEqualTo(Encoding.Trajectory.EPI);
        assertThat(encoding.slices()).isEqualTo(7);
        assertThat(encoding.repetitions()).isEqualTo(4);
        assertThat(encoding.averages()).isEqualTo(1);
        long navigators = plan.readouts().stream()
                .filter(r -> r.has(AcquisitionFlags.NAVIGATION))
                .count();
        assertThat(navigators).isEqualTo(28 * 3);
        assertThat(plan.readouts().stream()
                        .filter(r -> r.has(AcquisitionFlags.REVERSE) && !r.has(AcquisitionFlags.NAVIGATION))
                        .count())
                .isEqualTo(28 * 32);
    }

    @ParameterizedTest
    @CsvSource({
        "v141_spiral.seq, SPIRAL",
        "gen151_radial_rotext.seq, RADIAL",
        "v151_rot_tiny.seq, RADIAL",
        "v151_wave_mprage.seq, OTHER",
        "v140_epi_singletraj.seq, OTHER",
        "v140_fid_gammastar.seq, OTHER"
    })
    void otherTrajectoriesAreNamedWithANote(String file, Encoding.Trajectory kind) throws IOException {
        SequencePlan plan = planFile(file);
        assertThat(plan.encodings().get(0).trajectory()).isEqualTo(kind);
        assertThat(plan.notes()).isNotEmpty();
    }

    @Test
    void aSequenceWithoutReadoutsHasAPlanThatSaysSo() throws IOException {
        SequencePlan plan = planFile("v150_unknown_ext.seq");
        assertThat(plan.readouts()).isEmpty();
        assertThat(plan.notes()).anyMatch(note -> note.contains("nothing to reconstruct"));
    }

    @Test
    void interleavedLinesGoToTheirPlaces() {
        SequencePlan plan = plan(TestSequences.lines(Line.whole(16), 8, i -> (i * 3) % 8));
        assertThat(plan.readouts()).extracting(r -> r.counters().step1()).containsExactly(0, 3, 6, 1, 4, 7, 2, 5);
        assertThat(plan.notes()).isEmpty();
        assertThat(plan.parameters().echoTrainLength()).isEqualTo(1);
    }

    @Test
    void oversamplingIsTheFieldOfViewOverTheSpacing() {
        Encoding encoding = plan(TestSequences.lines(new Line(32, 2, 16, false, 1), 8, i -> i))
                .encodings()
                .get(0);
        assertThat(encoding.encodedX()).isEqualTo(32);
        assertThat(encoding.encodedFovMeters().x()).isCloseTo(2 * FOV, Offset.offset(1e-9));
        assertThat(encoding.reconX()).isEqualTo(16);
        assertThat(encoding.reconFovMeters().x()).isCloseTo(FOV, Offset.offset(1e-9));
    }

    @Test
    void aReadoutToNegativeKIsReversed() {
        SequencePlan plan = plan(TestSequences.lines(new Line(16, 1, 7, true, 1), 8, i -> i));
        assertThat(plan.readouts()).allMatch(r -> r.has(AcquisitionFlags.REVERSE));
        assertThat(plan.readouts()).extracting(ReadoutHeader::centerSample).containsOnly(7);
        assertThat(plan.encodings().get(0).trajectory()).isEqualTo(Encoding.Trajectory.CARTESIAN);
    }

    @Test
    void anAsymmetricEchoNeedsAWiderMatrix() {
        SequencePlan plan = plan(TestSequences.lines(new Line(24, 1, 8, false, 1), 8, i -> i));
        assertThat(plan.encodings().get(0).encodedX()).isEqualTo(32);
        assertThat(plan.readouts()).extracting(ReadoutHeader::centerSample).containsOnly(8);
        assertThat(plan.notes()).anyMatch(note -> note.contains("asymmetric"));
    }

    @Test
    void repeatedLinesAreAveragesAndRepeatedEchoesAreContrasts() {
        Gre averaged = new Gre(Line.whole(16), Rotation.IDENTITY);
        for (int i = 0; i < 16; i++) {
            averaged.step(new Step(i % 8 - 4, 0, 0));
        }
        SequencePlan twice = plan(averaged.builder.build());
        assertThat(twice.encodings().get(0).averages()).isEqualTo(2);
        assertThat(twice.readouts().get(11).counters()).isEqualTo(new EncodingCounters(3, 0, 1, 0, 0, 0, 0, 0, 0));

        SequencePlan echoes = plan(TestSequences.lines(new Line(16, 1, 7.5, false, 3), 8, i -> i));
        assertThat(echoes.encodings().get(0).contrasts()).isEqualTo(3);
        assertThat(echoes.encodings().get(0).averages()).isEqualTo(1);
        assertThat(echoes.encodings().get(0).trajectory()).isEqualTo(Encoding.Trajectory.CARTESIAN);
        assertThat(echoes.parameters().echoTimesSeconds()).hasSize(3).isSorted();
        assertThat(echoes.readouts().get(1).has(AcquisitionFlags.REVERSE)).isTrue();
        assertThat(echoes.readouts().get(2).has(AcquisitionFlags.REVERSE)).isFalse();
    }

    @Test
    void everySecondLineIsToldFromHalfTheFieldOfView() {
        Gre gre = new Gre(Line.whole(16), Rotation.IDENTITY);
        for (int i = 0; i < 8; i++) {
            gre.step(new Step(2 * i - 8, 0, 0));
        }
        gre.builder.definition("FOV", FOV + " " + FOV + " 0.005");
        SequencePlan plan = plan(gre.builder.build());
        assertThat(plan.encodings().get(0).encodedY()).isEqualTo(16);
        assertThat(plan.readouts()).extracting(r -> r.counters().step1()).containsExactly(0, 2, 4, 6, 8, 10, 12, 14);
    }

    @Test
    void linesFromHighToLowAreTheSameImage() {
        Gre gre = new Gre(Line.whole(16), Rotation.IDENTITY);
        for (int i = 0; i < 8; i++) {
            gre.step(new Step(4 - i, 0, 0)); // 4 … -3: the highest is the lowest of the discrete transform
        }
        SequencePlan plan = plan(gre.builder.build());
        assertThat(plan.encodings().get(0).encodedY()).isEqualTo(8);
        assertThat(plan.readouts()).extracting(r -> r.counters().step1()).containsExactly(0, 7, 6, 5, 4, 3, 2, 1);
    }

    @Test
    void linesHalfAStepOffTheCentreFitTheirGrid() {
        Gre gre = new Gre(Line.whole(16), Rotation.IDENTITY);
        for (int i = 0; i < 8; i++) {
            gre.step(new Step(i - 3.5, 0, 0));
        }
        SequencePlan plan = plan(gre.builder.build());
        assertThat(plan.encodings().get(0).encodedY()).isEqualTo(8);
        assertThat(plan.readouts()).extracting(r -> r.counters().step1()).containsExactly(0, 1, 2, 3, 4, 5, 6, 7);
    }

    @Test
    void partitionsAreTheSlabAxis() {
        Gre gre = new Gre(Line.whole(16), Rotation.IDENTITY);
        for (int line = -4; line < 4; line++) {
            for (int partition = -2; partition < 2; partition++) {
                gre.step(new Step(line, 5 * partition, 0.01));
            }
        }
        SequencePlan plan = plan(gre.builder.build());
        Encoding encoding = plan.encodings().get(0);
        assertThat(plan.parameters().acquisitionType()).isEqualTo("3D");
        assertThat(List.of(encoding.encodedX(), encoding.encodedY(), encoding.encodedZ()))
                .containsExactly(16, 8, 4);
        assertThat(encoding.encodedFovMeters().z()).isCloseTo(FOV / 5, Offset.offset(1e-9));
        assertThat(encoding.slices()).isEqualTo(1);
        assertThat(plan.readouts().get(5).counters()).isEqualTo(new EncodingCounters(1, 1, 0, 0, 0, 0, 0, 0, 0));
        assertNear(plan.readouts().get(0).geometry().centerMeters(), new Vec3(0, 0, 0.01), 1e-9);
    }

    @Test
    void slicesLieWhereTheirPulsesExcite() {
        Gre gre = new Gre(Line.whole(16), Rotation.IDENTITY);
        double[] places = {0.01, -0.01, 0};
        for (int line = -4; line < 4; line++) {
            for (double place : places) {
                gre.step(new Step(line, 0, place));
            }
        }
        SequencePlan plan = plan(gre.builder.build());
        assertThat(plan.encodings().get(0).slices()).isEqualTo(3);
        assertThat(plan.encodings().get(0).sliceSpacingMeters()).isCloseTo(0.01, Offset.offset(1e-9));
        assertThat(plan.readouts().subList(0, 3))
                .extracting(r -> r.counters().slice())
                .containsExactly(2, 0, 1);
        assertNear(plan.readouts().get(1).geometry().centerMeters(), new Vec3(0, 0, -0.01), 1e-9);
        assertThat(plan.readouts().stream()
                        .filter(r -> r.has(AcquisitionFlags.LAST_IN_SLICE))
                        .count())
                .isEqualTo(3);
        assertThat(plan.readouts().get(23).has(AcquisitionFlags.LAST_IN_MEASUREMENT))
                .isTrue();
    }

    @Test
    void aTurnedSequenceHasItsDirectionsInThePatient() {
        // x → feet, y → left, z → … : a coronal plane read along the body
        Rotation coronal = Rotation.toAxes(new Vec3(0, 0, -1), Vec3.X, new Vec3(0, -1, 0));
        Gre gre = new Gre(Line.whole(16), coronal);
        for (int i = 0; i < 8; i++) {
            gre.step(new Step(i - 4, 0, 0.02));
        }
        EncodingGeometry geometry = plan(gre.builder.build()).readouts().get(0).geometry();
        assertNear(geometry.read(), new Vec3(0, 0, -1), 1e-9);
        assertNear(geometry.phase(), Vec3.X, 1e-9);
        assertNear(geometry.centerMeters(), new Vec3(0, -0.02, 0), 1e-9);
    }

    @Test
    void anObliqueSequenceIsPlannedTheSameWithAndWithoutTheRotationExtension() {
        Rotation tilt = Rotation.about(new Vec3(1, 0.5, -0.2), 0.4);
        Gre gre = new Gre(Line.whole(16), tilt);
        for (int i = 0; i < 8; i++) {
            gre.step(new Step(i - 4, 0, 0.02));
        }
        SequencePlan turned = plan(gre.builder.build());
        assertNear(turned.readouts().get(0).geometry().read(), tilt.apply(Vec3.X), 1e-9);
        assertNear(
                turned.readouts().get(0).geometry().centerMeters(),
                tilt.apply(Vec3.Z).scaled(0.02),
                1e-9);
        SequencePlan baked = plan(Baked.in(gre.builder.build(), tilt));
        assertThat(baked.readouts())
                .extracting(ReadoutHeader::counters)
                .isEqualTo(
                        turned.readouts().stream().map(ReadoutHeader::counters).toList());
        assertNear(
                baked.readouts().get(3).geometry().phase(),
                turned.readouts().get(3).geometry().phase(),
                1e-6);
        assertNear(
                baked.readouts().get(3).geometry().centerMeters(),
                turned.readouts().get(3).geometry().centerMeters(),
                1e-6);
    }

    /** Rotates the trapezoids of a sequence into ones on the physical axes. */
    private static final class Baked {
        static Sequence in(Sequence turned, Rotation rotation) {
            Sequence.Builder b = new Sequence.Builder(turned.rasters());
            for (int block = 0; block < turned.blockCount(); block++) {
                double[] amplitude = new double[3];
                Gradient.Trapezoid shape = null;
                for (Axis axis : Axis.values()) {
                    int id = turned.gradientId(block, axis);
                    if (id != 0) {
                        shape = (Gradient.Trapezoid) turned.gradient(id);
                        amplitude[axis.ordinal()] = shape.amplitudeHertzPerMeter();
                    }
                }
                Vec3 g = rotation.apply(new Vec3(amplitude[0], amplitude[1], amplitude[2]));
                b.block(
                        turned.blockDurationPs(block),
                        turned.rfId(block) == 0 ? null : turned.rfPulse(turned.rfId(block)),
                        like(shape, g.x()),
                        like(shape, g.y()),
                        like(shape, g.z()),
                        turned.adcId(block) == 0 ? null : turned.adc(turned.adcId(block)),
                        List.<Extension>of());
            }
            return b.build();
        }

        private static Gradient like(Gradient.Trapezoid shape, double amplitude) {
            return shape == null
                    ? null
                    : new Gradient.Trapezoid(
                            amplitude, shape.risePs(), shape.flatPs(), shape.fallPs(), shape.delayPs());
        }
    }

    @ParameterizedTest
    @EnumSource(PatientPosition.class)
    void theImageIsUprightHoweverThePatientLies(PatientPosition position) {
        Sequence sequence = TestSequences.lines(Line.whole(16), 8, i -> i);
        EncodingGeometry geometry = EncodingPlanner.plan(sequence, LARMOR, position)
                .readouts()
                .get(0)
                .geometry();
        for (Vec3 direction : List.of(geometry.read(), geometry.phase())) {
            assertThat(direction.x() + direction.y() - direction.z()).isCloseTo(1, Offset.offset(1e-9));
        }
        Vec3 device = position.patientToDevice().apply(geometry.read());
        assertThat(Math.abs(device.x())).as("read stays on the device's x").isCloseTo(1, Offset.offset(1e-9));
    }
}
