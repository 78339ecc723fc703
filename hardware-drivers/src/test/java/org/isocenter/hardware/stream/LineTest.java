package org.isocenter.hardware.stream;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.isocenter.hardware.transport.FaultyTransport;
import org.isocenter.hardware.transport.MemoryTransport;
import org.isocenter.hardware.transport.Transport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LineTest {
    private static final int SESSION = 0x1234;
    private static final int LARGEST = 512;
    private static final int FRAMES = 400;

    private final MemoryTransport.Pair link = MemoryTransport.pair("memory", 1 << 16);
    private final Exchange near = new Exchange(SESSION, 8192, LARGEST, 2048, Long.MAX_VALUE, 0);
    private final Exchange far = new Exchange(SESSION, 8192, LARGEST, 2048, 0, Long.MAX_VALUE);
    private final Taken taken = new Taken();
    private Line sender;
    private Line receiver;

    /** What arrives at the far end. */
    private static final class Taken implements LineListener {
        private final List<Integer> values = new CopyOnWriteArrayList<>();
        private final CountDownLatch all = new CountDownLatch(FRAMES);
        private final CountDownLatch aborted = new CountDownLatch(1);
        private final CountDownLatch lost = new CountDownLatch(1);
        private final AtomicInteger broken = new AtomicInteger();

        @Override
        public void frame(Frame frame) throws IOException {
            values.add(frame.u32());
            all.countDown();
        }

        /** Without sleeping, so that what comes next is done as soon as it can be. */
        private void awaitFrames(int frames) {
            long begin = System.nanoTime();
            while (values.size() < frames) {
                assertThat(System.nanoTime() - begin)
                        .as("ns without frame %d", frames)
                        .isLessThan(TimeUnit.SECONDS.toNanos(20));
                Thread.onSpinWait();
            }
        }

        @Override
        public void broken(FrameFormatException problem) {
            broken.incrementAndGet();
        }

        @Override
        public void abort() {
            aborted.countDown();
        }

        @Override
        public void lost(IOException cause) {
            lost.countDown();
        }
    }

    private void connect(Transport transport) {
        sender = new Line(transport, LARGEST, 1024, "sender", new Taken());
        receiver = new Line(link.far(), LARGEST, 1024, "receiver", taken);
        sender.carry(near);
        receiver.carry(far);
        sender.start();
        receiver.start();
    }

    @AfterEach
    void close() {
        sender.close();
        receiver.close();
    }

    private void sendAll() throws InterruptedException {
        FrameWriter frame = new FrameWriter(LARGEST);
        for (int i = 0; i < FRAMES; i++) {
            frame.begin(FrameType.EVENTS).u32(i);
            for (int n = 0; n < i % 100; n++) {
                frame.u32(n * i);
            }
            assertThat(near.put(frame, 10_000)).as("frame %d", i).isTrue();
        }
        assertThat(taken.all.await(20, TimeUnit.SECONDS)).isTrue();
    }

    private void assertEachCameOnceInOrder() {
        assertThat(taken.values).hasSize(FRAMES);
        for (int i = 0; i < FRAMES; i++) {
            assertThat(taken.values.get(i)).isEqualTo(i);
        }
        assertThat(taken.broken).hasValue(0);
    }

    @Test
    void framesComeOnceAndInOrder() throws Exception {
        connect(link.near());
        sendAll();
        assertEachCameOnceInOrder();
    }

    /** Every place within a few frames, their delimiters, checksums and headers included. */
    @ParameterizedTest
    @ValueSource(
            ints = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 30, 48, 100, 333, 1000, 5555})
    void aDamagedByteCostsNothingButTime(int place) throws Exception {
        FaultyTransport faulty = new FaultyTransport(link.near());
        faulty.corruptByte(place);
        connect(faulty);
        sendAll();
        assertEachCameOnceInOrder();
    }

    @Test
    void manyDamagedBytesInPiecesCostNothingButTime() throws Exception {
        FaultyTransport faulty = new FaultyTransport(link.near());
        for (int i = 0; i < 100; i++) {
            faulty.corruptByte(97L * i * i / 4);
        }
        faulty.split(3);
        connect(faulty);
        sendAll();
        assertEachCameOnceInOrder();
    }

    /** Nothing but the credit itself tells of it here: one ACK with an old sum would be one too few. */
    @RepeatedTest(20)
    void aSenderKeepsToTheCredit() throws Exception {
        Exchange poor = new Exchange(SESSION, 8192, LARGEST, 2048, 40, 0);
        sender = new Line(link.near(), LARGEST, 1024, "sender", new Taken());
        receiver = new Line(link.far(), LARGEST, 1024, "receiver", taken);
        Exchange careful = new Exchange(SESSION, 8192, LARGEST, 2048, 0, 40);
        sender.carry(poor);
        receiver.carry(careful);
        sender.start();
        receiver.start();
        FrameWriter frame = new FrameWriter(LARGEST);
        for (int i = 0; i < 100; i++) {
            assertThat(poor.offer(frame.begin(FrameType.EVENTS).u32(i))).isTrue();
        }
        for (int granted = 10; granted <= 100; granted++) {
            taken.awaitFrames(granted);
            assertThat(careful.next()).isEqualTo(granted);
            careful.grant(4);
        }
    }

    @Test
    void anAbortOvertakesWhatWaitsForCredit() throws Exception {
        connect(link.near());
        FrameWriter frame = new FrameWriter(LARGEST);
        for (int i = 0; i < 10; i++) {
            near.put(frame.begin(FrameType.EVENTS).u32(i), 1000);
        }
        sender.abort();
        assertThat(taken.aborted.await(20, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void aSessionGoesOnOverANewLinkWithoutLossOrRepetition() throws Exception {
        FaultyTransport faulty = new FaultyTransport(link.near());
        faulty.cutAtByte(3000);
        connect(faulty);
        Thread source = new Thread(() -> {
            try {
                sendAll();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        source.start();
        assertThat(taken.lost.await(20, TimeUnit.SECONDS)).isTrue();
        MemoryTransport.Pair again = MemoryTransport.pair("again", 1 << 16);
        sender.close();
        receiver.close();
        sender = new Line(again.near(), LARGEST, 1024, "sender", new Taken());
        receiver = new Line(again.far(), LARGEST, 1024, "receiver", taken);
        assertThat(near.resume(far.next(), 2048)).isTrue();
        receiver.carry(far);
        sender.carry(near);
        receiver.start();
        sender.start();
        assertThat(taken.all.await(20, TimeUnit.SECONDS)).isTrue();
        source.join(20_000);
        assertEachCameOnceInOrder();
    }
}
