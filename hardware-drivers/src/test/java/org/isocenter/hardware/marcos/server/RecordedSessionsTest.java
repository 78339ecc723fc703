package org.isocenter.hardware.marcos.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.Socket;
import java.nio.file.Files;
import org.isocenter.testing.SharedData;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whole sessions of the reference client with the real server: gradient boards set up word by word, polled while they are busy. */
class RecordedSessionsTest {
    /** So that neither side waits for the other to read. */
    private static final int PART = 4096;

    @ParameterizedTest
    @ValueSource(strings = {"conn000", "conn001", "conn002"})
    void theSameSessionGetsTheSameBytes(String name) throws Exception {
        byte[] requests = Files.readAllBytes(SharedData.path("marcos/sessions/" + name + ".c2s.bin"));
        byte[] replies = Files.readAllBytes(SharedData.path("marcos/sessions/" + name + ".s2c.bin"));
        try (RunningServer server = new RunningServer("loopback=yes");
                Socket client = server.connect()) {
            byte[] ours = new byte[replies.length];
            int received = 0;
            for (int sent = 0; sent < requests.length; sent += PART) {
                client.getOutputStream().write(requests, sent, Math.min(PART, requests.length - sent));
                received += client.getInputStream()
                        .readNBytes(ours, received, client.getInputStream().available());
            }
            client.getInputStream().readNBytes(ours, received, ours.length - received);
            assertThat(ours).isEqualTo(replies);
        }
    }
}
