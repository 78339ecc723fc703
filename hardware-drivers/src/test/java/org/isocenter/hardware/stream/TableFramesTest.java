package org.isocenter.hardware.stream;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.zip.CRC32C;
import org.isocenter.hardware.LibraryTables;
import org.isocenter.sequence.compile.EventChannel;
import org.isocenter.sequence.compile.EventChunk;
import org.isocenter.sequence.compile.EventTable;
import org.junit.jupiter.api.Test;

/** Reads frames as {@code docs/event-stream.md} describes them. */
class TableFramesTest {
    private ByteBuffer in;

    /** The next frame's payload, with its type and checksum verified. */
    private ByteBuffer frame(int type) {
        int length = in.getInt();
        CRC32C crc = new CRC32C();
        crc.update(in.array(), in.position(), length + 1);
        assertThat(in.get()).isEqualTo((byte) type);
        ByteBuffer payload = in.slice(in.position(), length).order(ByteOrder.LITTLE_ENDIAN);
        in.position(in.position() + length);
        assertThat(in.getInt()).isEqualTo((int) crc.getValue());
        return payload;
    }

    @Test
    void everyEventAndWindowOfATableIsThere() throws Exception {
        EventTable table = LibraryTables.table("gre2d", 8, "osi2one");
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        TableFrames.Summary summary = TableFrames.write(table, bytes);
        assertThat(summary.bytes()).isEqualTo(bytes.size());
        in = ByteBuffer.wrap(bytes.toByteArray()).order(ByteOrder.LITTLE_ENDIAN);
        ByteBuffer head = frame(0x10);
        assertThat(head.getShort()).isEqualTo((short) 1);
        assertThat(head.getDouble()).isEqualTo(table.clockHertz());
        assertThat(head.getDouble()).isEqualTo(table.limits().larmorHertz());
        assertThat(head.getLong()).isEqualTo(table.durationTicks());
        assertThat(head.getInt()).isEqualTo(table.adcWindows());
        assertThat(head.getLong()).isEqualTo(table.adcSamples());
        assertThat(head.getInt()).isEqualTo(table.maxSamplesPerWindow());
        int chunks = 0;
        long events = 0;
        for (Iterator<EventChunk> expected = table.chunks(); expected.hasNext(); chunks++) {
            events += compare(expected.next(), frame(0x11));
        }
        ByteBuffer end = frame(0x12);
        assertThat(end.getInt()).isEqualTo(chunks).isEqualTo(summary.chunks());
        assertThat(end.getLong()).isEqualTo(events).isEqualTo(summary.events());
        assertThat(in.hasRemaining()).isFalse();
    }

    private static int compare(EventChunk chunk, ByteBuffer payload) {
        assertThat(payload.getLong()).isEqualTo(chunk.startTick());
        assertThat(payload.getLong()).isEqualTo(chunk.endTick());
        assertThat(payload.getInt()).isEqualTo(chunk.events());
        assertThat(payload.getInt()).isEqualTo(chunk.windows());
        long tick = chunk.startTick();
        for (int i = 0; i < chunk.events(); i++) {
            tick += varint(payload);
            assertThat(tick).isEqualTo(chunk.tick()[i]);
            byte channel = payload.get();
            assertThat(channel).isEqualTo(chunk.channel()[i]);
            float value = channel == EventChannel.ADC.ordinal() ? payload.getInt() : payload.getFloat();
            assertThat(value).isEqualTo(chunk.value()[i]);
        }
        for (int row = 0; row < chunk.windows(); row++) {
            assertThat(payload.getInt()).isEqualTo(chunk.adcIndex()[row]);
            assertThat(payload.getInt()).isEqualTo(chunk.adcSamples()[row]);
            assertThat(payload.getInt()).isEqualTo(chunk.adcDwellTicks()[row]);
            assertThat(payload.getDouble()).isEqualTo(chunk.adcFrequencyHertz()[row]);
            assertThat(payload.getDouble()).isEqualTo(chunk.adcPhaseRadians()[row]);
            assertThat(payload.getInt()).isZero();
        }
        assertThat(payload.hasRemaining()).isFalse();
        return chunk.events();
    }

    private static long varint(ByteBuffer payload) {
        long value = 0;
        for (int shift = 0; ; shift += 7) {
            byte next = payload.get();
            value |= (long) (next & 0x7f) << shift;
            if (next >= 0) {
                return value;
            }
        }
    }

    /** The test vector of the document; its checksum was worked out bit by bit elsewhere. */
    @Test
    void theDocumentedVectorIsWhatIsWritten() throws Exception {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        new FrameWriter(bytes).begin(TableFrames.END).u32(2).u64(258).end();
        assertThat(HexFormat.ofDelimiter(" ").formatHex(bytes.toByteArray()))
                .isEqualTo("0c 00 00 00 12 02 00 00 00 02 01 00 00 00 00 00 00 8b b6 70 46");
    }
}
