package org.isocenter.hardware.marcos.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.isocenter.testing.SharedData;
import org.junit.jupiter.api.Test;

/** What the real server's words did at the outputs of the cycle-accurate model of the firmware. */
class BoardGoldenTest {
    /** The model's clock when the first instruction is decoded: after its reset, and three clocks for each word of the upload. */
    private static final int CLOCKS_BEFORE = 22;

    private static final int CLOCKS_PER_WORD = 3;
    private static final int FULL_OF_GATES = 0x8000;

    @Test
    void everyOutputChangesAtTheClockAtWhichTheFirmwareChangesIt() throws Exception {
        int changes = 0;
        for (JsonNode vector : vectors()) {
            List<Map<String, Integer>> ours = new ArrayList<>();
            List<Long> clocks = new ArrayList<>();
            play(vector, clocks, ours);
            long before = CLOCKS_BEFORE + CLOCKS_PER_WORD * vector.path("words").size();
            List<String> seen = new ArrayList<>();
            for (int i = 0; i < clocks.size(); i++) {
                seen.add(clocks.get(i) + before + " " + ours.get(i));
            }
            List<String> expected = expected(vector);
            assertThat(seen).as(vector.path("name").asText()).isEqualTo(expected);
            changes += expected.size();
        }
        assertThat(changes).isEqualTo(395);
    }

    @Test
    void flagsAreThoseThatTheServerReported() throws Exception {
        for (JsonNode vector : vectors()) {
            String name = vector.path("name").asText();
            MargaBoard board = play(vector, new ArrayList<>(), new ArrayList<>());
            assertThat(board.overflowed()).as(name).isZero();
            assertThat(board.full()).as(name).isEqualTo(name.equals("cfg") ? FULL_OF_GATES : 0);
            int fault = name.equals("oc1_too_fast") ? 2 : name.equals("fhd_too_fast") ? 4 : 0;
            assertThat(board.gradientFaults()).as(name).isEqualTo(fault);
        }
    }

    private static JsonNode vectors() throws Exception {
        return new ObjectMapper()
                .readTree(SharedData.path("marcos/golden_vectors.json").toFile());
    }

    private static MargaBoard play(JsonNode vector, List<Long> clocks, List<Map<String, Integer>> changes) {
        int[] outputs = new int[Output.values().length];
        TreeMap<Long, Map<String, Integer>> rows = new TreeMap<>();
        MargaBoard board = new MargaBoard(
                (clock, output, value) -> {
                    Map<String, Integer> row = rows.computeIfAbsent(clock, c -> new TreeMap<>());
                    Columns.put(row, output, outputs[output.ordinal()], value);
                    outputs[output.ordinal()] = value;
                },
                (receiver, first, count, decimation) -> {});
        vector.path("words").forEach(word -> board.execute((int) Long.parseLong(word.asText(), 16)));
        assertThat(board.state()).isEqualTo(Sequencer.State.HALTED);
        board.drain();
        rows.values().removeIf(Map::isEmpty);
        clocks.addAll(rows.keySet());
        changes.addAll(rows.values());
        return board;
    }

    private static List<String> expected(JsonNode vector) {
        List<String> rows = new ArrayList<>();
        JsonNode before = null;
        for (JsonNode row : vector.path("events")) {
            Map<String, Integer> changed = new TreeMap<>();
            for (int i = 1; before != null && i < row.size(); i++) {
                if (row.get(i).asInt() != before.get(i).asInt()) {
                    changed.put(
                            vector.path("columns").get(i).asText(), row.get(i).asInt());
                }
            }
            if (before != null) {
                rows.add(row.get(0).asLong() + " " + changed);
            }
            before = row;
        }
        return rows;
    }

    /** Outputs by the names of the model's columns. */
    private static final class Columns {
        private static final List<String> AXES = List.of("vx", "vy", "vz", "vz2");
        private static final Map<String, Integer> GATES = new LinkedHashMap<>();
        private static final Map<String, Integer> RECEIVE = new LinkedHashMap<>();

        static {
            GATES.put("tx_gate", 0);
            GATES.put("rx_gate", 1);
            GATES.put("trig_out", 2);
            RECEIVE.put("rx0_rate_valid", 4);
            RECEIVE.put("rx1_rate_valid", 5);
            RECEIVE.put("rx0_rst_n", 6);
            RECEIVE.put("rx1_rst_n", 7);
            RECEIVE.put("rx0_en", 8);
            RECEIVE.put("rx1_en", 9);
        }

        static void put(Map<String, Integer> row, Output output, int before, int value) {
            switch (output) {
                case DDS0_LSB, DDS0_MSB, DDS1_LSB, DDS1_MSB, DDS2_LSB, DDS2_MSB -> {}
                case GATES_LEDS -> {
                    bits(row, GATES, before, value);
                    if (before >> 8 != value >> 8) {
                        row.put("leds", value >> 8);
                    }
                }
                case RX_CTRL -> bits(row, RECEIVE, before, value);
                case OCRA1_X, OCRA1_Y, OCRA1_Z, OCRA1_Z2 -> {
                    if (before != value) {
                        row.put("ocra1_" + AXES.get(output.ordinal() - Output.OCRA1_X.ordinal()), value);
                    }
                }
                case FHDO_X, FHDO_Y, FHDO_Z, FHDO_Z2 -> {
                    int old = before == 0 && value == 0 ? 0x8000 : before;
                    if (old != value) {
                        row.put("fhdo_" + AXES.get(output.ordinal() - Output.FHDO_X.ordinal()), value);
                    }
                }
                default -> row.put(output.name().toLowerCase(java.util.Locale.ROOT), value);
            }
        }

        private static void bits(Map<String, Integer> row, Map<String, Integer> names, int before, int value) {
            names.forEach((name, bit) -> {
                if ((before >> bit & 1) != (value >> bit & 1)) {
                    row.put(name, value >> bit & 1);
                }
            });
        }
    }
}
