package org.isocenter.sequence.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.util.stream.IntStream;
import org.isocenter.model.SafetyLimits.Mode;
import org.isocenter.model.SafetyLimits.ModeLimit;
import org.isocenter.model.SafetyLimits.Safe;
import org.isocenter.model.SafetyLimits.SafeAxis;
import org.isocenter.sequence.Sequence;
import org.isocenter.sequence.pulseq.PulseqReader;
import org.isocenter.testing.SharedData;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Real files against what pypulseq 1.5.0 computed for them with its own example hardware. */
class SafetyOracleTest {
    /** The invented scanner of pypulseq's {@code safe_example_hw}. */
    static final Safe EXAMPLE = new Safe(
            "peripheral",
            new SafeAxis(0.40, 0.10, 0.50, 0.20e-3, 0.03e-3, 3.00e-3, 30, 0.35),
            new SafeAxis(0.55, 0.15, 0.30, 1.50e-3, 2.50e-3, 0.15e-3, 15, 0.31),
            new SafeAxis(0.42, 0.40, 0.18, 2.00e-3, 0.12e-3, 1.00e-3, 25, 0.25),
            10e-6,
            new ModeLimit(1, 1));

    private static double[] oracle(String name) throws IOException {
        for (String line : Files.readAllLines(SharedData.path("seq/oracle/safety_oracle.tsv"))) {
            String[] cells = line.split("\t");
            if (cells[0].equals(name + ".seq")) {
                return IntStream.range(1, cells.length)
                        .mapToDouble(i -> i == 5 ? (cells[i].equals("True") ? 1 : 0) : Double.parseDouble(cells[i]))
                        .toArray();
            }
        }
        throw new AssertionError("no oracle for " + name);
    }

    private static Sequence read(String name) throws IOException {
        return PulseqReader.read(SharedData.path("seq/" + name + ".seq")).sequence();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "v150_tse",
                "v140_epi_rampsamp",
                "v141_spiral",
                "gen151_epi_diffusion",
                "v150_mprage",
                "v151_gre",
                "gen151_trufi"
            })
    void stimulationBySafeIsThatOfThePublishedProgram(String name) throws IOException {
        double[] expected = oracle(name);
        Sequence sequence = read(name);
        SafeStimulation safe = new SafeStimulation(EXAMPLE, Mode.NORMAL, 42.576e6);
        GradientWalker walker = new GradientWalker(sequence, safe, 1);
        for (int block = 0; block < sequence.blockCount(); block++) {
            walker.block(block);
        }
        CheckResult result = walker.results().get(0);

        assertThat(result.value() / 100).isCloseTo(expected[0], within(1e-6 * expected[0]));
        for (int a = 0; a < 3; a++) {
            assertThat(safe.axisPeaks[a].value()).isCloseTo(expected[1 + a], within(1e-6 * expected[1 + a]));
        }
        assertThat(result.pass()).isEqualTo(expected[4] == 1);
        if (!name.equals("gen151_epi_diffusion")) { // has several equal peaks: rounding decides which is the largest
            assertThat(safe.peak.ps() * 1e-12).isCloseTo(expected[5], within(1e-9));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "v150_tse",
                "v140_epi_rampsamp",
                "v141_spiral",
                "gen151_epi_diffusion",
                "v150_mprage",
                "v151_gre",
                "gen151_trufi"
            })
    void theSpectrumIsThatOfTheToolboxes(String name) throws IOException {
        double[] expected = oracle(name);
        Sequence sequence = read(name);
        int[] ks = IntStream.rangeClosed(1, 299).toArray();
        double[] largest = new double[ks.length];
        double scale = Math.sqrt(8 / (3 * WindowedSpectrum.WINDOW_SECONDS)) * WindowedSpectrum.WINDOW_SECONDS / 4;
        WindowedSpectrum spectrum = new WindowedSpectrum(sequence, ks, (startPs, block, amplitude) -> {
            // The toolboxes leave out windows that the sequence does not fill.
            if (startPs < 0 || startPs + 50_000_000_000L > sequence.durationPs()) {
                return;
            }
            for (int i = 0; i < ks.length; i++) {
                double rss = Math.hypot(Math.hypot(amplitude[0][i], amplitude[1][i]), amplitude[2][i]) * scale;
                largest[i] = Math.max(largest[i], rss);
            }
        });
        for (int block = 0; block < sequence.blockCount(); block++) {
            spectrum.block(block);
        }
        spectrum.end();
        int at = IntStream.range(0, ks.length)
                .reduce((a, b) -> largest[b] > largest[a] ? b : a)
                .orElseThrow();
        assertThat(largest[at]).isCloseTo(expected[6], within(1e-3 * expected[6]));
        assertThat(ks[at] * WindowedSpectrum.SPACING_HERTZ).isCloseTo(expected[7], within(1e-3));
    }
}
