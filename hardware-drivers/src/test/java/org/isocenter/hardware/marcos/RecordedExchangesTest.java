package org.isocenter.hardware.marcos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.isocenter.hardware.ScannerException;
import org.isocenter.hardware.ScannerException.Kind;
import org.isocenter.hardware.transport.Transport;
import org.isocenter.testing.SharedData;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Exchanges with the real server, version 1.0.5, byte for byte. */
class RecordedExchangesTest {
    /** Gives what was recorded, byte by byte, and keeps what is sent. */
    private static final class Recording implements Transport {
        private final List<byte[]> sent = new ArrayList<>();
        private final byte[] replies;
        private int next;
        private boolean closed;

        Recording(byte[] replies) {
            this.replies = replies;
        }

        @Override
        public String name() {
            return "recording";
        }

        @Override
        public int read(byte[] buffer, int offset, int length, int timeoutMillis) {
            if (next == replies.length) {
                return -1;
            }
            buffer[offset] = replies[next++];
            return 1;
        }

        @Override
        public void write(byte[] buffer, int offset, int length, int timeoutMillis) {
            sent.add(Arrays.copyOfRange(buffer, offset, offset + length));
        }

        @Override
        public void close() {
            closed = true;
        }
    }

    private static byte[] file(String name) throws IOException {
        return Files.readAllBytes(SharedData.path("marcos/" + name));
    }

    private static MarcosLink link(Recording recording) {
        return new MarcosLink(recording, "marcos://recorded", 1000);
    }

