package org.isocenter.hardware.stream;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.isocenter.hardware.LibraryTables;
import org.isocenter.hardware.stream.device.MemoryDevice;
import org.isocenter.hardware.transport.Transport;
import org.isocenter.hardware.virtual.OutputState;
import org.isocenter.sequence.compile.EventTable;

/** Sends a device whatever no host should, for tests. The same seed sends the same. */
final class HostileHost {
    static final EventTable TABLE = LibraryTables.lines(2);

    private static final int LARGEST = 4096;
    private static final int SESSION = 7;
    private static final int WRITE_MILLIS = 5000;
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(20);
    private static final FrameType[] TYPES = FrameType.values();

    private final MemoryDevice device;
    private final Random random;
    private final FrameWriter frame = new FrameWriter(LARGEST);

    HostileHost(MemoryDevice device, long seed) {
        this.device = device;
        random = new Random(seed);
    }

    /** A program of its own with little memory. Arguments: seed, attacks, bytes of noise, sessions that are begun. */
    public static void main(String[] arguments) throws Exception {
        try (MemoryDevice device = new MemoryDevice("load=null")) {
            HostileHost host = new HostileHost(device, Long.parseLong(arguments[0]));
            for (int i = Integer.parseInt(arguments[1]); i > 0; i--) {
                host.attack();
            }
            host.flood(Long.parseLong(arguments[2]), Integer.parseInt(arguments[3]));
            expectService(device);
        }
        System.out.println("the device serves");
    }

    /** Connects, sends something, and is gone. What comes back it does not read. */
    void attack() throws IOException {
        byte[] bytes = switch (random.nextInt(4)) {
            case 0 -> noise(1 + random.nextInt(20_000));
            case 1 -> damaged(session(0));
            case 2 -> session(1 + random.nextInt(3));
            default -> Arrays.copyOf(session(0), random.nextInt(3000));
        };
        try (Transport link = device.host()) {
            send(link, bytes);
        }
    }

    private void send(Transport link, byte[] bytes) {
        try {
            for (int at = 0; at < bytes.length; ) {
                int piece = Math.min(bytes.length - at, 1 + random.nextInt(random.nextBoolean() ? 7 : 4000));
                link.write(bytes, at, piece, WRITE_MILLIS);
                at += piece;
            }
        } catch (IOException e) {
            // The device may hang up on such a host at any time.
        }
    }

    /** Noise that seldom ends a frame, and one HELLO after another. */
    private void flood(long noiseBytes, int sessions) throws IOException {
        byte[] block = new byte[1 << 16];
        Arrays.fill(block, (byte) 0x55);
        try (Transport link = device.host()) {
            for (long sent = 0; sent < noiseBytes; sent += block.length) {
                link.write(block, 0, block.length, WRITE_MILLIS);
            }
            byte[] hello = new byte[FrameWriter.lineBytes(LARGEST)];
            for (int i = 1; i <= sessions; i++) {
                writeHello();
                int end = frame.end(i, 0).stuffInto(hello, 0);
                link.write(hello, 0, end, WRITE_MILLIS);
                link.read(new byte[LARGEST], 0, LARGEST, WRITE_MILLIS);
            }
        }
    }

    private byte[] noise(int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        boolean zeros = random.nextBoolean();
        for (int i = 0; i < length && zeros; i++) {
            bytes[i] = random.nextInt(4) == 0 ? 0 : bytes[i];
        }
        return bytes;
    }

    private byte[] damaged(byte[] bytes) {
        for (int n = 1 + random.nextInt(20); n > 0; n--) {
            int at = random.nextInt(bytes.length);
            switch (random.nextInt(3)) {
                case 0 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
                case 1 -> bytes[at] = 0;
                default -> {
                    int length = random.nextInt(Math.min(200, bytes.length - at));
                    System.arraycopy(bytes, random.nextInt(bytes.length - length), bytes, at, length);
                }
            }
        }
        return bytes;
    }

