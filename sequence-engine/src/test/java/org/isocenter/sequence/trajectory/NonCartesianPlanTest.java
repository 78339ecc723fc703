package org.isocenter.sequence.trajectory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.isocenter.model.AcquisitionFlags;
import org.isocenter.model.Encoding;
import org.isocenter.model.PatientPosition;
import org.isocenter.model.Protocol;
import org.isocenter.model.ReadoutHeader;
import org.isocenter.model.SystemLimits;
import org.isocenter.model.Vec3;
import org.isocenter.sequence.Sequence;
import org.isocenter.sequence.SequenceBuilder;
import org.isocenter.sequence.SequencePlan;
import org.isocenter.sequence.TestSystems;
import org.isocenter.sequence.library.SequenceLibrary;
import org.isocenter.sequence.pulseq.PulseqReader;
import org.isocenter.sequence.pulseq.PulseqVersion;
import org.isocenter.sequence.pulseq.PulseqWriter;
import org.isocenter.testing.SharedData;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the planner finds out about files whose readouts are no parallel lines. */
class NonCartesianPlanTest {
    private static final SystemLimits LIMITS = TestSystems.generous();

    @ParameterizedTest(name = "{0} {3}")
    @CsvSource({
        "radial2d, spokes, 15, HFS",
        "radial2d, spokes, 15, FFP",
        "spiral2d, interleaves, 6, HFS",
        "radial3d, spokes, 60, HFS",
        "ute3d, spokes, 80, HFDR",
        "petra, spokes, 80, HFS"
    })
    void theFileTellsFieldOfViewMatrixSlicesAndPlace(String name, String parameter, int count, PatientPosition position)
            throws IOException {
        SequenceBuilder builder = SequenceLibrary.find(name).orElseThrow();
        Protocol protocol = SequenceLibrary.defaults(builder, LIMITS)
                .with("matrix", 24)
                .with("dummies", 1)
                .with("tilt1", 0.2)
                .with("offsetX", 0.011)
                .with("offsetY", -0.007)
                .with("offsetZ", 0.005)
                .with(parameter, count);
        SequencePlan known = builder.build(protocol, LIMITS, position);
        byte[] file = PulseqWriter.write(known.sequence(), PulseqVersion.V1_5_1);
        Sequence sequence = PulseqReader.read(name + ".seq", file).sequence();
        SequencePlan found = EncodingPlanner.plan(sequence, LIMITS.larmorHertz(), position);

        Encoding a = found.encodings().get(0);
        Encoding b = known.encodings().get(0);
        assertThat(a.trajectory()).isEqualTo(b.trajectory());
        assertThat(a.slices()).isEqualTo(b.slices());
        assertThat(a.reconX()).isBetween(24, 26);
        assertThat(a.reconZ()).isBetween(b.reconZ(), b.reconZ() == 1 ? 1 : 26);
        assertThat(a.reconFovMeters().minus(b.reconFovMeters()).norm()).isLessThan(1e-6);
        assertThat(a.sliceSpacingMeters()).isCloseTo(b.sliceSpacingMeters(), within(1e-6));
        for (int i = 0; i < found.readouts().size(); i++) {
            ReadoutHeader one = found.readouts().get(i);
            ReadoutHeader other = known.readouts().get(i);
            assertThat(one.has(AcquisitionFlags.NOT_IMAGING)).isFalse();
            assertThat(one.counters().slice()).isEqualTo(other.counters().slice());
            Vec3 distance = one.geometry().centerMeters().minus(other.geometry().centerMeters());
            assertThat(distance.norm()).as("readout %d", i).isLessThan(2e-4);
            if (b.reconZ() == 1) {
                assertThat(Math.abs(one.geometry().slice().dot(other.geometry().slice())))
                        .isCloseTo(1, within(1e-6));
            }
        }
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "gen151_radial_rotext.seq, 0.24, 240, 1",
        "v141_spiral.seq, 0.256, 94, 1",
        "v151_spiral_os.seq, 0.256, 64, 4"
    })
    void realFilesGetTheFieldOfViewThatTheyTell(String file, double fov, int matrix, int slices) throws IOException {
        Path path = SharedData.path("seq/" + file);
        Sequence sequence = PulseqReader.read(file, Files.readAllBytes(path)).sequence();
        SequencePlan plan = EncodingPlanner.plan(sequence, LIMITS.larmorHertz(), PatientPosition.HFS);
        Encoding encoding = plan.encodings().get(0);
        assertThat(encoding.reconFovMeters().x()).isCloseTo(fov, within(1e-9));
        assertThat(encoding.reconX()).isCloseTo(matrix, within(6));
        assertThat(encoding.slices()).isEqualTo(slices);
        assertThat(plan.notes()).anyMatch(note -> note.contains("matrix"));
    }

    @Test
    void withoutAFieldOfViewTheSpacingOfTheSamplesTellsAndANoteSaysSo() throws IOException {
        SequenceBuilder builder = SequenceLibrary.find("radial2d").orElseThrow();
        Protocol protocol = SequenceLibrary.defaults(builder, LIMITS)
                .with("matrix", 24)
                .with("spokes", 9)
                .with("slices", 1);
        SequencePlan known = builder.build(protocol, LIMITS, PatientPosition.HFS);
        String text = new String(PulseqWriter.write(known.sequence(), PulseqVersion.V1_5_1), StandardCharsets.US_ASCII)
                .replaceAll("(?m)^FOV .*\n", "")
                .replaceAll("(?s)\\[SIGNATURE\\].*", "");
        Sequence sequence = PulseqReader.read("x.seq", text.getBytes(StandardCharsets.US_ASCII))
                .sequence();
        SequencePlan found = EncodingPlanner.plan(sequence, LIMITS.larmorHertz(), PatientPosition.HFS);
        assertThat(found.encodings().get(0).reconFovMeters().x())
                .isCloseTo(protocol.number("FOV"), within(0.01 * protocol.number("FOV")));
        assertThat(found.notes()).anyMatch(note -> note.contains("does not tell the field of view"));
    }
}
