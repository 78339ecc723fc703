package org.isocenter.hardware.marcos.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.isocenter.testing.SharedData;
import org.junit.jupiter.api.Test;

/** What the real server 1.0.5, on the cycle-accurate model of its FPGA, answered to every kind of request. */
class RecordedExchangesTest {
    /** Its answer is how long something took. */
    private static final String TIMED = "32_test_bus_10";

    @Test
    void theSameRequestsGetTheSameBytesAndTheSameEndOfTheConnection() throws Exception {
        try (RunningServer server = new RunningServer("loopback=yes")) {
            for (Path request : requests()) {
                exchange(server, request);
            }
        }
    }

    private static void exchange(RunningServer server, Path request) throws IOException {
        String name = request.getFileName().toString().replace(".req.bin", "");
        Path folder = request.getParent();
        byte[] expected = Files.readAllBytes(folder.resolve(name + ".rep.bin"));
        boolean closes = Files.readString(folder.resolve(name + ".txt")).contains("0.3 s after the reply: True");
        try (Socket client = server.connect()) {
            client.getOutputStream().write(Files.readAllBytes(request));
            if (name.equals(TIMED)) {
                assertThat(client.getInputStream().read()).isEqualTo(expected[0] & 0xff);
                return;
            }
            assertThat(RunningServer.read(client, expected.length)).as(name).isEqualTo(expected);
            if (closes) {
                assertThat(client.getInputStream().read()).as(name).isEqualTo(-1);
            } else {
                assertThat(isSilent(client)).as(name).isTrue();
            }
        }
    }

    /** Nothing more comes, and the connection stays: the next request is answered. */
    private static boolean isSilent(Socket client) throws IOException {
        byte[] probe = Files.readAllBytes(SharedData.path("marcos/10_read_mem.req.bin"));
        byte[] answer = Files.readAllBytes(SharedData.path("marcos/10_read_mem.rep.bin"));
        try {
            client.getOutputStream().write(probe);
            return java.util.Arrays.equals(RunningServer.read(client, answer.length), answer);
        } catch (SocketTimeoutException e) {
            return false;
        }
    }

    private static List<Path> requests() throws IOException {
        try (Stream<Path> files = Files.list(SharedData.path("marcos"))) {
            return files.filter(file -> file.toString().endsWith(".req.bin"))
                    .sorted()
                    .toList();
        }
    }
}
