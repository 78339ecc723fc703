package org.isocenter.sequence.pulseq;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.isocenter.sequence.Adc;
import org.isocenter.sequence.Axis;
import org.isocenter.sequence.Extension;
import org.isocenter.sequence.Gradient;
import org.isocenter.sequence.RfPulse;
import org.isocenter.sequence.Sequence;
import org.isocenter.sequence.trajectory.KspaceTrajectory;
import org.isocenter.testing.SharedData;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Binary files of the MATLAB toolbox against the text that it wrote of the same sequence. */
class BinaryTwinTest {
    /** Text has six digits. */
    private static final double SIX_DIGITS = 5.1e-6;

    private static Sequence read(String name) throws IOException {
        return PulseqReader.read(SharedData.path("seq/" + name)).sequence();
    }

    @ParameterizedTest
    @ValueSource(strings = {"epi_label_softdelay", "radial_rotext"})
    void aBinaryFileIsItsTextTwin(String name) throws IOException {
        PulseqFile file = PulseqReader.read(SharedData.path("seq/gen152_" + name + ".bseq"));
        assertThat(file.version()).isEqualTo("1.5.2");
        assertThat(file.binary()).isTrue();
        assertThat(file.warnings()).isEmpty();
        assertThat(file.signature()).isEqualTo(PulseqFile.Signature.VALID);
        Sequence binary = file.sequence();
        Sequence text = read("gen151_" + name + ".seq");
        assertThat(binary.rasters()).isEqualTo(text.rasters());
        assertThat(binary.blockCount()).isEqualTo(text.blockCount());
        assertThat(binary.definitions().keySet())
                .containsExactlyInAnyOrderElementsOf(text.definitions().keySet());
        for (int block = 0; block < text.blockCount(); block++) {
            assertThat(binary.startPs(block)).isEqualTo(text.startPs(block));
            compare(binary, text, block);
        }
        assertThat(binary.durationPs()).isEqualTo(text.durationPs());
        compareTrajectories(binary, text);
    }

    private static void compare(Sequence binary, Sequence text, int block) {
        assertThat(binary.rfId(block) == 0).isEqualTo(text.rfId(block) == 0);
        if (text.rfId(block) != 0) {
            RfPulse a = binary.rfPulse(binary.rfId(block));
            RfPulse b = text.rfPulse(text.rfId(block));
            near(a.amplitudeHertz(), b.amplitudeHertz());
            near(a.frequencyHertz(), b.frequencyHertz());
            near(a.frequencyPpm(), b.frequencyPpm());
            near(a.phaseRadians(), b.phaseRadians());
            assertThat(a.centerSeconds()).isCloseTo(b.centerSeconds(), within(1e-9));
            assertThat(a.delayPs()).isEqualTo(b.delayPs());
            assertThat(a.use()).isEqualTo(b.use());
            assertThat(a.magnitude().length()).isEqualTo(b.magnitude().length());
        }
        assertThat(binary.adcId(block) == 0).isEqualTo(text.adcId(block) == 0);
        if (text.adcId(block) != 0) {
            Adc a = binary.adc(binary.adcId(block));
            Adc b = text.adc(text.adcId(block));
            assertThat(a.samples()).isEqualTo(b.samples());
            assertThat(a.dwellPs()).isEqualTo(b.dwellPs());
            assertThat(a.delayPs()).isEqualTo(b.delayPs());
            near(a.phaseRadians(), b.phaseRadians());
            assertThat(a.phaseShapeRadians() == null).isEqualTo(b.phaseShapeRadians() == null);
        }
        for (Axis axis : Axis.values()) {
            int a = binary.gradientId(block, axis);
            int b = text.gradientId(block, axis);
            assertThat(a == 0).isEqualTo(b == 0);
            if (b != 0) {
                compare(binary.gradient(a), text.gradient(b));
            }
        }
        compare(binary.extensions(binary.extensionId(block)), text.extensions(text.extensionId(block)));
    }

    private static void compare(Gradient a, Gradient b) {
        assertThat(a.getClass()).isEqualTo(b.getClass());
        assertThat(a.delayPs()).isEqualTo(b.delayPs());
        if (b instanceof Gradient.Trapezoid wanted) {
            Gradient.Trapezoid got = (Gradient.Trapezoid) a;
            near(got.amplitudeHertzPerMeter(), wanted.amplitudeHertzPerMeter());
            assertThat(List.of(got.risePs(), got.flatPs(), got.fallPs()))
                    .isEqualTo(List.of(wanted.risePs(), wanted.flatPs(), wanted.fallPs()));
        }
    }

