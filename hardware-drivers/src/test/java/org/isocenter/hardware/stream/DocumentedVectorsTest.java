package org.isocenter.hardware.stream;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.isocenter.sequence.compile.EventChunk;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The test vectors of {@code docs/event-stream.md} are what this program sends, and what it understands. */
class DocumentedVectorsTest {
    private static final int SESSION = 0x1234;
    private static final HexFormat HEX = HexFormat.ofDelimiter(" ");

    private final FrameWriter frame = new FrameWriter(512);

    /** By what the page says of it: the frame. */
    private Map<String, byte[]> frames() {
        Map<String, byte[]> frames = new LinkedHashMap<>();
        frames.put("HELLO", bytes(0, new Hello(1, 1, false, 0, 65536, 1048576, "Isocenter")::write));
        frames.put("CONTROL", bytes(0, to -> to.begin(FrameType.CONTROL).u64(0x0123456789abcdefL)));
        frames.put("HEARTBEAT", bytes(0, to -> to.begin(FrameType.HEARTBEAT).u32(7)));
        frames.put(
                "ACK",
                bytes(0, to -> to.begin(FrameType.ACK).u32(3).u8(1).u8(0).u16(0).u64(65536)));
        frames.put("ARM", bytes(0, new TableHeader(1e6, 2e6, 30_000, 1, 64, 64)::write));
        frames.put("EVENTS", bytes(1, to -> {
            EventsWriter writer = new EventsWriter(400);
            writer.begin(chunk());
            assertThat(writer.write(to.begin(FrameType.EVENTS))).isEqualTo(8);
            assertThat(writer.done()).isTrue();
        }));
        frames.put("END", bytes(2, new TableEnd(1, 8)::write));
        frames.put("START", bytes(3, to -> to.begin(FrameType.START)));
        frames.put("CLEAR", bytes(4, to -> to.begin(FrameType.CLEAR).u32(4)));
        frames.put("WELCOME", bytes(0, welcome()::write));
        frames.put("REJECT", bytes(0, new Reject(Reject.Code.BUSY, "Isocenter")::write));
        frames.put("STATUS", bytes(0, status()::write));
        frames.put(
                "READOUT",
                bytes(
                        0,
                        to -> new ReadoutHeader(0, false, false, 1, 2000, 64, 0, 2)
                                .write(to, new float[] {1, -0.5f}, new float[] {0, 0.25f})));
        frames.put("OVER", bytes(1, new Over(Reason.COMPLETED, 1, 30_000, "")::write));
        frames.put("REFUSED", bytes(2, new Refused(FrameType.ARM, Reason.LIMIT, 0, "carrier")::write));
        return frames;
    }

    private byte[] bytes(int number, Consumer<FrameWriter> payload) {
        payload.accept(frame);
        frame.end(SESSION, number);
        return Arrays.copyOf(frame.buffer().array(), frame.length());
    }

    /** Gate, a pulse of three samples, a gradient of two values and a window of 64 samples. */
    private static EventChunk chunk() {
        return new EventChunk(
                0,
                30_000,
                8,
                new long[] {0, 100, 110, 120, 500, 700, 2000, 29_000},
                new byte[] {2, 0, 0, 0, 3, 3, 6, 2},
                new float[] {1, 250, 500, 0, 85_000, 0, 0, 0},
                1,
                new int[] {0},
                new int[] {64},
                new int[] {50},
                new double[] {-1000},
                new double[] {0.5},
                new float[1][]);
    }

    private static Welcome welcome() {
        return new Welcome(
                1,
                EnumSet.of(Capability.CONTROL, Capability.DEMODULATES),
                DeviceState.IDLE,
                Reason.NONE,
                false,
                1,
                0,
                4096,
                16384,
                500,
                65536,
                0x0123456789abcdefL,
                new DeviceLimits(1e6, 1e6, 4e6, 1e6, 4e9, 5000, 0.1, 0.01, 2, 10, 8192),
                0x44,
                "Box",
                "1.0",
                "A17");
    }

