package org.isocenter.hardware.marcos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.isocenter.hardware.LibraryTables;
import org.isocenter.hardware.UncompilableTableException;
import org.isocenter.sequence.compile.EventTable;
import org.isocenter.sequence.compile.Rest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class MargaRunsTest {
    private static final RunLimits LIMITS = new RunLimits(0.005, 0, 0.1, 98_304, 1 << 17);
    private static final Set<Integer> PLAYED = Set.of(MargaBuffer.TX0_I, MargaBuffer.TX0_Q, MargaBuffer.GATES_LEDS);

    private static List<MargaRun> runs(EventTable table, MargaSettings settings, RunLimits limits) throws Exception {
        List<MargaRun> runs = new ArrayList<>();
        MargaRuns all = new MargaRuns(table, settings, limits);
        for (MargaRun run = all.next(); run != null; run = all.next()) {
            runs.add(run);
        }
        return runs;
    }

    private static List<Integer> words(byte[] payload) {
        List<Integer> words = new ArrayList<>();
        ByteBuffer bytes = ByteBuffer.wrap(payload).order(ByteOrder.LITTLE_ENDIAN);
        while (bytes.hasRemaining()) {
            words.add(bytes.getInt());
        }
        return words;
    }

    /** What comes out: gates and TX whenever they change, and every word that the gradient board is sent. */
    private static final class Output {
        private final List<String> events = new ArrayList<>();
        private final int[] value = new int[MargaBuffer.COUNT];
        private long offset;

        void play(List<Integer> words) {
            List<MargaModel.Change> changes = MargaModel.play(words);
            for (int i = 0; i < changes.size(); i++) {
                MargaModel.Change change = changes.get(i);
                boolean differs = value[change.buffer()] != change.value();
                value[change.buffer()] = change.value();
                boolean gradient = change.buffer() == MargaBuffer.GRAD_LSB || change.buffer() == MargaBuffer.GRAD_MSB;
                boolean more = i + 1 < changes.size()
                        && changes.get(i + 1).tick() == change.tick()
                        && changes.get(i + 1).buffer() <= MargaBuffer.GRAD_MSB;
                if (gradient && change.tick() > 0 && !more) {
                    int word = value[MargaBuffer.GRAD_MSB] << 16 | value[MargaBuffer.GRAD_LSB];
                    events.add((change.tick() + offset) + " gradient " + Integer.toHexString(word));
                } else if (PLAYED.contains(change.buffer()) && differs) {
                    events.add((change.tick() + offset) + " " + change.buffer() + " " + change.value());
                }
            }
        }
    }

    @Test
    void windowsWithoutAnyPulseAreRunsOfTheirOwn() throws Exception {
        EventTable table = LibraryTables.table("noise", "windows", 16, "osi2one");
        List<MargaRun> runs = runs(table, MargaSettings.of(table.limits(), GradientBoard.OCRA1), LIMITS);
        assertThat(runs).hasSize(16);
        assertThat(runs).allSatisfy(run -> assertThat(run.windows()).hasSize(1));
    }

    @ParameterizedTest
    @CsvSource({"se2d, OCRA1", "se2d, GPA_FHDO", "gre2d, OCRA1", "tse2d, GPA_FHDO", "epi2d, OCRA1", "epi2d, GPA_FHDO"})
    void runsOneAfterTheOtherChangeEverythingAtTheTablesTimes(String name, GradientBoard board) throws Exception {
        EventTable table = LibraryTables.table(name, 8, "osi2one");
        MargaSettings settings = MargaSettings.of(table.limits(), board);
        List<Integer> whole = new ArrayList<>();
        MargaCompiler.compile(table, settings, whole::add);
        Output expected = new Output();
        expected.play(whole);
        Output played = new Output();
        MargaValidator validator = new MargaValidator(settings);
        List<MargaRun> runs = runs(table, settings, LIMITS);
        for (MargaRun run : runs) {
            byte[] payload = run.payload();
            validator.check(payload, run.lengthClocks());
            played.play(words(payload));
            played.offset += run.lengthClocks();
        }
        assertThat(runs).hasSizeGreaterThan(1);
        assertThat(played.events).isEqualTo(expected.events);
    }

    @ParameterizedTest
    @ValueSource(strings = {"se2d", "gre2d", "tse2d", "ir2d"})
    void noRunEndsBetweenAnExcitationAndItsEchoes(String name) throws Exception {
        EventTable table = LibraryTables.table(name, 8, "osi2one");
        MargaSettings settings = MargaSettings.of(table.limits(), GradientBoard.OCRA1);
        List<MargaRun> runs = runs(table, settings, LIMITS);
        double firstReadout = 0;
        for (MargaRun run : runs) {
            firstReadout = run.windows().isEmpty() ? run.endSeconds() : firstReadout;
        }
        double dummies = firstReadout;
        List<MargaRun> read =
                runs.stream().filter(run -> run.startSeconds() >= dummies).toList();
        assertThat(read).hasSizeGreaterThan(1);
        assertThat(read).allSatisfy(run -> assertThat(run.windows()).isNotEmpty());
    }

    @ParameterizedTest
    @ValueSource(strings = {"se2d", "gre2d", "tse2d"})
    void dummyRepetitionsAreRunsOfTheirOwnAndAsLongAsOthers(String name) throws Exception {
        EventTable table = LibraryTables.table(name, Map.of("matrixPhase", 8.0, "dummies", 3.0), "osi2one");
        List<MargaRun> runs = runs(table, MargaSettings.of(table.limits(), GradientBoard.OCRA1), LIMITS);
        int dummies = 0;
        while (runs.get(dummies).windows().isEmpty()) {
            dummies++;
        }
        assertThat(dummies).isGreaterThanOrEqualTo(3);
        double longest = runs.subList(dummies, runs.size()).stream()
                .mapToDouble(run -> run.endSeconds() - run.startSeconds())
                .max()
                .orElseThrow();
        assertThat(runs)
                .allSatisfy(
                        run -> assertThat(run.endSeconds() - run.startSeconds()).isLessThan(longest + 0.01));
    }

    @ParameterizedTest
    @CsvSource({"bssfp2d, 0.1", "bssfp2d, 0.03", "bssfp2d, 0", "petra, 0.1", "petra, 0"})
    void shortRepetitionsWithoutAPauseEndARunWhenItHasBecomeLong(String name, double longest) throws Exception {
        EventTable table = name.equals("petra")
                ? LibraryTables.table(
                        name, Map.of("matrix", 8.0, "BW", 10e3, "spokes", 100.0, "dummies", 4.0), "osi2one")
                : LibraryTables.table(name, Map.of("matrixPhase", 32.0, "slices", 1.0), "osi2one");
        MargaSettings settings = MargaSettings.of(table.limits(), GradientBoard.OCRA1);
        List<MargaRun> runs = runs(table, settings, new RunLimits(0.005, 0, longest, 2 * 98_304, 1 << 17));
        double most = runs.stream().mapToDouble(MargaRun::seconds).max().orElseThrow();
        assertThat(most).isBetween(longest, longest + 2 * longestRepetitionSeconds(table));
        assertThat(longestRepetitionSeconds(table)).isLessThan(0.015);
        assertThat(runs.stream().mapToInt(run -> run.windows().size()).sum()).isEqualTo(table.adcWindows());
    }

    private static double longestRepetitionSeconds(EventTable table) {
        long longest = 0;
        long before = 0;
        for (Iterator<Rest> rests = table.rests(); rests.hasNext(); ) {
            long now = rests.next().toTick();
            longest = Math.max(longest, now - before);
            before = now;
        }
        return longest / table.clockHertz();
    }

    @Test
    void onlyTheFirstRunTouchesTheOscillators() throws Exception {
        EventTable table = LibraryTables.table("gre2d", 4, "osi2one");
        MargaSettings settings = MargaSettings.of(table.limits(), GradientBoard.OCRA1);
        int[] dds = new int[MargaBuffer.COUNT];
        for (MargaRun run : runs(table, settings, LIMITS)) {
            for (MargaModel.Change change : MargaModel.play(words(run.payload()))) {
                if (change.buffer() >= MargaBuffer.DDS0_LSB && change.buffer() < MargaBuffer.GATES_LEDS) {
                    assertThat(run.number() > 0 && dds[change.buffer()] != change.value())
                            .isFalse();
                    dds[change.buffer()] = change.value();
                }
            }
        }
        long step = Math.round(settings.carrierHertz() / MargaCompiler.CLOCK_HERTZ * (1L << 31));
        assertThat((long) dds[MargaBuffer.DDS0_LSB + 1] << 16 | dds[MargaBuffer.DDS0_LSB])
                .isEqualTo(step);
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.3, 1, 5})
    void aSegmentIsAsLongAsItIsAllowedToBe(double seconds) throws Exception {
        EventTable table = LibraryTables.table("se2d", 16, "osi2one");
        MargaSettings settings = MargaSettings.of(table.limits(), GradientBoard.OCRA1);
        List<MargaRun> shortest = runs(table, settings, LIMITS);
        double repetition = shortest.get(1).endSeconds() - shortest.get(1).startSeconds();
        List<MargaRun> runs = runs(table, settings, new RunLimits(0.005, seconds, 0.1, 98_304, 1 << 17));
        // The first one has dummies as well.
        assertThat(runs.subList(1, runs.size()))
                .allSatisfy(run -> assertThat(run.endSeconds() - run.startSeconds())
                        .isLessThanOrEqualTo(Math.max(seconds, repetition) + repetition / 2));
        assertThat(runs.size()).isLessThanOrEqualTo(shortest.size());
        assertThat(runs.stream().mapToInt(run -> run.windows().size()).sum()).isEqualTo(table.adcWindows());
    }

    @Test
    void aTableWithoutAPauseInTimeIsRefused() throws Exception {
        EventTable table = LibraryTables.table("gre2d", 4, "osi2one");
        MargaSettings settings = MargaSettings.of(table.limits(), GradientBoard.OCRA1);
        assertThatThrownBy(() -> runs(table, settings, new RunLimits(0.005, 0, 0.1, 400, 1 << 17)))
                .isInstanceOf(UncompilableTableException.class)
                .hasMessageContaining("400 instructions")
                .hasMessageContaining("longer TR");
    }

    @ParameterizedTest
    @EnumSource(GradientBoard.class)
    void shimsAreOnFromTheFirstRunToTheLast(GradientBoard board) throws Exception {
        EventTable table = LibraryTables.table("gre2d", 4, "osi2one");
        double full = table.limits().gradientHertzPerMeter();
        MargaSettings plain = MargaSettings.of(table.limits(), board);
        MargaSettings settings = new MargaSettings(
                board,
                plain.spiDivider(),
                plain.carrierHertz(),
                plain.transmitFullScaleHertz(),
                List.of(
                        new GradientScale(1.2 * full, 0.05 * full, List.of()),
                        new GradientScale(1.2 * full, -0.1 * full, List.of(0.001, 0.99, 0.0, 0.01)),
                        GradientScale.of(1.2 * full)),
                1,
                1,
                1,
                0);
        MargaValidator validator = new MargaValidator(settings);
        List<MargaRun> runs = runs(table, settings, LIMITS);
        assertThat(runs).hasSizeGreaterThan(1);
        for (MargaRun run : runs) {
            validator.check(run.payload(), run.lengthClocks());
        }
        // Judged as unshimmed, every run ends away from zero.
        assertThatThrownBy(() -> new MargaValidator(plain).check(runs.get(1).payload(), Long.MAX_VALUE))
                .hasMessageContaining("at the end");
    }
}
