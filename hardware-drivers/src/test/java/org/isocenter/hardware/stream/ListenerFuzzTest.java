package org.isocenter.hardware.stream;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.isocenter.hardware.RunOutcome;
import org.isocenter.hardware.Scanner;
import org.isocenter.hardware.Scanners;
import org.isocenter.hardware.emulate.Emulator;
import org.isocenter.hardware.emulate.Emulators;
import org.isocenter.hardware.stream.device.MemoryDevice;
import org.isocenter.hardware.transport.TcpTransport;
import org.isocenter.hardware.transport.Transport;
import org.isocenter.hardware.virtual.OutputState;
import org.isocenter.sequence.compile.EventTable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whoever speaks to the emulated device, and whatever they say: it does not hang, makes itself safe, and serves the next host. */
@Timeout(60)
class ListenerFuzzTest {
    private static final int ATTACKS = 20;

    static LongStream seeds() {
        return LongStream.range(0, 12);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void afterWhateverCameTheDeviceIsSafeAndServes(long seed) throws Exception {
        try (MemoryDevice device = new MemoryDevice("load=null")) {
            HostileHost host = new HostileHost(device, seed);
            for (int i = 0; i < ATTACKS; i++) {
                host.attack();
            }
            HostileHost.expectService(device);
        }
    }

    @Test
    void memoryIsBoundedWhateverComes() throws Exception {
        Process child = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx96m",
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+ExitOnOutOfMemoryError",
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        HostileHost.class.getName(),
                        "77",
                        "100",
                        Long.toString(110L << 20),
                        "50")
                .redirectErrorStream(true)
                .start();
        try {
            ByteArrayOutputStream said = new ByteArrayOutputStream();
            child.getInputStream().transferTo(said);
            assertThat(said.toString()).contains("the device serves");
            assertThat(child.waitFor()).isZero();
        } finally {
            child.destroyForcibly();
        }
    }

    /** Its answers fill the line; what it says must be heard all the same. */
    @Test
    void aHostThatReadsNothingCanStillStopTheDevice() throws Exception {
        try (MemoryDevice device = new MemoryDevice("load=null&deadman=5000");
                Transport link = device.host()) {
            SilentReader host = new SilentReader(link);
            host.begin(HostileHost.TABLE);
            await(() -> device.state() == DeviceState.RUNNING);
            host.askTooMuch();
            host.abort();
            await(() -> device.state() == DeviceState.STOPPED);
            assertThat(device.outputs()).isEqualTo(OutputState.SAFE);
        }
    }

    @Test
    void aCrowdOfIdleConnectionsKeepsNobodyOut() throws Exception {
        Emulator emulator = Emulators.listen(URI.create("stream+tcp://127.0.0.1:0?load=null"), List.of());
        Thread server = new Thread(() -> {
            try {
                emulator.serve();
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        });
        server.setDaemon(true);
        server.start();
        List<Transport> crowd = new ArrayList<>();
        try {
            connect(emulator, crowd);
            try (Scanner scanner = Scanners.open(emulator.address())) {
                RunOutcome outcome = scanner.run(HostileHost.TABLE, (index, channels, samples, re, im) -> {
                    if (index == 0) {
                        connect(emulator, crowd);
                    }
                });
                assertThat(outcome).isEqualTo(RunOutcome.COMPLETED);
            }
        } finally {
            crowd.forEach(Transport::close);
            emulator.close();
        }
    }

    private static void connect(Emulator emulator, List<Transport> crowd) throws IOException {
        for (int i = 0; i < 30; i++) {
            crowd.add(TcpTransport.connect("127.0.0.1", emulator.address().getPort(), 5000));
        }
    }

    private interface Condition {
        boolean met();
    }

    private static void await(Condition condition) throws InterruptedException {
        while (!condition.met()) {
            TimeUnit.MILLISECONDS.sleep(1);
        }
    }

    /** Begins a table, of which nothing comes, and never reads. */
    private static final class SilentReader {
        private static final int LARGEST = 4096;
        private final Transport link;
        private final FrameWriter frame = new FrameWriter(LARGEST);
        private int numbers;

        SilentReader(Transport link) {
            this.link = link;
        }

        void begin(EventTable table) throws IOException {
            new Hello(Hello.VERSION, Hello.VERSION, false, 0, LARGEST, 1 << 20, "silent").write(frame);
            send(0);
            TableHeader.of(table, table.limits().larmorHertz()).write(frame);
            send(numbers++);
            frame.begin(FrameType.START);
            send(numbers++);
        }

        void askTooMuch() throws IOException {
            for (int i = 1; i < 1000; i++) {
                frame.begin(FrameType.HEARTBEAT).u32(i);
                send(0);
            }
        }

        private void send(int number) throws IOException {
            byte[] line = new byte[FrameWriter.lineBytes(LARGEST)];
            link.write(line, 0, frame.end(9, number).stuffInto(line, 0), 5000);
        }

        void abort() throws IOException {
            link.write(new byte[8], 0, 8, 5000);
        }
    }
}
