package org.isocenter.hardware.virtual;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.isocenter.hardware.ScannerProfile;
import org.isocenter.hardware.virtual.Experiment.Result;
import org.isocenter.model.PatientPosition;
import org.isocenter.model.Protocol;
import org.isocenter.model.SystemLimits;
import org.isocenter.sequence.SequenceBuilder;
import org.isocenter.sequence.check.SafetyCheck;
import org.isocenter.sequence.compile.EventCompiler;
import org.isocenter.sequence.compile.EventTable;
import org.isocenter.sequence.library.SequenceLibrary;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** One address gives the same samples, bit for bit, however many threads there are; all imperfections and noise are on. */
class DeterminismTest {
    private static final int SPINS = 6000;

    @TempDir
    private Path folder;

    /** The scanner "osi2one" with so many receive channels. */
    private VirtualOptions options(int channels, String query) throws Exception {
        Path file = folder.resolve("many-channels.yaml");
        try (InputStream profile = ScannerProfile.class.getResourceAsStream("profiles/osi2one.yaml")) {
            String text = new String(profile.readAllBytes(), StandardCharsets.UTF_8);
            assertThat(text).contains("receiveChannels: 1");
            Files.writeString(file, text.replace("receiveChannels: 1", "receiveChannels: " + channels));
        }
        return VirtualOptions.parse(URI.create("virtual:" + file + "?phantom=bottle" + query));
    }

    private static EventTable table(String name, SystemLimits limits) throws Exception {
        SequenceBuilder builder = SequenceLibrary.find(name).orElseThrow();
        Protocol protocol = SequenceLibrary.defaults(builder, limits);
        Map<String, Integer> small =
                Map.of("matrix", 32, "matrixPhase", 8, "partitions", 4, "slices", 1, "ETL", 4, "dummies", 1);
        for (Map.Entry<String, Integer> setting : small.entrySet()) {
            if (protocol.has(setting.getKey())) {
                protocol = protocol.with(setting.getKey(), setting.getValue());
            }
        }
        return EventCompiler.compile(SafetyCheck.check(
                builder.build(protocol, limits, PatientPosition.HFS).sequence(), limits));
    }

    private static Result run(VirtualOptions options, EventTable table, int threads) {
        try (VirtualScanner scanner = new VirtualScanner(Experiment.ADDRESS, options, threads, SPINS)) {
            return Experiment.collect(scanner, table);
        }
    }

    @ParameterizedTest
    @CsvSource({"se2d, 4", "gre2d, 1", "epi2d, 2", "bssfp2d, 1"})
    void theSamplesDoNotDependOnTheNumberOfThreads(String sequence, int channels) throws Exception {
        VirtualOptions options = options(channels, "&seed=5");
        EventTable table = table(sequence, options.profile().limits());
        Result expected = run(options, table, 1);
        assertThat(expected.re()).isNotEmpty();
        for (int threads : new int[] {2, 7}) {
            Result found = run(options, table, threads);
            for (int i = 0; i < expected.re().size(); i++) {
                assertThat(found.re().get(i)).isEqualTo(expected.re().get(i));
                assertThat(found.im().get(i)).isEqualTo(expected.im().get(i));
            }
        }
    }

    @Test
    void anotherSeedChangesNoiseAndInterferenceAndNothingElse() throws Exception {
        EventTable table = table("se2d", options(1, "").profile().limits());
        Result five = run(options(1, "&seed=5"), table, 2);
        Result six = run(options(1, "&seed=6"), table, 2);
        Result fiveSilent = run(options(1, "&seed=5&noise=0&receive.interference=[]"), table, 2);
        Result sixSilent = run(options(1, "&seed=6&noise=0&receive.interference=[]"), table, 2);
        assertThat(six.re().get(0)).isNotEqualTo(five.re().get(0));
        assertThat(sixSilent.re().get(0)).isEqualTo(fiveSilent.re().get(0));
    }
}
