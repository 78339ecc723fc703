package org.isocenter.hardware.marcos;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.isocenter.testing.SharedData;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Words that the reference client compiled and the real server and firmware played. */
class MargaGoldenTest {
    private static final List<String> TX = List.of("tx0_i", "tx0_q", "tx1_i", "tx1_q");
    private static final List<String> CHANNELS = List.of("vx", "vy", "vz", "vz2");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "single",
                "four_par",
                "uneven_sparse",
                "cfg",
                "long_wait_40M",
                "wait_edge_0",
                "wait_edge_1",
                "wait_edge_2",
                "wait_edge_3",
                "fhd_many",
                "expt_single",
                "expt_leds",
                "expt_fhdo_default_rate",
                "expt_uneven_fhd",
                "expt_lo_rxlo"
            })
    void theSameChangesGiveTheSameWords(String name) throws Exception {
        JsonNode vector = vector(name);
        assertThat(hex(compile(vector))).isEqualTo(expected(vector));
    }

    /** Here the reference lets words of one update come out earlier than they should; ours are on time. */
    @ParameterizedTest
    @ValueSource(strings = {"oc1_many", "expt_ocra1_default_rate"})
    void wordsForOneUpdateOfFourChannelsEndTogether(String name) throws Exception {
        JsonNode vector = vector(name);
        List<MargaModel.Change> ours = MargaModel.play(compile(vector));
        List<MargaModel.Change> theirs = MargaModel.play(
                expected(vector).stream().map(w -> (int) Long.parseLong(w, 16)).toList());
        assertThat(broadcasts(ours)).isNotEmpty().isEqualTo(broadcasts(theirs));
    }

    private static List<MargaModel.Change> broadcasts(List<MargaModel.Change> changes) {
        return changes.stream()
                .filter(c -> c.buffer() == MargaBuffer.GRAD_MSB && (c.value() & 0x100) != 0)
                .toList();
    }

    private static JsonNode vector(String name) throws IOException {
        for (JsonNode vector : new ObjectMapper()
                .readTree(SharedData.path("marcos/golden_vectors.json").toFile())) {
            if (vector.path("name").asText().equals(name)) {
                return vector;
            }
        }
        throw new AssertionError("no vector " + name);
    }

    private static List<String> expected(JsonNode vector) {
        List<String> words = new ArrayList<>();
        vector.path("words").forEach(w -> words.add(w.asText()));
        return words;
    }

    private static List<String> hex(List<Integer> words) {
        HexFormat format = HexFormat.of();
        return words.stream().map(format::toHexDigits).toList();
    }

    private static List<Integer> compile(JsonNode vector) throws Exception {
        boolean ocra1 = vector.path("grad_board").asText().equals("ocra1");
        boolean fhdo = vector.path("grad_board").asText().equals("gpa-fhdo");
        int[] initial = new int[MargaBuffer.COUNT];
        int latency = ocra1 ? 268 : fhdo ? 276 : 0;
        if (vector.has("initial_bufs")) {
            for (int i = 0; i < initial.length; i++) {
                initial[i] = vector.path("initial_bufs").get(i).asInt();
            }
        } else {
            GradientBoard board = ocra1 ? GradientBoard.OCRA1 : GradientBoard.GPA_FHDO;
            initial[0] = board.control(vector.path("spi_div").asInt());
        }
        List<Integer> words = new ArrayList<>();
        MargaProgram program = new MargaProgram(initial, words::add);
        JsonNode input = vector.has("full_int") ? vector.path("full_int") : vector.path("input");
        for (Iterator<Map.Entry<String, JsonNode>> fields = input.fields(); fields.hasNext(); ) {
            Map.Entry<String, JsonNode> field = fields.next();
            JsonNode ticks = field.getValue().get(0);
            for (int i = 0; i < ticks.size(); i++) {
                int value = field.getValue().get(1).get(i).asInt();
                change(program, field.getKey(), ticks.get(i).asLong(), value, latency, input);
            }
        }
        program.end(0);
        words.add(MargaProgram.FINISH);
        return words;
    }

    private static void change(MargaProgram program, String key, long tick, int value, int latency, JsonNode input) {
        int second = key.length() > 2 && key.charAt(2) == '1' ? 1 : 0;
        int underscore = key.indexOf('_');
        String what = underscore < 0 ? key : key.substring(underscore + 1);
        if (TX.contains(key)) {
            program.set(tick, MargaBuffer.TX0_I + TX.indexOf(key), value);
        } else if (key.startsWith("fhdo") || key.startsWith("ocra1")) {
            gradient(program, key.startsWith("ocra1"), CHANNELS.indexOf(what), tick, value, latency, input);
        } else if (key.startsWith("lo")) {
            int low = MargaBuffer.DDS0_LSB + 2 * second(key);
            if (what.equals("rst")) {
                program.set(tick, low + 1, value << 15, 0x8000);
            } else {
                program.set(tick, low, value & 0xffff);
                program.set(tick, low + 1, value >>> 16, 0x7fff);
            }
        } else {
            switch (what) {
                case "rate" -> program.set(tick, MargaBuffer.RX0_RATE + second, value);
                case "lo" -> bits(program, tick, MargaBuffer.RX_CTRL, 2 * second, 2, value);
                case "rate_valid" -> bits(program, tick, MargaBuffer.RX_CTRL, 4 + second, 1, value);
                case "rst_n" -> bits(program, tick, MargaBuffer.RX_CTRL, 6 + second, 1, value);
                case "en" -> bits(program, tick, MargaBuffer.RX_CTRL, 8 + second, 1, value);
                case "gate" -> bits(program, tick, MargaBuffer.GATES_LEDS, key.startsWith("tx") ? 0 : 1, 1, value);
                case "out" -> bits(program, tick, MargaBuffer.GATES_LEDS, 2, 1, value);
                case "leds" -> bits(program, tick, MargaBuffer.GATES_LEDS, 8, 8, value);
                default -> throw new AssertionError(key);
            }
        }
    }

    private static int second(String key) {
        return key.charAt(2) - '0';
    }

    private static void bits(MargaProgram program, long tick, int buffer, int shift, int count, int value) {
        program.set(tick, buffer, value << shift, (1 << count) - 1 << shift);
    }

    /** OCRA1: of one tick's channels the first has the broadcast, the others come a tick earlier each. */
    private static void gradient(
            MargaProgram program, boolean ocra1, int channel, long tick, int value, int latency, JsonNode input) {
        int word;
        int earlier = 0;
        if (ocra1) {
            for (int before = 0; before < channel; before++) {
                for (JsonNode other :
                        input.path("ocra1_" + CHANNELS.get(before)).path(0)) {
                    earlier += other.asLong() == tick ? 1 : 0;
                }
            }
            word = 0x0010_0000 | (value & 0x3ffff) << 2 | channel << 25 | (earlier == 0 ? 0x0100_0000 : 0);
        } else {
            word = 0x0008_0000 | channel << 16 | channel << 25 | value;
        }
        program.set(tick - latency - earlier, MargaBuffer.GRAD_LSB, word & 0xffff);
        program.set(tick - latency - earlier, MargaBuffer.GRAD_MSB, word >>> 16);
    }
}
