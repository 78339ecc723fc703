package org.isocenter.hardware.serial;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.isocenter.hardware.transport.Transport;
import org.isocenter.hardware.transport.TransportTimeoutException;
import org.isocenter.testing.Peer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class SerialTransportTest {
    private static final SerialSettings SETTINGS = SerialSettings.of(115_200);
    private static final int LONG_MILLIS = 20_000;

    @TempDir
    private Path folder;

    private PseudoTerminal terminal;
    private Transport port;

    @BeforeEach
    void openBothEnds() throws IOException {
        Assumptions.assumeTrue(Peer.isInstalled("socat"), "skipped: socat is not installed");
        terminal = PseudoTerminal.open(folder.resolve("tty"));
        port = SerialPorts.open(terminal.path().toString(), SETTINGS);
    }

    @AfterEach
    void closeBothEnds() {
        if (terminal != null) {
            port.close();
            terminal.close();
        }
    }

    @Test
    void everyByteValueArrivesUnchangedInBothDirections() throws IOException {
        byte[] sent = new byte[100_000];
        new Random(4).nextBytes(sent);
        CompletableFuture<Void> writing = CompletableFuture.runAsync(() -> write(port, sent));
        assertThat(readFully(terminal, sent.length)).isEqualTo(sent);
        writing.join();
        CompletableFuture<Void> back = CompletableFuture.runAsync(() -> write(terminal, sent));
        assertThat(readFully(port, sent.length)).isEqualTo(sent);
        back.join();
    }

    @Test
    void aReadTakesWhatIsThereAndNoLongerThanItsTime() throws IOException {
        byte[] buffer = new byte[10];
        assertThat(port.read(buffer, 0, 10, 0)).isZero();
        assertThat(port.read(buffer, 0, 10, 5)).isZero();
        write(terminal, "ab".getBytes(US_ASCII));
        assertThat(port.read(buffer, 3, 1, LONG_MILLIS)).isEqualTo(1);
        assertThat(buffer[3]).isEqualTo((byte) 'a');
    }

    @Test
    void closingWakesAReader() {
        CompletableFuture<Throwable> read = CompletableFuture.supplyAsync(() -> failureOf(port));
        port.close();
        assertThat(read.orTimeout(LONG_MILLIS, TimeUnit.MILLISECONDS).join()).isInstanceOf(IOException.class);
    }

    @Test
    void aDeviceThatTakesNothingEndsAWriteInTimeAndDoesNotHoldUpClosing() {
        byte[] much = new byte[32 << 20];
        assertThatThrownBy(() -> port.write(much, 0, much.length, 50))
                .isInstanceOfSatisfying(
                        TransportTimeoutException.class,
                        e -> assertThat(e.taken()).isBetween(1, much.length - 1));
        port.close();
        assertThatThrownBy(() -> port.write(much, 0, 1, 50)).isInstanceOf(IOException.class);
    }

    @Test
    void whatWasWrittenLastArrivesThoughThePortIsClosedAtOnce() throws IOException {
        write(port, "all off\n".getBytes(US_ASCII));
        port.close();
        assertThat(new String(readFully(terminal, 8), US_ASCII)).isEqualTo("all off\n");
    }

    @Test
    void anUnpluggedDeviceIsNamedToReaderAndWriter() {
        terminal.close();
        assertThatThrownBy(() -> port.read(new byte[1], 0, 1, LONG_MILLIS))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("tty is gone: was the device unplugged");
        assertThatThrownBy(() -> port.write(new byte[1], 0, 1, LONG_MILLIS))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("is gone");
    }

    @Test
    void aPortIsOpenedOnceOnlyUntilItIsClosed() throws IOException {
        String path = terminal.path().toString();
        assertThatThrownBy(() -> SerialPorts.open(path, SETTINGS)).hasMessageContaining("open in this program already");
        String target = terminal.path().toRealPath().toString();
        assertThatThrownBy(() -> SerialPorts.open(target, SETTINGS))
                .hasMessageContaining("open in this program already");
        port.close();
        SerialPorts.open(path, SETTINGS).close();
    }

    @Test
    void theDeviceOutlivesAProgramThatClosesAndOpensItsPort() throws IOException {
        port.close();
        port = SerialPorts.open(terminal.path().toString(), SerialSettings.of(9600));
        write(port, "x".getBytes(US_ASCII));
        assertThat(readFully(terminal, 1)).containsExactly('x');
    }

    private static Throwable failureOf(Transport transport) {
        try {
            transport.read(new byte[1], 0, 1, LONG_MILLIS);
            return null;
        } catch (IOException e) {
            return e;
        }
    }

    private static void write(Transport transport, byte[] bytes) {
        try {
            transport.write(bytes, 0, bytes.length, LONG_MILLIS);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static byte[] readFully(Transport transport, int length) throws IOException {
        byte[] all = new byte[length];
        int count = 0;
        while (count < length) {
            int now = transport.read(all, count, length - count, LONG_MILLIS);
            assertThat(now).isPositive();
            count += now;
        }
        return all;
    }
}