    private static void compare(List<Extension> a, List<Extension> b) {
        assertThat(a).hasSameSizeAs(b);
        for (int i = 0; i < b.size(); i++) {
            if (b.get(i) instanceof Extension.Turn wanted) {
                Extension.Turn got = (Extension.Turn) a.get(i);
                assertThat(got.rotation().w()).isCloseTo(wanted.rotation().w(), within(1e-5));
                assertThat(got.rotation().z()).isCloseTo(wanted.rotation().z(), within(1e-5));
            } else {
                assertThat(a.get(i)).isEqualTo(b.get(i));
            }
        }
    }

    private static void near(double got, double wanted) {
        assertThat(got).isCloseTo(wanted, within(SIX_DIGITS * Math.abs(wanted) + 1e-12));
    }

    /** Six digits of amplitudes and of rotations, at some hundreds of 1/m. */
    private static void compareTrajectories(Sequence binary, Sequence text) {
        double[] a = ends(binary);
        double[] b = ends(text);
        assertThat(a).hasSameSizeAs(b);
        double largest = Arrays.stream(b).map(Math::abs).max().orElseThrow();
        for (int i = 0; i < b.length; i++) {
            assertThat(a[i]).isCloseTo(b[i], within(2 * SIX_DIGITS * largest));
        }
    }

    private static double[] ends(Sequence sequence) {
        List<double[]> all = new ArrayList<>();
        KspaceTrajectory.forEachWindow(sequence, w -> {
            int n = w.samples() - 1;
            all.add(new double[] {w.kx()[0], w.ky()[0], w.kz()[0], w.kx()[n], w.ky()[n], w.kz()[n]});
        });
        return all.stream().flatMapToDouble(Arrays::stream).toArray();
    }

    @Test
    void theBinaryFreeInductionDecayIsWhatItsDescriptionSays() throws IOException {
        Sequence fid = read("gen152_fid.bseq");
        assertThat(fid.blockCount()).isEqualTo(32);
        assertThat(fid.adcWindows()).isEqualTo(16);
        assertThat(fid.durationPs()).isEqualTo(80_320_000_000_000L);
    }

    @Test
    void aBinaryFileIsKnownByItsFirstBytesWhateverItsName() throws IOException {
        byte[] bytes = Files.readAllBytes(SharedData.path("seq/gen152_fid.bseq"));
        assertThat(PulseqReader.read("text.seq", bytes).binary()).isTrue();
    }

    @Test
    void olderBinaryLayoutsAreRefused() throws IOException {
        byte[] bytes = Files.readAllBytes(SharedData.path("seq/gen152_fid.bseq"));
        bytes[24] = 1;
        assertThatThrownBy(() -> PulseqReader.read("old.bseq", bytes))
                .isInstanceOf(PulseqFormatException.class)
                .hasMessage("old.bseq in [VERSION]: binary version 1.5.1 cannot be read; 1.5.2 can: export it again,"
                        + " or as text (.seq)");
    }

    @Test
    void aChangedBinaryFileIsTold() throws IOException {
        byte[] bytes = Files.readAllBytes(SharedData.path("seq/gen152_fid.bseq"));
        int name = new String(bytes, StandardCharsets.ISO_8859_1).indexOf("fid");
        bytes[name] = 'F';
        PulseqFile changed = PulseqReader.read("changed.bseq", bytes);
        assertThat(changed.signature()).isEqualTo(PulseqFile.Signature.INVALID);
        assertThat(changed.warnings()).hasSize(1);
    }

    @Test
    void aNameThatWouldBreakATextFileIsRefused() {
        LittleEndian file = new LittleEndian().raw(BinaryCode.MAGIC);
        file.longInteger(1).longInteger(5).longInteger(2).longInteger(BinaryCode.DEFINITIONS.code);
        file.longInteger(1).text("A\n[RF]").integer(1).letter('c').letter('x');
        assertThatThrownBy(() -> PulseqReader.read("name.bseq", file.bytes()))
                .isInstanceOf(PulseqFormatException.class)
                .hasMessageContaining("'A?[RF]' cannot be a definition's name");
    }

    @Test
    void aBinaryFileThatWasCutIsRefusedWithThePlace() throws IOException {
        byte[] bytes = Files.readAllBytes(SharedData.path("seq/gen152_fid.bseq"));
        assertThatThrownBy(() -> PulseqReader.read("cut.bseq", Arrays.copyOf(bytes, 700)))
                .isInstanceOf(PulseqFormatException.class)
                .hasMessageContaining("cut.bseq in [BLOCKS]: 32 entries are announced, but only")
                .hasMessageContaining("(byte ");
    }
}