    private static DeviceStatus status() {
        return new DeviceStatus(
                DeviceState.INTERLOCK, Reason.INTERLOCK, 4, 7, 1, 4096, 12_345, new float[] {36.5f}, "door is open");
    }

    private static byte[] line(byte[] bytes) {
        byte[] out = new byte[FrameWriter.lineBytes(bytes.length)];
        return Arrays.copyOf(out, Cobs.stuff(bytes, 0, bytes.length, out, 0) + 1);
    }

    private static String page() throws IOException {
        return Files.readString(Path.of("..", "docs", "event-stream.md"));
    }

    @TestFactory
    Iterable<DynamicTest> theVectorsOfThePageAreWhatIsSent() throws IOException {
        String page = page();
        return frames().entrySet().stream()
                .map(each -> DynamicTest.dynamicTest(
                        each.getKey(),
                        () -> assertThat(page)
                                .contains("\n" + each.getKey() + "\n  frame " + HEX.formatHex(each.getValue())
                                        + "\n  line  " + HEX.formatHex(line(each.getValue())) + "\n")))
                .toList();
    }

    @Test
    void everyTypeHasAVector() {
        assertThat(frames().keySet())
                .containsExactlyInAnyOrder(
                        Arrays.stream(FrameType.values()).map(Enum::name).toArray(String[]::new));
    }

    @Test
    void whatTheVectorsSayIsUnderstood() throws IOException {
        Map<FrameType, Object> read = new LinkedHashMap<>();
        FrameDecoder decoder = new FrameDecoder(512);
        for (byte[] each : frames().values()) {
            byte[] line = line(each);
            decoder.take(line, 0, line.length, new FrameDecoder.Sink() {
                @Override
                public void frame(Frame frame) throws IOException {
                    assertThat(frame.session()).isEqualTo(SESSION);
                    read.put(frame.type(), content(frame));
                }

                @Override
                public void damaged() {
                    throw new AssertionError(HEX.formatHex(each));
                }

                @Override
                public void abort() {
                    throw new AssertionError(HEX.formatHex(each));
                }
            });
        }
        assertThat(read)
                .hasSize(FrameType.values().length)
                .containsEntry(FrameType.HELLO, new Hello(1, 1, false, 0, 65536, 1048576, "Isocenter"))
                .containsEntry(FrameType.ARM, new TableHeader(1e6, 2e6, 30_000, 1, 64, 64))
                .containsEntry(FrameType.EVENTS, 8)
                .containsEntry(FrameType.END, new TableEnd(1, 8))
                .containsEntry(FrameType.WELCOME, welcome())
                .containsEntry(FrameType.REJECT, new Reject(Reject.Code.BUSY, "Isocenter"))
                .containsEntry(FrameType.STATUS, "door is open")
                .containsEntry(FrameType.READOUT, new ReadoutHeader(0, false, false, 1, 2000, 64, 0, 2))
                .containsEntry(FrameType.OVER, new Over(Reason.COMPLETED, 1, 30_000, ""))
                .containsEntry(FrameType.REFUSED, new Refused(FrameType.ARM, Reason.LIMIT, 0, "carrier"));
    }

    private static Object content(Frame frame) throws IOException {
        return switch (frame.type()) {
            case HELLO -> Hello.read(frame);
            case ARM -> TableHeader.read(frame);
            case EVENTS -> new EventsReader().read(frame).events();
            case END -> TableEnd.read(frame);
            case WELCOME -> Welcome.read(frame);
            case REJECT -> Reject.read(frame);
            case STATUS -> DeviceStatus.read(frame).text();
            case READOUT -> ReadoutHeader.read(frame);
            case OVER -> Over.read(frame);
            case REFUSED -> Refused.read(frame);
            case CONTROL, ACK -> frame.u64();
            case HEARTBEAT, CLEAR -> frame.u32();
            case START -> frame.remaining();
        };
    }
}
