package org.isocenter.sequence.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.isocenter.model.PatientPosition;
import org.isocenter.model.Protocol;
import org.isocenter.model.SystemLimits;
import org.isocenter.model.Violation;
import org.isocenter.sequence.Extension;
import org.isocenter.sequence.Gradient;
import org.isocenter.sequence.Rasters;
import org.isocenter.sequence.Sequence;
import org.isocenter.sequence.TestSystems;
import org.isocenter.sequence.library.SequenceLibrary;
import org.isocenter.sequence.pulseq.PulseqVersion;
import org.isocenter.sequence.pulseq.PulseqWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileSequenceTest {
    private static final SystemLimits LIMITS = TestSystems.lowField();
    private static final long MILLISECOND_PS = 1_000_000_000L;

    @TempDir
    Path folder;

    /** A gradient, and a pause that may be set. */
    private FileSequence pause(double hertzPerMeter) throws IOException {
        Sequence.Builder builder = new Sequence.Builder(Rasters.of(LIMITS));
        builder.block(
                null,
                new Gradient.Trapezoid(hertzPerMeter, MILLISECOND_PS, 0, MILLISECOND_PS, 0),
                null,
                null,
                null,
                List.of());
        builder.block(
                5 * MILLISECOND_PS,
                null,
                null,
                null,
                null,
                null,
                List.of(new Extension.SoftDelay(0, -2 * MILLISECOND_PS, 1, "TR")));
        Path file = folder.resolve("pause.seq");
        Files.write(file, PulseqWriter.write(builder.build(), PulseqVersion.V1_5_1));
        return FileSequence.read(file);
    }

    private static Protocol defaults(FileSequence sequence) {
        return SequenceLibrary.defaults(sequence, LIMITS);
    }

    @Test
    void softDelaysAreItsParameters() throws IOException {
        FileSequence sequence = pause(1e3);
        Protocol protocol = defaults(sequence);
        assertThat(protocol.values()).hasSize(1);
        assertThat(protocol.number("TR")).isCloseTo(0.007, within(1e-12));
        assertThat(sequence.validate(protocol, LIMITS)).isEmpty();
        assertThat(sequence.changed(protocol)).isEmpty();
        assertThat(sequence.durationSeconds(protocol, LIMITS)).isCloseTo(0.007, within(1e-12));
        Protocol longer = protocol.with("TR", 0.020);
        assertThat(sequence.durationSeconds(longer, LIMITS)).isCloseTo(0.020, within(1e-12));
        assertThat(sequence.changed(longer)).isEqualTo(Map.of("TR", 0.020));
        assertThat(sequence.build(longer, LIMITS, PatientPosition.HFS)
                        .sequence()
                        .durationPs())
                .isEqualTo(20 * MILLISECOND_PS);
    }

    @Test
    void aValueOutOfRangeIsToldWithTheNearestOneThatIsNot() throws IOException {
        FileSequence sequence = pause(1e3);
        List<Violation> violations = sequence.validate(defaults(sequence).with("TR", 0.001), LIMITS);
        assertThat(violations).hasSize(1);
        assertThat(violations.get(0).parameter()).isEqualTo("TR");
        assertThat(violations.get(0).remedies().get(0).value()).isCloseTo(0.002, within(1e-12));
    }

    @Test
    void whatTheScannerCannotPlayIsTold() throws IOException {
        FileSequence sequence = pause(1e8);
        List<Violation> violations = sequence.validate(defaults(sequence), LIMITS);
        assertThat(violations)
                .isNotEmpty()
                .allSatisfy(v -> assertThat(v.parameter()).isEqualTo(FileSequence.WHOLE_SEQUENCE));
        assertThat(violations).anySatisfy(v -> assertThat(v.message()).contains("gradient amplitude x", "block 1"));
    }

    @Test
    void aFileThatIsNoSequenceIsRefused() throws IOException {
        Path file = folder.resolve("x.seq");
        Files.writeString(file, "hello");
        assertThatThrownBy(() -> FileSequence.read(file)).isInstanceOf(IOException.class);
    }
}
