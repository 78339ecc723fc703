package org.isocenter.hardware.marcos.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.isocenter.hardware.LibraryTables;
import org.isocenter.hardware.Scanner;
import org.isocenter.hardware.ScannerException;
import org.isocenter.hardware.Scanners;
import org.isocenter.hardware.virtual.OutputState;
import org.isocenter.sequence.compile.EventTable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MarcosServerTest {
    private static final int FINISH = 0x0100_0000;
    private static final int WAIT = 0x0200_0000;
    private static final int TRIGGER_FOREVER = 0x0400_0000;

    /** TX, the gate opened, and three windows of ten samples at a decimation of 10. */
    private static byte[] threeWindows() {
        int[] words = new int[64];
        int n = 0;
        for (int word : new int[] {0x9000_00c0, WAIT | 60, 0x8300_000a, 0x8400_000a, 0x9000_00f0, 0x9000_00c0}) {
            words[n++] = word;
        }
        words[n++] = 0x8f00_0001;
        for (int window = 0; window < 3; window++) {
            words[n++] = 0x8500_1000 + window;
            words[n++] = WAIT | 20;
            words[n++] = 0x9000_01c0;
            words[n++] = WAIT | 96;
            words[n++] = 0x9000_00c0;
            words[n++] = WAIT | 20;
        }
        words[n++] = 0x8500_0000;
        words[n++] = 0x8f00_0000;
        words[n++] = WAIT | 200;
        words[n++] = FINISH;
        return ClientOfTests.payload(Arrays.copyOf(words, n));
    }

    @Test
    void eachWindowBringsItsSamples() throws Exception {
        try (RunningServer server = new RunningServer("loopback=yes")) {
            int[] samples = ClientOfTests.run(server, threeWindows()).get("rx0_i");
            assertThat(samples).hasSize(30);
            assertThat(samples[5]).isEqualTo(0x1000_0000);
            assertThat(samples[15]).isEqualTo(0x1001_0000);
        }
    }

    @Test
    void aConsoleThatSaysThatItIsHardwareIsDrivenAsHardware() throws Exception {
        EventTable table =
                LibraryTables.table("gre2d", Map.of("matrixPhase", 1.0, "dummies", 0.0, "TR", 0.1), "osi2one");
        List<Integer> windows = new ArrayList<>();
        List<Double> stopSeconds = new ArrayList<>();
        try (RunningServer server = new RunningServer("load=null&reality=hardware");
                Scanner scanner = Scanners.open(URI.create("marcos://127.0.0.1:" + server.port()))) {
            assertThat(scanner.description()).contains("hardware");
            scanner.run(table, (index, channels, samples, real, imaginary) -> {
                windows.add(index);
                stopSeconds.add(scanner.stopLatency().seconds());
            });
        }
        assertThat(windows).containsExactly(0, 1, 2);
        // Slices are 33 ms apart; half of that is a pause.
        assertThat(stopSeconds).allSatisfy(seconds -> assertThat(seconds).isLessThan(0.025));
    }

    @Test
    void noConsoleIsAnythingButASimulationOrHardware() {
        assertThatThrownBy(() -> new RunningServer("loopback=yes&reality=dream"))
                .isInstanceOf(ScannerException.class)
                .hasMessageContaining("simulation or hardware");
    }

    @Test
    void aSecondClientWaitsUntilTheFirstOneLeaves() throws Exception {
        try (RunningServer server = new RunningServer("loopback=yes");
                ClientOfTests first = new ClientOfTests(server);
                Socket second = server.connect()) {
            first.command("read_mem", 0);
            second.setSoTimeout(300);
            second.getOutputStream().write(request());
            assertThat(answers(second)).isFalse();
            first.close();
            second.setSoTimeout(20_000);
            assertThat(answers(second)).isTrue();
        }
    }

    private static byte[] request() {
        return new byte[] {
            (byte) 0x95, 0, 0, 0, (byte) 0xce, 0, 1, 0, 5, (byte) 0x81, (byte) 0xa4, 'c', 't', 'r', 'l', 0
        };
    }

    private static boolean answers(Socket client) throws IOException {
        try {
            return client.getInputStream().read() == 0x96;
        } catch (SocketTimeoutException e) {
            return false;
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, TRIGGER_FOREVER})
    void aProgramWithoutEndBlocksUntilItsClientLeaves(int word) throws Exception {
        try (RunningServer server = new RunningServer("loopback=yes")) {
            try (Socket client = server.connect()) {
                client.setSoTimeout(300);
                client.getOutputStream().write(runRequest(ClientOfTests.payload(word)));
                assertThat(answers(client)).isFalse();
            }
            try (ClientOfTests next = new ClientOfTests(server)) {
                assertThat(next.command("halt_and_reset", 0)
                                .result()
                                .asBooleanValue()
                                .getBoolean())
                        .isTrue();
            }
        }
    }

    private static byte[] runRequest(byte[] payload) {
        byte[] head = {
            (byte) 0x95,
            0,
            0,
            0,
            (byte) 0xce,
            0,
            1,
            0,
            5,
            (byte) 0x81,
            (byte) 0xa7,
            'r',
            'u',
            'n',
            '_',
            's',
            'e',
            'q',
            (byte) 0xc4,
            (byte) payload.length
        };
        byte[] all = Arrays.copyOf(head, head.length + payload.length);
        System.arraycopy(payload, 0, all, head.length, payload.length);
        return all;
    }

    @Test
    void theServerEndsWhenItIsAskedToAndTheClientHasLeft() throws Exception {
        try (RunningServer server = new RunningServer("loopback=yes")) {
            try (Socket client = server.connect()) {
                client.getOutputStream().write(new byte[] {(byte) 0x95, 2, 0, 0, (byte) 0xce, 0, 1, 0, 5, (byte) 0x80});
                assertThat(RunningServer.read(client, 10)).hasSize(10);
            }
            assertThat(server.ends()).isTrue();
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            fifo-full@readout=1 | RX FIFO/s full during sequence around byte address 0x40
            overrun@readout=1   | output buffers overflowed during sequence: 0x00008000""")
    void aFaultOnRequestIsToldInTheServersWords(String fault, String error) throws Exception {
        try (RunningServer server = new RunningServer("loopback=yes", fault);
                ClientOfTests client = new ClientOfTests(server)) {
            ClientOfTests.Answer answer = client.command("run_seq", threeWindows());
            assertThat(answer.errors()).contains(error);
            assertThat(answer.samples().get("rx0_i").length)
                    .isGreaterThanOrEqualTo(10)
                    .isLessThan(30);
            client.command("halt_and_reset", 0);
            client.command("read_rx", 0);
            ClientOfTests.Answer next = client.command("run_seq", threeWindows());
            assertThat(next.errors()).isEmpty();
            assertThat(next.samples().get("rx0_i")).hasSize(30);
        }
    }

    @Test
    void anOverrunLeavesTheOutputsAsTheyAre() throws Exception {
        try (RunningServer server = new RunningServer("loopback=yes", "overrun@readout=1");
                ClientOfTests client = new ClientOfTests(server)) {
            client.command("run_seq", threeWindows());
            assertThat(server.emulator().outputs().txGateOpen()).isTrue();
            assertThat(server.emulator().outputs().txHertz()).isPositive();
            for (int buffer : new int[] {5, 15}) {
                client.command("direct", (long) buffer << 24);
            }
            client.command("regrd", 4);
            assertThat(server.emulator().outputs()).isEqualTo(OutputState.SAFE);
        }
    }

    @Test
    void aClippedWindowIsAtTheEndOfTheRange() throws Exception {
        try (RunningServer server = new RunningServer("loopback=yes", "clip@readout=1")) {
            Map<String, int[]> samples = ClientOfTests.run(server, threeWindows());
            assertThat(samples.get("rx0_i")[5]).isEqualTo(0x1000_0000);
            assertThat(samples.get("rx0_i")[15]).isEqualTo(Integer.MAX_VALUE);
            assertThat(samples.get("rx0_i")[25]).isEqualTo(0x1002_0000);
        }
    }

    @Test
    void aResetEndsTheConnectionAndForgetsEverything() throws Exception {
        try (RunningServer server = new RunningServer("loopback=yes", "reset@readout=2")) {
            try (Socket client = server.connect()) {
                client.getOutputStream().write(runRequest(threeWindows()));
                assertThat(client.getInputStream().read()).isEqualTo(-1);
            }
            assertThat(server.emulator().outputs()).isEqualTo(OutputState.SAFE);
            assertThat(ClientOfTests.run(server, threeWindows()).get("rx0_i")).hasSize(30);
        }
    }
}
