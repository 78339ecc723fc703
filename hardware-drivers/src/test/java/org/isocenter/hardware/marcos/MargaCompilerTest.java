package org.isocenter.hardware.marcos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import org.isocenter.hardware.LibraryTables;
import org.isocenter.hardware.UncompilableTableException;
import org.isocenter.sequence.compile.EventChannel;
import org.isocenter.sequence.compile.EventChunk;
import org.isocenter.sequence.compile.EventTable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class MargaCompilerTest {
    /** When the table begins, in marga's clocks. */
    private long lead;

    private List<MargaModel.Change> play(EventTable table, MargaSettings settings) throws Exception {
        List<Integer> words = new ArrayList<>();
        MargaCompiler.compile(table, settings, words::add);
        List<MargaModel.Change> changes = MargaModel.play(words);
        lead = gateOpens(changes).get(0) - tableGateOpens(table).get(0);
        return changes;
    }

    private static List<Long> gateOpens(List<MargaModel.Change> changes) {
        List<Long> opens = new ArrayList<>();
        int gates = 0;
        for (MargaModel.Change change : changes) {
            if (change.buffer() == MargaBuffer.GATES_LEDS) {
                if ((change.value() & ~gates & MargaBuffer.TX_GATE) != 0) {
                    opens.add(change.tick());
                }
                gates = change.value();
            }
        }
        return opens;
    }

    private static List<Long> tableGateOpens(EventTable table) {
        List<Long> opens = new ArrayList<>();
        each(table, (chunk, i) -> {
            if (chunk.channel()[i] == EventChannel.TX_GATE.ordinal() && chunk.value()[i] == 1) {
                opens.add(Math.round(chunk.tick()[i] * MargaCompiler.CLOCK_HERTZ / table.clockHertz()));
            }
        });
        return opens;
    }

    private static void each(EventTable table, BiConsumer<EventChunk, Integer> visitor) {
        for (Iterator<EventChunk> chunks = table.chunks(); chunks.hasNext(); ) {
            EventChunk chunk = chunks.next();
            for (int i = 0; i < chunk.events(); i++) {
                visitor.accept(chunk, i);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"se2d, OCRA1", "se2d, GPA_FHDO", "gre2d, OCRA1", "gre2d, GPA_FHDO", "tse2d, GPA_FHDO"})
    void gatesOpenAndReceiversRunAtTheTablesTimes(String name, GradientBoard board) throws Exception {
        EventTable table = LibraryTables.table(name, 8, "osi2one");
        List<MargaModel.Change> changes = play(table, MargaSettings.of(table.limits(), board));
        List<Long> expected = tableGateOpens(table).stream().map(t -> t + lead).toList();
        assertThat(gateOpens(changes)).isEqualTo(expected);
        List<Long> windows = new ArrayList<>();
        each(table, (chunk, i) -> {
            if (chunk.channel()[i] == EventChannel.ADC.ordinal()) {
                windows.add(lead + Math.round(chunk.tick()[i] * MargaCompiler.CLOCK_HERTZ / table.clockHertz()));
            }
        });
        List<Long> enabled = new ArrayList<>();
        boolean on = false;
        for (MargaModel.Change change : changes) {
            if (change.buffer() == MargaBuffer.RX_CTRL) {
                boolean now = (change.value() & MargaBuffer.RX0_ENABLE) != 0;
                if (now && !on) {
                    enabled.add(change.tick());
                }
                on = now;
            }
        }
        assertThat(enabled).isNotEmpty().isEqualTo(windows);
    }

    @ParameterizedTest
    @EnumSource(GradientBoard.class)
    void gradientsReachTheirValuesAtTheTablesTimes(GradientBoard board) throws Exception {
        EventTable table = LibraryTables.table("gre2d", 6, "osi2one");
        MargaSettings settings = MargaSettings.of(table.limits(), board);
        List<MargaModel.Change> changes = play(table, settings);
        int latency = board.latencyClocks(settings.spiDivider());
        long slack = board.updatesTogether() ? 0 : 2L * board.spacingClocks(settings.spiDivider());
        double[] dac = new double[3];
        double[] shadow = new double[3];
        List<long[]> times = new ArrayList<>();
        List<double[]> values = new ArrayList<>();
        int high = 0;
        int low = 0;
        for (int i = 0; i < changes.size(); i++) {
            MargaModel.Change change = changes.get(i);
            if (change.buffer() == MargaBuffer.GRAD_MSB) {
                high = change.value();
            } else if (change.buffer() == MargaBuffer.GRAD_LSB) {
                low = change.value();
            } else {
                continue;
            }
            boolean more = changes.subList(i + 1, Math.min(changes.size(), i + 4)).stream()
                    .anyMatch(c -> c.tick() == change.tick()
                            && (c.buffer() == MargaBuffer.GRAD_MSB || c.buffer() == MargaBuffer.GRAD_LSB));
            int word = high << 16 | low;
            if (more || word == 0) {
                continue;
            }
            int channel = word >>> 25 & 3;
            shadow[channel] =
                    board == GradientBoard.OCRA1 ? (word >> 2 << 14 >> 14) / 131072.0 : (word & 0xffff) / 32768.0 - 1;
            if (board == GradientBoard.GPA_FHDO || (word & 0x0100_0000) != 0) {
                System.arraycopy(shadow, 0, dac, 0, 3);
                times.add(new long[] {change.tick() + latency});
                values.add(dac.clone());
            }
        }
        List<TreeMap<Long, Double>> expected = List.of(new TreeMap<>(), new TreeMap<>(), new TreeMap<>());
        each(table, (chunk, i) -> {
            int axis = chunk.channel()[i] - EventChannel.GX.ordinal();
            if (axis >= 0 && axis <= 2) {
                long at = lead + Math.round(chunk.tick()[i] * MargaCompiler.CLOCK_HERTZ / table.clockHertz());
                expected.get(axis).put(at, chunk.value()[i] / table.limits().gradientHertzPerMeter());
            }
        });
        for (int axis = 0; axis < 3; axis++) {
            assertThat(expected.get(axis)).hasSizeGreaterThan(40);
            for (Map.Entry<Long, Double> entry : expected.get(axis).entrySet()) {
                double now = 0;
                for (int k = 0; k < times.size() && times.get(k)[0] <= entry.getKey() + slack; k++) {
                    now = values.get(k)[axis];
                }
                // A board whose channels change one after the other makes up for it by so much of a step.
                Map.Entry<Long, Double> next = expected.get(axis).higherEntry(entry.getKey());
                double step = board.updatesTogether() || next == null ? 0 : next.getValue() - entry.getValue();
                assertThat(now)
                        .as("axis %d at %d", axis, entry.getKey())
                        .isCloseTo(entry.getValue(), within(1e-4 + 0.5 * Math.abs(step)));
            }
        }
    }

    @ParameterizedTest
    @EnumSource(GradientBoard.class)
    void theEndIsSafe(GradientBoard board) throws Exception {
        EventTable table = LibraryTables.table("se2d", 4, "osi2one");
        List<MargaModel.Change> changes = play(table, MargaSettings.of(table.limits(), board));
        int[] last = new int[MargaBuffer.COUNT];
        changes.forEach(c -> last[c.buffer()] = c.value());
        assertThat(last[MargaBuffer.TX0_I]).isZero();
        assertThat(last[MargaBuffer.TX0_Q]).isZero();
        assertThat(last[MargaBuffer.GATES_LEDS]).isZero();
        assertThat(last[MargaBuffer.RX_CTRL] & MargaBuffer.RX0_ENABLE).isZero();
        int code = last[MargaBuffer.GRAD_MSB] << 16 | last[MargaBuffer.GRAD_LSB];
        assertThat(board == GradientBoard.OCRA1 ? code >> 2 & 0x3ffff : code & 0xffff)
                .isEqualTo(board == GradientBoard.OCRA1 ? 0 : 0x8000);
    }

    @Test
    void aGradientRasterThatTheBoardCannotFollowIsRefused() {
        EventTable table = LibraryTables.table("gre2d", 4, "osi2one");
        MargaSettings slow = new MargaSettings(
                GradientBoard.OCRA1, 63, 2e6, 5e3, table.limits().gradientHertzPerMeter());
        assertThatThrownBy(() -> MargaCompiler.compile(table, slow, word -> {}))
                .isInstanceOf(UncompilableTableException.class)
                .hasMessageContaining("ocra1")
                .hasMessageContaining("longer gradient raster");
    }
}
