package org.isocenter.hardware.stream;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.isocenter.hardware.LibraryTables;
import org.isocenter.hardware.ReadoutSink;
import org.isocenter.hardware.RunOutcome;
import org.isocenter.hardware.Scanner;
import org.isocenter.hardware.stream.device.MemoryDevice;
import org.isocenter.hardware.transport.Transport;
import org.isocenter.hardware.virtual.OutputState;
import org.isocenter.sequence.compile.EventTable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** An abort stops the run that it was meant for, and no other. */
@Timeout(30)
class AbortTest {
    private static final EventTable LONG = LibraryTables.table("gre2d", 64, "osi2one");
    private static final EventTable SHORT = LibraryTables.table("gre2d", 4, "osi2one");

    /** A link that keeps an abort back until the device is at its next table, or for a while if it never comes to it. */
    private static final class LateAborts implements Transport {
        private static final long MOST_NANOS = TimeUnit.MILLISECONDS.toNanos(300);
        private static final int ZEROS = 4;
        private final Transport link;
        private final MemoryDevice device;

        LateAborts(Transport link, MemoryDevice device) {
            this.link = link;
            this.device = device;
        }

        @Override
        public String name() {
            return link.name();
        }

        @Override
        public int read(byte[] buffer, int offset, int length, int timeoutMillis) throws IOException {
            return link.read(buffer, offset, length, timeoutMillis);
        }

        @Override
        public void write(byte[] buffer, int offset, int length, int timeoutMillis) throws IOException {
            if (isAbort(buffer, offset, length)) {
                long begin = System.nanoTime();
                wait(begin, false);
                wait(begin, true);
            }
            link.write(buffer, offset, length, timeoutMillis);
        }

        private static boolean isAbort(byte[] buffer, int offset, int length) {
            int zeros = 0;
            for (int i = offset; i < offset + length && zeros < ZEROS; i++) {
                zeros = buffer[i] == 0 ? zeros + 1 : 0;
            }
            return zeros == ZEROS;
        }

        private void wait(long begin, boolean active) {
            while (active != isActive() && System.nanoTime() - begin < MOST_NANOS) {
                Thread.onSpinWait();
            }
        }

        private boolean isActive() {
            DeviceState state = device.state();
            return state == DeviceState.ARMED || state == DeviceState.RUNNING;
        }

        @Override
        public void close() {
            link.close();
        }
    }

    @Test
    void anAbortThatIsLateOnTheSecondConnectionDoesNotStopTheNextRun() throws Exception {
        AtomicInteger links = new AtomicInteger();
        try (MemoryDevice device = new MemoryDevice("load=null&deadman=5000");
                Scanner scanner = MemoryScanners.openTwice(() -> links.incrementAndGet() == 2
                        ? new LateAborts(device.networkHost(), device)
                        : device.networkHost())) {
            ReadoutSink stopping = (index, channels, samples, real, imaginary) -> scanner.abort();
            assertThat(scanner.run(LONG, stopping)).isEqualTo(RunOutcome.ABORTED);
            assertThat(device.outputs()).isEqualTo(OutputState.SAFE);
            assertThat(scanner.run(LONG, (index, channels, samples, real, imaginary) -> {}))
                    .isEqualTo(RunOutcome.COMPLETED);
        }
    }

    @Test
    void anAbortAfterTheEndOfARunDoesNotStopTheNextOne() throws Exception {
        try (MemoryDevice device = new MemoryDevice("load=null");
                Scanner scanner = MemoryScanners.openTwice(device::networkHost)) {
            ReadoutSink nobody = (index, channels, samples, real, imaginary) -> {};
            assertThat(scanner.run(SHORT, nobody)).isEqualTo(RunOutcome.COMPLETED);
            scanner.abort();
            assertThat(scanner.run(SHORT, nobody)).isEqualTo(RunOutcome.COMPLETED);
        }
    }
}
