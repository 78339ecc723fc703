package org.isocenter.sequence.trajectory;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.assertj.core.data.Offset;
import org.isocenter.sequence.Sequence;
import org.isocenter.sequence.pulseq.PulseqReader;
import org.isocenter.testing.SharedData;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * k-space, times, durations and labels against both Pulseq toolboxes (pypulseq 1.5.0.post1 and the MATLAB toolbox 1.5.2), for
 * every readable file of the collection. Left out are files that a toolbox cannot read, or sees otherwise for a reason that
 * docs/kspace-oracles.md gives and {@link KspaceOraclesTest} shows.
 */
class TrajectoryOracleTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** pypulseq's numbers are rounded to nine digits. */
    private static final double ROUNDED_DIGITS = 5e-9;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "gen151_cine_trig_gre",
                "gen151_epi_diffusion",
                "gen151_epi_label_softdelay",
                "gen151_haste",
                "gen151_trufi",
                "v120_fid",
                "v120_mprage",
                "v121_epi_jemris",
                "v130_mprage",
                "v131_cest",
                "v131_gre_labels",
                "v131_mprage",
                "v140_epi_rampsamp",
                "v140_epi_trig_fatsat",
                "v140_fid_gammastar",
                "v140_mprage",
                "v140_se_sms",
                "v141_gre_grappa",
                "v150_epi_label",
                "v150_epi_se_rs",
                "v150_gre_softdelay",
                "v150_mprage",
                "v150_tse",
                "v151_gre",
                "v151_se2d",
                "v151_spgr_ge_large"
            })
    void agreesWithPypulseq(String name) throws IOException {
        compare(name, SharedData.path("seq/oracle/" + name + ".json"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "gen141_epi_label",
                "gen151_cine_trig_gre",
                "gen151_epi_diffusion",
                "gen151_epi_label_softdelay",
                "gen151_gre_rfshim",
                "gen151_haste",
                "gen151_radial_rotext",
                "gen151_trufi",
                "v120_fid",
                "v120_mprage",
                "v121_epi_jemris",
                "v130_mprage",
                "v131_cest",
                "v131_gre_labels",
                "v131_mprage",
                "v140_epi_rampsamp",
                "v140_epi_trig_fatsat",
                "v140_fid_gammastar",
                "v140_mprage",
                "v140_se_sms",
                "v141_gre_grappa",
                "v150_epi_label",
                "v150_epi_se_rs",
                "v150_gre_softdelay",
                "v150_mprage",
                "v150_tse",
                "v151_gre",
                "v151_rot_tiny",
                "v151_se2d",
                "v151_spiral_os"
            })
    void agreesWithTheMatlabToolbox(String name) throws IOException {
        compare(name, SharedData.path("seq/oracle/" + name + ".matlab.json"));
    }

    private static void compare(String name, Path oracleFile) throws IOException {
        Sequence sequence =
                PulseqReader.read(SharedData.path("seq/" + name + ".seq")).sequence();
        JsonNode oracle = JSON.readTree(Files.readString(oracleFile));
        JsonNode kspace = oracle.get("kspace");
        int stride = kspace.get("stride").asInt();
        List<double[]> kept = new ArrayList<>(); // t, kx, ky, kz of every stride-th sample
        double[] sums = new double[3];
        int[] samples = {0};
        KspaceTrajectory.forEachWindow(sequence, w -> {
            for (int i = 0; i < w.samples(); i++) {
                if (samples[0]++ % stride == 0) {
                    kept.add(new double[] {w.timeSeconds(i), w.kx()[i], w.ky()[i], w.kz()[i]});
                }
                sums[0] += Math.abs(w.kx()[i]);
                sums[1] += Math.abs(w.ky()[i]);
                sums[2] += Math.abs(w.kz()[i]);
            }
        });

        double seconds = sequence.durationPs() * 1e-12;
        double clockError = Math.abs(oracle.get("duration_s").asDouble() - seconds);
        assertThat(sequence.blockCount()).isEqualTo(oracle.get("num_blocks").asInt());
        assertThat(clockError).as("duration").isLessThan(1e-12 * sequence.blockCount());
        assertThat(samples[0]).isEqualTo(kspace.get("n").asInt());
        String[] columns = {"t_sub", "kx_sub", "ky_sub", "kz_sub"};
        for (int column = 0; column < 4; column++) {
            JsonNode values = kspace.get(columns[column]);
            assertThat(values).hasSize(kept.size());
            // The oracle adds up block durations as doubles; its clock is off by so much, and k by that times the
            // gradient.
            double hertzPerMeter = column == 0
                    ? 1
                    : oracle.at("/gradients/" + "xyz".charAt(column - 1) + "/max_Hz_m")
                            .asDouble();
            for (int i = 0; i < kept.size(); i++) {
                if (values.get(i).isNumber()) {
                    double expected = values.get(i).asDouble();
                    double tolerance = (column == 0 ? 1e-11 : 1e-6)
                            + 2 * clockError * hertzPerMeter
                            + ROUNDED_DIGITS * Math.abs(expected);
                    assertThat(kept.get(i)[column])
                            .as("%s of sample %d", columns[column], i * stride)
                            .isCloseTo(expected, Offset.offset(tolerance));
                }
            }
            if (column > 0
                    && kspace.at("/k" + "xyz".charAt(column - 1) + "/n_nonfinite")
                                    .asInt()
                            == 0) {
                double expected =
                        kspace.at("/k" + "xyz".charAt(column - 1) + "/sum_abs").asDouble();
                assertThat(sums[column - 1])
                        .isCloseTo(expected, Offset.offset((1e-6 + 2 * clockError * hertzPerMeter) * samples[0]));
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "gen141_epi_label.matlab",
        "gen151_cine_trig_gre",
        "gen151_epi_label_softdelay",
        "gen151_gre_rfshim.matlab",
        "gen151_haste",
        "gen151_trufi",
        "v131_gre_labels",
        "v140_fid_gammastar",
        "v141_gre_grappa",
        "v150_epi_label",
        "v150_gre_softdelay",
        "v151_gre",
        "v151_spgr_ge_large",
        "v151_wave_mprage"
    })
    void labelsAtTheAdcsAreThoseOfTheToolbox(String oracleName) throws IOException {
        String file = oracleName.replace(".matlab", "") + ".seq";
        JsonNode labels = JSON.readTree(Files.readString(SharedData.path("seq/oracle/" + oracleName + ".json")))
                .get("labels_at_adc");
        Map<String, int[]> ours = LabelState.atAdc(
                PulseqReader.read(SharedData.path("seq/" + file)).sequence());
        assertThat(ours.keySet()).containsAll(() -> labels.fieldNames());
        labels.fields().forEachRemaining(label -> {
            int[] values = ours.get(label.getKey());
            long sum = 0;
            for (int value : values) {
                sum += value;
            }
            JsonNode expected = label.getValue();
            assertThat(values.length).isEqualTo(expected.get("n").asInt());
            assertThat(sum).as(label.getKey()).isEqualTo(expected.get("sum").asLong());
            assertThat(values[values.length - 1]).isEqualTo(expected.get("last").asInt());
            JsonNode first = expected.path("first64");
            for (int i = 0; i < first.size(); i++) {
                assertThat(values[i])
                        .as(label.getKey() + " " + i)
                        .isEqualTo(first.get(i).asInt());
            }
        });
    }
}
