package org.isocenter.hardware.stream;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.isocenter.sequence.compile.EventChunk;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever bytes come: no hang, no exception but those for what cannot be, and sound frames are found again. */
class CodecFuzzTest {
    private static final int LARGEST = 600;

    /** Reads every frame as what it says it is. */
    private static final class Reading implements FrameDecoder.Sink {
        private final List<Integer> sound = new ArrayList<>();
        private int damaged;
        private int refused;

        @Override
        public void frame(Frame frame) throws IOException {
            sound.add(frame.number());
            try {
                read(frame);
            } catch (FrameFormatException e) {
                assertThat(e).hasMessageMatching("[\\x20-\\x7eµ°·]+");
                refused++;
            }
        }

        @Override
        public void damaged() {
            damaged++;
        }

        @Override
        public void abort() {}
    }

    private static void read(Frame frame) throws FrameFormatException {
        if (frame.type() == null) {
            return;
        }
        switch (frame.type()) {
            case HELLO -> Hello.read(frame);
            case ARM -> TableHeader.read(frame);
            case EVENTS -> verify(new EventsReader().read(frame));
            case END -> TableEnd.read(frame);
            case WELCOME -> Welcome.read(frame);
            case REJECT -> Reject.read(frame);
            case STATUS -> DeviceStatus.read(frame);
            case READOUT -> new ReadoutCollector(1, 1000, 1000).take(frame);
            case OVER -> Over.read(frame);
            case REFUSED -> Refused.read(frame);
            default -> frame.u64();
        }
    }

    private static void verify(EventChunk chunk) {
        long last = chunk.startTick();
        for (int i = 0; i < chunk.events(); i++) {
            assertThat(chunk.tick()[i]).isBetween(last, chunk.endTick());
            last = chunk.tick()[i];
        }
    }

    private static byte[] randomFrame(Random random, FrameWriter writer, int number) {
        FrameType[] types = FrameType.values();
        writer.begin(types[random.nextInt(types.length)]);
        int length = random.nextInt(writer.largestPayload());
        boolean sparse = random.nextBoolean();
        for (int i = 0; i < length; i++) {
            writer.u8(sparse && random.nextInt(4) > 0 ? random.nextInt(2) : random.nextInt(256));
        }
        return line(writer, number);
    }

    private static byte[] line(FrameWriter writer, int number) {
        writer.end(7, number);
        byte[] line = new byte[FrameWriter.lineBytes(writer.length())];
        return Arrays.copyOf(line, writer.stuffInto(line, 0));
    }