    @ParameterizedTest
    @CsvSource({
        "01_are_you_real, are_you_real, 0",
        "02_regstatus, regstatus, 0",
        "03_regrd_5, regrd, 5",
        "05_direct_leds, direct, 0x0f00a500",
        "06_ctrl_0, ctrl, 0",
        "09_halt_and_reset, halt_and_reset, 0",
        "15_read_rx_empty, read_rx, 0",
        "32_test_bus_10, test_bus, 10"
    })
    void aCommandIsTheSameBytes(String name, String command, String argument) throws Exception {
        Recording recording = new Recording(file(name + ".rep.bin"));
        Reply reply = link(recording).command(command, MarcosLink.number(Long.decode(argument)), 1000);
        assertThat(recording.sent).singleElement().isEqualTo(file(name + ".req.bin"));
        assertThat(reply.result()).containsOnlyKeys(command);
        assertThat(reply.version()).isEqualTo(MarcosLink.VERSION);
        assertThat(recording.next).isEqualTo(recording.replies.length);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"16_run_seq_finish_only", "17_run_seq_rx_both", "18_run_seq_rx0_only", "19_run_seq_rx_long"})
    void aRunIsTheSameBytes(String name) throws Exception {
        byte[] request = file(name + ".req.bin");
        // Behind array, version, map and the command's name comes the payload: c4, its length in a byte, its bytes.
        int payloadAt = 20;
        Recording recording = new Recording(file(name + ".rep.bin"));
        MarcosLink link = link(recording);
        link.send("run_seq", MarcosLink.bytes(Arrays.copyOfRange(request, payloadAt, request.length)));
        Reply reply = link.receive("run_seq", () -> System.nanoTime() + 1_000_000_000L);
        assertThat(recording.sent).singleElement().isEqualTo(request);
        if (name.contains("rx")) {
            assertThat(reply.result().get("run_seq"))
                    .isInstanceOfSatisfying(
                            Map.class,
                            samples -> assertThat(((long[]) samples.get("rx0_i"))[0])
                                    .isEqualTo(1073741824));
        } else {
            assertThat(reply.warnings()).containsExactly("no RX data received");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "08_fpga_clk_partial | DEVICE_FAULT | providing all 3",
                "12_acq_rlim_bad | DEVICE_FAULT | outside the range",
                "14_mar_mem_too_big | DEVICE_FAULT | too much mar mem data",
                "21_unknown_command | PROTOCOL | does not know this command",
                "22_unknown_plus_known | PROTOCOL | cannot be read",
                "23_empty_map | DEVICE_FAULT | no commands present",
                "27_ver_major_diff | REFUSED | significantly different",
                "28_emergency_stop | DEVICE_FAULT | not yet implemented",
                "30_unknown_packet_type | PROTOCOL | cannot be read",
                "33_nil_argument | PROTOCOL | does not know this command",
                "39_not_array | REFUSED | significantly different"
            })
    void whatTheServerComplainsOfHasItsKind(String name, Kind kind, String text) throws Exception {
        Recording recording = new Recording(file(name + ".rep.bin"));
        assertThatThrownBy(() -> link(recording).command("asked", MarcosLink.number(0), 1000))
                .isInstanceOfSatisfying(
                        ScannerException.class, e -> assertThat(e.kind()).isEqualTo(kind))
                .hasMessageContaining("asked: ")
                .hasMessageContaining(text);
        assertThat(recording.closed).isEqualTo(text.equals("cannot be read"));
    }

    @Test
    void anotherMinorVersionIsAWarningAndAnotherDebugVersionAnInformation() throws Exception {
        MarcosLink minor = link(new Recording(file("26_ver_minor_diff.rep.bin")));
        assertThat(minor.command("regrd", MarcosLink.number(0), 1000).warnings())
                .containsExactly("Client version 1.3.5 different from server version 1.0.5");
        MarcosLink debug = link(new Recording(file("25_ver_debug_diff.rep.bin")));
        assertThat(debug.command("regrd", MarcosLink.number(0), 1000).infos()).hasSize(1);
        assertThat(debug.said()).containsExactly("Client version #.#.# differs slightly from server version #.#.#");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 5, 20, 35})
    void aReplyThatIsCutOffIsALostLink(int length) throws Exception {
        byte[] reply = Arrays.copyOf(file("01_are_you_real.rep.bin"), length);
        assertThatThrownBy(() -> link(new Recording(reply)).command("are_you_real", MarcosLink.number(0), 1000))
                .isInstanceOfSatisfying(
                        ScannerException.class, e -> assertThat(e.kind()).isEqualTo(Kind.LINK_LOST));
    }

    @Test
    void anEmptyPayloadIsNeverSent() {
        assertThatThrownBy(() -> MarcosLink.bytes(new byte[0])).isInstanceOf(IllegalArgumentException.class);
    }

    /** What was written directly to the outputs in a recorded session, without the reads between. */
    private static List<Integer> directWrites(byte[] requests) {
        List<Integer> words = new ArrayList<>();
        byte[] name = {(byte) 0x81, (byte) 0xa6, 'd', 'i', 'r', 'e', 'c', 't'};
        for (int i = 0; i + name.length < requests.length; i++) {
            if (Arrays.equals(requests, i, i + name.length, name, 0, name.length)) {
                int at = i + name.length;
                int first = requests[at] & 0xff;
                int bytes = first <= 0x7f ? 0 : 1 << (first - 0xcc);
                int value = bytes == 0 ? first : 0;
                for (int k = 1; k <= bytes; k++) {
                    value = value << 8 | requests[at + k] & 0xff;
                }
                words.add(value);
            }
        }
        return words;
    }

    @ParameterizedTest
    @CsvSource({"conn000, GPA_FHDO", "conn001, OCRA1"})
    void aBoardIsSetUpWithTheWordsOfTheReferenceClient(String session, GradientBoard board) throws Exception {
        List<Integer> recorded = directWrites(file("sessions/" + session + ".c2s.bin"));
        ScriptedConsole console = new ScriptedConsole();
        List<Integer> written = new ArrayList<>();
        console.answers.put("direct", (argument, out) -> {
            written.add(argument.asIntegerValue().asInt());
            console.answer("direct", argument, out);
        });
        try (MarcosConsole open = MarcosConsole.connect(console, "test", 1000, 0)) {
            MargaSettings settings = new MargaSettings(board, board.defaultDivider(), 2e6, 5e3, 6e5);
            new SafeState(open, settings, "test").initialise();
        }
        int silence = 5;
        assertThat(recorded).hasSizeGreaterThan(20);
        assertThat(written.subList(silence, written.size())).isEqualTo(recorded.subList(0, written.size() - silence));
    }
}