    private void writeHello() {
        new Hello(Hello.VERSION, Hello.VERSION, false, 0, LARGEST, 1 << 16, "hostile").write(frame);
    }

    /**
     * A whole session with a table. Its frames are sound, but in so many of a hundred there is a wrong byte or more, or they come
     * twice, not at all, or as another type.
     */
    private byte[] session(int spoiltTimesThree) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        writeHello();
        put(out, 0);
        int number = 0;
        frame.begin(FrameType.CLEAR).u32(-1);
        put(out, number++);
        for (byte[] each : frames()) {
            boolean spoilt = random.nextInt(100) < 3 * spoiltTimesThree;
            int what = spoilt ? random.nextInt(6) : -1;
            if (what == 0) {
                continue;
            }
            Frame sound = Frame.ofCopy(each);
            frame.begin(what == 1 ? TYPES[random.nextInt(TYPES.length)] : sound.type());
            for (int i = FrameWriter.HEADER_BYTES; i < each.length; i++) {
                frame.u8(each[i]);
            }
            for (int n = what > 1 ? 1 + random.nextInt(4) : 0; n > 0 && frame.payloadBytes() > 0; n--) {
                int at = FrameWriter.HEADER_BYTES + random.nextInt(frame.payloadBytes());
                frame.buffer().put(at, (byte) (random.nextBoolean() ? 0xff : random.nextInt(256)));
            }
            put(out, number++);
            if (what == 2) {
                out.write(out.toByteArray(), 0, Math.min(out.size(), 500));
            }
        }
        return out.toByteArray();
    }

    private void put(ByteArrayOutputStream out, int number) {
        byte[] line = new byte[FrameWriter.lineBytes(LARGEST)];
        out.write(line, 0, frame.end(SESSION, number).stuffInto(line, 0));
    }

    /** START, and the frames of the table. */
    private static List<byte[]> frames() throws IOException {
        ByteArrayOutputStream table = new ByteArrayOutputStream();
        TableFrames.write(TABLE, table);
        List<byte[]> all = new ArrayList<>();
        new FrameDecoder(LARGEST).take(table.toByteArray(), 0, table.size(), new FrameDecoder.Sink() {
            @Override
            public void frame(Frame frame) {
                all.add(frame.copy());
            }

            @Override
            public void damaged() {
                throw new AssertionError("a table's own frame is damaged");
            }

            @Override
            public void abort() {
                throw new AssertionError("a table holds an abort");
            }
        });
        FrameWriter start = new FrameWriter(64).begin(FrameType.START);
        all.add(1, Arrays.copyOf(start.buffer().array(), start.length()));
        return all;
    }

    /**
     * A proper host, after the hostile ones have gone, finds the device safe and gets its scan. What they sent is read to its end
     * before: until then their sessions are alive, and their aborts count.
     */
    static void expectService(MemoryDevice device) throws Exception {
        long begin = System.nanoTime();
        while (isBusy(device)) {
            if (System.nanoTime() - begin > PATIENCE_NANOS) {
                throw new AssertionError("still " + device.state() + " with outputs at " + device.outputs()
                        + (device.deserted() ? "" : " and links of hosts that have gone"));
            }
            TimeUnit.MILLISECONDS.sleep(1);
        }
        try (RawHost host = new RawHost(device.host())) {
            host.hello(SESSION + 1);
            host.send(FrameType.CLEAR, payload -> payload.u32(-1));
            host.table(TABLE);
            host.send(FrameType.START, payload -> {});
            for (int i = 0; i < TABLE.adcWindows(); i++) {
                host.await(ReadoutHeader.class);
            }
            Over over = host.await(Over.class);
            if (over.reason() != Reason.COMPLETED) {
                throw new AssertionError("the scan ended with " + over);
            }
        }
    }

    private static boolean isBusy(MemoryDevice device) {
        return !device.deserted()
                || device.state() == DeviceState.ARMED
                || device.state() == DeviceState.RUNNING
                || device.playing()
                || !device.outputs().equals(OutputState.SAFE);
    }
}