    private static void feed(FrameDecoder decoder, byte[] bytes, Random random, FrameDecoder.Sink sink)
            throws IOException {
        for (int at = 0; at < bytes.length; ) {
            int end = Math.min(bytes.length, at + 1 + random.nextInt(random.nextBoolean() ? 5 : 2000));
            decoder.take(bytes, at, end, sink);
            at = end;
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void randomPayloadsAreReadOrRefused(long seed) throws IOException {
        Random random = new Random(seed);
        FrameWriter writer = new FrameWriter(LARGEST);
        FrameDecoder decoder = new FrameDecoder(LARGEST);
        Reading reading = new Reading();
        int frames = 4000;
        for (int i = 0; i < frames; i++) {
            feed(decoder, randomFrame(random, writer, i), random, reading);
        }
        assertThat(reading.sound).as("seed %d", seed).hasSize(frames);
        assertThat(reading.damaged).isZero();
        assertThat(reading.refused).isPositive();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void damageCostsTheFramesThatItHitsAndNoOther(long seed) throws IOException {
        Random random = new Random(seed);
        FrameWriter writer = new FrameWriter(LARGEST);
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        List<Integer> untouched = new ArrayList<>();
        boolean beforeIsDamaged = false;
        for (int i = 0; i < 3000; i++) {
            byte[] bytes = randomFrame(random, writer, i);
            boolean damage = random.nextInt(5) == 0;
            if (damage) {
                bytes = damaged(bytes, random);
            } else if (!beforeIsDamaged) {
                untouched.add(i);
            }
            line.write(bytes);
            beforeIsDamaged = damage;
        }
        Reading reading = new Reading();
        feed(new FrameDecoder(LARGEST), line.toByteArray(), random, reading);
        assertThat(reading.sound).as("seed %d", seed).containsAll(untouched);
        assertThat(reading.damaged).as("seed %d", seed).isPositive();
    }

    private static byte[] damaged(byte[] bytes, Random random) {
        int at = random.nextInt(bytes.length);
        return switch (random.nextInt(4)) {
            case 0 -> {
                byte[] flipped = bytes.clone();
                flipped[at] ^= (byte) (1 << random.nextInt(8));
                yield flipped;
            }
            case 1 -> Arrays.copyOf(bytes, at);
            case 2 -> Arrays.copyOfRange(bytes, at, bytes.length);
            default -> {
                byte[] twice = Arrays.copyOf(bytes, bytes.length + at);
                System.arraycopy(bytes, 0, twice, bytes.length, at);
                yield twice;
            }
        };
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void noiseIsNoFrameAndASoundOneAfterItIsFound(long seed) throws IOException {
        Random random = new Random(seed);
        FrameDecoder decoder = new FrameDecoder(LARGEST);
        Reading reading = new Reading();
        FrameWriter writer = new FrameWriter(LARGEST);
        for (int i = 0; i < 200; i++) {
            byte[] noise = new byte[random.nextInt(5000)];
            random.nextBytes(noise);
            feed(decoder, noise, random, reading);
            decoder.take(new byte[1], 0, 1, reading);
            feed(decoder, randomFrame(random, writer, i), random, reading);
            assertThat(reading.sound).as("seed %d", seed).hasSize(i + 1);
        }
    }

    /** Sound frames of events of which some bytes are others: what comes out still keeps to the rules. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void spoiltEventsAreRefusedOrInOrder(long seed) throws IOException {
        Random random = new Random(seed);
        Reading reading = new Reading();
        FrameWriter writer = new FrameWriter(LARGEST);
        for (int i = 0; i < 3000; i++) {
            writer.begin(FrameType.EVENTS);
            new EventsWriterCase(random).write(writer);
            byte[] plain = Arrays.copyOfRange(
                    writer.buffer().array(),
                    FrameWriter.HEADER_BYTES,
                    FrameWriter.HEADER_BYTES + writer.payloadBytes());
            for (int n = random.nextInt(4); n > 0; n--) {
                plain[random.nextInt(plain.length)] = (byte) random.nextInt(256);
            }
            writer.begin(FrameType.EVENTS);
            for (byte each : plain) {
                writer.u8(each);
            }
            feed(new FrameDecoder(LARGEST), line(writer, i), random, reading);
        }
        assertThat(reading.sound).as("seed %d", seed).hasSize(3000);
        assertThat(reading.refused).as("seed %d", seed).isBetween(100, 2900);
    }

    /** Some events that can be. */
    private record EventsWriterCase(Random random) {
        void write(FrameWriter frame) {
            int events = 1 + random.nextInt(20);
            long[] tick = new long[events];
            byte[] channel = new byte[events];
            float[] value = new float[events];
            long now = 0;
            for (int i = 0; i < events; i++) {
                now += random.nextInt(3) * 10L;
                tick[i] = now;
                channel[i] = (byte) (random.nextInt(3) == 0 ? 6 : random.nextInt(6));
                value[i] = channel[i] == 6 ? 0 : random.nextFloat();
            }
            int windows = 0;
            int[] index = new int[events];
            for (int i = 0; i < events; i++) {
                if (channel[i] == 6) {
                    value[i] = windows;
                    index[windows] = windows++;
                }
            }
            int[] ten = new int[events];
            Arrays.fill(ten, 10);
            EventsWriter writer = new EventsWriter(frame.largestPayload());
            writer.begin(new EventChunk(
                    0,
                    now + 5,
                    events,
                    tick,
                    channel,
                    value,
                    windows,
                    index,
                    ten,
                    ten,
                    new double[events],
                    new double[events],
                    new float[events][]));
            writer.write(frame);
        }
    }
}
