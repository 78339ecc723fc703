package org.isocenter.hardware.virtual;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.Random;
import org.isocenter.hardware.Imperfections;
import org.isocenter.hardware.LibraryTables;
import org.isocenter.hardware.virtual.phantom.SpinList;
import org.isocenter.sequence.check.SafetyCheck;
import org.isocenter.sequence.check.UnsafeSequenceException;
import org.isocenter.sequence.compile.EventCompiler;
import org.isocenter.sequence.compile.EventTable;
import org.isocenter.sequence.pulseq.PulseqReader;
import org.isocenter.testing.SharedData;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whole sequences on listed spins, against every held step on every spin in double precision. */
class SpinBySpinTest {
    private static final int SPINS = 40;
    private static final long SEED = 4;

    @ParameterizedTest
    @CsvSource({
        "se2d, matrixPhase, 4",
        "gre2d, matrixPhase, 4",
        "tse2d, matrixPhase, 8",
        "bssfp2d, matrixPhase, 8",
        "epi2d, matrixPhase, 8",
        "spiral2d, interleaves, 12",
        "radial2d, spokes, 4",
        "petra, spokes, 100"
    })
    void sequencesOfTheLibraryAgree(String name, String parameter, int value) {
        agree(name, LibraryTables.table(name, parameter, value, "ideal"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"v141_spiral", "v140_epi_rampsamp", "v150_tse", "gen151_trufi", "v121_epi_jemris"})
    void pulseqFilesAgree(String name) throws IOException, UnsafeSequenceException {
        agree(
                name,
                EventCompiler.compile(SafetyCheck.check(
                        PulseqReader.read(SharedData.path("seq/" + name + ".seq"))
                                .sequence(),
                        Experiment.LIMITS)));
    }

    private static void agree(String name, EventTable table) {
        SpinList spins = spins();
        List<double[]> expected = SpinBySpin.play(table, spins);
        Experiment.Result result;
        try (VirtualScanner scanner = Experiment.scanner(spins, Imperfections.NONE, 2)) {
            result = Experiment.collect(scanner, table);
        }
        assertThat(result.re()).hasSameSizeAs(expected);
        double difference = 0;
        double size = 0;
        for (int w = 0; w < expected.size(); w++) {
            double[] one = expected.get(w);
            for (int s = 0; s < one.length / 2; s++) {
                double re = result.re().get(w)[s] - one[2 * s];
                double im = result.im().get(w)[s] - one[2 * s + 1];
                difference += re * re + im * im;
                size += one[2 * s] * one[2 * s] + one[2 * s + 1] * one[2 * s + 1];
            }
        }
        assertThat(Math.sqrt(difference / size)).as("%s, seed %d", name, SEED).isLessThan(2e-4);
    }

    /** In a ball of 8 cm about the isocentre, of three kinds, with offsets of up to 100 Hz. */
    private static SpinList spins() {
        Random random = new Random(SEED);
        double[][] place = new double[3][SPINS];
        double[] density = new double[SPINS];
        double[] t1 = new double[SPINS];
        double[] t2 = new double[SPINS];
        double[] offset = new double[SPINS];
        for (int i = 0; i < SPINS; i++) {
            for (int axis = 0; axis < 3; axis++) {
                place[axis][i] = (random.nextDouble() - 0.5) * (axis == 2 ? 0.01 : 0.16);
            }
            density[i] = 0.3 + random.nextDouble();
            int kind = random.nextInt(3);
            t1[i] = new double[] {0.3, 0.8, 3}[kind];
            t2[i] = new double[] {0.03, 0.09, 1.5}[kind];
            offset[i] = 200 * (random.nextDouble() - 0.5);
        }
        return new SpinList.Builder("few", 1e-9)
                .places(place[0], place[1], place[2])
                .contrast(density, t1, t2)
                .offsets(offset)
                .build();
    }
}
