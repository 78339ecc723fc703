package org.isocenter.sequence.trajectory;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.assertj.core.data.Offset;
import org.isocenter.model.Encoding;
import org.isocenter.model.PatientPosition;
import org.isocenter.model.Protocol;
import org.isocenter.model.ReadoutHeader;
import org.isocenter.model.SystemLimits;
import org.isocenter.model.Vec3;
import org.isocenter.model.Violation;
import org.isocenter.sequence.Sequence;
import org.isocenter.sequence.SequenceBuilder;
import org.isocenter.sequence.SequencePlan;
import org.isocenter.sequence.TestSystems;
import org.isocenter.sequence.library.SequenceLibrary;
import org.isocenter.sequence.pulseq.PulseqReader;
import org.isocenter.sequence.pulseq.PulseqVersion;
import org.isocenter.sequence.pulseq.PulseqWriter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A library sequence that is written to a file and read back is planned as its builder planned it. */
class LibraryPlansTest {
    private static final SystemLimits LIMITS = TestSystems.generous();

    @ParameterizedTest(name = "{0} {1} {2}")
    @CsvSource({
        "se2d, axial, HFS",
        "se2d, sagittal, HFS",
        "se2d, coronal, FFP",
        "b0map, axial, HFS",
        "b1map, coronal, HFS",
        "gre2d, coronal, HFS",
        "bssfp2d, sagittal, HFS",
        "bssfp3d, axial, FFS",
        "gre2d, axial, HFDR",
        "gre3d, axial, HFS",
        "mprage, axial, HFS",
        "mprage, coronal, HFDL",
        "gre3d, sagittal, HFS",
        "tse2d, axial, HFS",
        "tse3d, coronal, HFS",
        "se3d, sagittal, FFP",
        "ir2d, coronal, HFS",
        "sr2d, axial, HFDL",
        "localizer, axial, HFS",
        "localizer, axial, FFDL"
    })
    void theFileTellsWhatTheBuilderKnew(String name, String orientation, PatientPosition position) throws IOException {
        SequenceBuilder builder = SequenceLibrary.find(name).orElseThrow();
        Protocol protocol = SequenceLibrary.defaults(builder, LIMITS);
        if (protocol.has("orientation")) {
            protocol = protocol.withText("orientation", orientation)
                    .with("tilt1", 0.2)
                    .with("tilt2", -0.1)
                    .with("rotation", 0.15)
                    .with("offsetX", 0.011)
                    .with("offsetY", -0.007)
                    .with("offsetZ", 0.005);
        }
        for (Violation violation : builder.validate(protocol, LIMITS)) {
            Violation.Remedy remedy = violation.remedies().get(0);
            protocol = protocol.with(remedy.parameter(), remedy.value());
        }
        SequencePlan known = builder.build(protocol, LIMITS, position);
        byte[] file = PulseqWriter.write(known.sequence(), PulseqVersion.V1_5_1);
        Sequence sequence = PulseqReader.read(name + ".seq", file).sequence();
        SequencePlan found = EncodingPlanner.plan(sequence, LIMITS.larmorHertz(), position);

        assertThat(found.encodings()).hasSameSizeAs(known.encodings());
        for (int i = 0; i < found.encodings().size(); i++) {
            Encoding a = found.encodings().get(i);
            Encoding b = known.encodings().get(i);
            assertThat(a.encodedX()).isEqualTo(b.encodedX());
            assertThat(a.encodedY()).isEqualTo(b.encodedY());
            assertThat(a.encodedZ()).isEqualTo(b.encodedZ());
            assertThat(a.reconX()).isEqualTo(b.reconX());
            assertThat(a.slices()).isEqualTo(b.slices());
            assertThat(a.averages()).isEqualTo(b.averages());
            assertThat(a.trajectory()).isEqualTo(b.trajectory());
            assertThat(a.sliceSpacingMeters()).isCloseTo(b.sliceSpacingMeters(), Offset.offset(1e-6));
            assertNear(a.encodedFovMeters(), b.encodedFovMeters(), 1e-6);
            assertNear(a.reconFovMeters(), b.reconFovMeters(), 1e-6);
        }
        for (int i = 0; i < found.readouts().size(); i++) {
            ReadoutHeader a = found.readouts().get(i);
            ReadoutHeader b = known.readouts().get(i);
            assertThat(a.counters().step1()).isEqualTo(b.counters().step1());
            assertThat(a.counters().step2()).isEqualTo(b.counters().step2());
            assertThat(a.counters().slice()).isEqualTo(b.counters().slice());
            assertThat(a.counters().average()).isEqualTo(b.counters().average());
            assertThat(a.encodingSpace()).isEqualTo(b.encodingSpace());
            assertThat(a.centerSample()).isEqualTo(b.centerSample());
            assertNear(a.geometry().read(), b.geometry().read(), 1e-6);
            assertNear(a.geometry().phase(), b.geometry().phase(), 1e-6);
        }
        assertThat(found.parameters().repetitionTimeSeconds())
                .isCloseTo(known.parameters().repetitionTimeSeconds(), Offset.offset(1e-6));
        assertThat(found.parameters().echoTimesSeconds().get(0))
                .isCloseTo(known.parameters().echoTimesSeconds().get(0), Offset.offset(2e-5));
        assertThat(found.parameters().flipAngleRadians())
                .isCloseTo(known.parameters().flipAngleRadians(), Offset.offset(0.02));
    }

    private static void assertNear(Vec3 actual, Vec3 expected, double tolerance) {
        assertThat(actual.minus(expected).norm())
                .as("%s near %s", actual, expected)
                .isLessThan(tolerance);
    }
}
