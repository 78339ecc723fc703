package org.isocenter.sequence.trajectory;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import org.assertj.core.data.Percentage;
import org.isocenter.model.Rotation;
import org.isocenter.model.Vec3;
import org.isocenter.sequence.RfUse;
import org.isocenter.sequence.pulseq.PulseqReader;
import org.isocenter.sequence.trajectory.TestSequences.Gre;
import org.isocenter.sequence.trajectory.TestSequences.Line;
import org.isocenter.sequence.trajectory.TestSequences.Step;
import org.isocenter.testing.SharedData;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SequenceInfoTest {
    private static final double LARMOR = 2e6;

    private static SequenceInfo info(String name) throws IOException {
        return SequenceInfo.of(
                PulseqReader.read(SharedData.path("seq/" + name + ".seq")).sequence(), LARMOR);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "v120_mprage",
                "v121_epi_jemris",
                "v131_gre_labels",
                "v140_se_sms",
                "v150_epi_label",
                "v150_gre_softdelay",
                "v150_mprage",
                "v150_tse",
                "v151_gre",
                "v151_se2d",
                "gen151_cine_trig_gre",
                "gen151_haste"
            })
    void gradientsEventsAndExtentsAreThoseOfTheToolbox(String name) throws IOException {
        SequenceInfo info = info(name);
        JsonNode oracle =
                new ObjectMapper().readTree(Files.readString(SharedData.path("seq/oracle/" + name + ".json")));
        assertThat(info.blocks()).isEqualTo(oracle.get("num_blocks").asInt());
        assertThat(info.rfPulses()).isEqualTo(oracle.at("/rf/n_pulses").asInt());
        assertThat(info.adcWindows()).isEqualTo(oracle.at("/adc/n_events").asInt());
        assertThat(info.adcSamples()).isEqualTo(oracle.at("/kspace/n").asLong());
        String[] axes = {"x", "y", "z"};
        for (int axis = 0; axis < 3; axis++) {
            JsonNode gradient = oracle.at("/gradients/" + axes[axis]);
            assertThat(info.gradientEvents().get(axis))
                    .isEqualTo(oracle.at("/event_count/g" + axes[axis]).asInt());
            assertThat(info.maxGradientHertzPerMeter().get(axis))
                    .isCloseTo(gradient.path("max_Hz_m").asDouble(), Percentage.withPercentage(1e-4));
            assertThat(info.maxSlewHertzPerMeterPerSecond().get(axis))
                    .isCloseTo(gradient.path("max_slew_Hz_m_s").asDouble(), Percentage.withPercentage(1e-2));
        }
        assertThat(info.kspaceMax().y())
                .isCloseTo(oracle.at("/kspace/ky/max").asDouble(), Percentage.withPercentage(1e-4));
        assertThat(info.kspaceMin().x())
                .isCloseTo(oracle.at("/kspace/kx/min").asDouble(), Percentage.withPercentage(1e-4));
    }

    @Test
    void flipAnglesAreGroupedByUse() throws IOException {
        SequenceInfo tse = info("v150_tse");
        assertThat(tse.flipAngles()).hasSize(2);
        assertThat(tse.flipAngles().get(0).use()).isEqualTo(RfUse.EXCITATION);
        assertThat(tse.flipAngles().get(0).pulses()).isEqualTo(5);
        assertThat(tse.flipAngles().get(1).use()).isEqualTo(RfUse.REFOCUSING);
        assertThat(Math.toDegrees(tse.flipAngles().get(1).radians())).isCloseTo(180, Percentage.withPercentage(0.01));
        assertThat(tse.fovMeters()).isEqualTo(new Vec3(0.256, 0.256, 0.005));
    }

    @Test
    void aMultibandPulseHasNoFlipAngleThatItsIntegralTells() throws IOException {
        assertThat(info("v140_se_sms").flipAngles()).anyMatch(f -> Double.isNaN(f.radians()));
    }

    @Test
    void labelsAndUnsupportedFeaturesAreListed() throws IOException {
        SequenceInfo info = info("v150_gre_softdelay");
        assertThat(info.labels().get("LIN")).isEqualTo(new SequenceInfo.Range(0, 63));
        assertThat(info.unsupported()).isEmpty();
        assertThat(info("v150_unknown_ext").unsupported())
                .containsExactly("extension UNKNOWN1: no effect", "extension UNKNOWN2: no effect");
    }

    @Test
    void millimetresInOldFilesAreUnderstood() throws IOException {
        assertThat(info("v121_spiral_jemris").fovMeters()).isEqualTo(new Vec3(0.23, 0.23, 0.001));
    }

    @Test
    void theResolutionIsThatOfTheWidthOfKspaceWhereverItLies() {
        // An early echo, and lines that all lie on one side of the centre.
        Line early = new Line(32, 1, 6, false, 1);
        SequenceInfo info = SequenceInfo.of(TestSequences.lines(early, 16, i -> 30 + i), LARMOR);
        assertThat(info.kspaceMin().y()).isGreaterThan(100);
        assertThat(info.resolutionMeters().get(0)).isCloseTo(TestSequences.FOV / 32, Percentage.withPercentage(0.1));
        assertThat(info.resolutionMeters().get(1)).isCloseTo(TestSequences.FOV / 16, Percentage.withPercentage(0.1));
        assertThat(info.resolutionMeters().get(2)).isNaN();
    }

    @Test
    void amplitudesAreTakenAfterRotation() {
        Gre straight = new Gre(Line.whole(16), Rotation.IDENTITY);
        straight.step(new Step(0, 0, 0));
        Gre turned = new Gre(Line.whole(16), Rotation.about(Vec3.Z, Math.PI / 4));
        turned.step(new Step(0, 0, 0));
        SequenceInfo plain = SequenceInfo.of(straight.builder.build(), LARMOR);
        SequenceInfo oblique = SequenceInfo.of(turned.builder.build(), LARMOR);
        double share = Math.sqrt(0.5);
        assertThat(oblique.maxGradientHertzPerMeter().get(1))
                .isCloseTo(plain.maxGradientHertzPerMeter().get(0) * share, Percentage.withPercentage(1e-9));
        assertThat(oblique.maxSlewHertzPerMeterPerSecond().get(0))
                .isCloseTo(plain.maxSlewHertzPerMeterPerSecond().get(0) * share, Percentage.withPercentage(1e-9));
    }
}
