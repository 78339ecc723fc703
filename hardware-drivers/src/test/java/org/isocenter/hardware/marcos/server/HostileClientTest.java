package org.isocenter.hardware.marcos.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.isocenter.testing.SharedData;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever comes, the server lives, and answers the next client. */
class HostileClientTest {
    private static final int MESSAGES = 150;

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2})
    void spoiltMessagesOnlyEndTheirOwnConnection(long seed) throws Exception {
        Random random = new Random(seed);
        List<byte[]> originals = originals();
        try (RunningServer server = new RunningServer("loopback=yes")) {
            for (int i = 0; i < MESSAGES; i++) {
                byte[] message = spoilt(originals.get(random.nextInt(originals.size())), random);
                try (Socket client = server.connect()) {
                    client.getOutputStream().write(message);
                    client.shutdownOutput();
                    client.getInputStream().transferTo(new ByteArrayOutputStream());
                } catch (IOException e) {
                    // The server may drop it while it is still writing.
                    assertThat(e).isNotInstanceOf(SocketTimeoutException.class);
                }
            }
            answersStill(server);
        }
    }

    @Test
    void aMessageThatSaysItIsHugeIsDropped() throws Exception {
        byte[][] huge = {
            {(byte) 0xdd, (byte) 0xff, (byte) 0xff, (byte) 0xff, (byte) 0xff},
            {(byte) 0xdf, 0x7f, (byte) 0xff, (byte) 0xff, (byte) 0xff},
            {(byte) 0xc6, 0x7f, (byte) 0xff, (byte) 0xff, (byte) 0xff},
            {(byte) 0xdb, 0x03, 0, 0, 0},
            {(byte) 0xc9, 0x7f, (byte) 0xff, (byte) 0xff, (byte) 0xff, 1},
        };
        try (RunningServer server = new RunningServer("loopback=yes")) {
            for (byte[] message : huge) {
                try (Socket client = server.connect()) {
                    client.getOutputStream().write(message);
                    assertThat(client.getInputStream().read()).isEqualTo(-1);
                }
            }
            answersStill(server);
        }
    }

    @Test
    void arraysWithinArraysWithoutEndAreDropped() throws Exception {
        byte[] nested = new byte[100_000];
        Arrays.fill(nested, (byte) 0x91);
        try (RunningServer server = new RunningServer("loopback=yes")) {
            try (Socket client = server.connect()) {
                client.getOutputStream().write(nested);
                client.getInputStream().transferTo(new ByteArrayOutputStream());
            } catch (IOException e) {
                assertThat(e).isNotInstanceOf(SocketTimeoutException.class);
            }
            answersStill(server);
        }
    }

    private static void answersStill(RunningServer server) throws IOException {
        try (ClientOfTests client = new ClientOfTests(server)) {
            assertThat(client.command("are_you_real", 0)
                            .result()
                            .asStringValue()
                            .asString())
                    .isEqualTo("simulation");
        }
    }

    private static List<byte[]> originals() throws IOException {
        List<byte[]> messages = new ArrayList<>();
        try (Stream<Path> files = Files.list(SharedData.path("marcos"))) {
            for (Path file : files.filter(f -> f.toString().endsWith(".req.bin"))
                    .sorted()
                    .toList()) {
                byte[] message = Files.readAllBytes(file);
                if (message.length < 1000) {
                    messages.add(message);
                }
            }
        }
        return messages;
    }

    private static byte[] spoilt(byte[] original, Random random) {
        byte[] message = original.clone();
        for (int bytes = 1 + random.nextInt(4); bytes > 0; bytes--) {
            message[random.nextInt(message.length)] = (byte) random.nextInt(256);
        }
        return random.nextInt(4) == 0 ? Arrays.copyOf(message, random.nextInt(message.length)) : message;
    }
}
