package org.isocenter.hardware.stream.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.isocenter.sequence.compile.EventChannel;
import org.isocenter.sequence.compile.EventChunk;
import org.junit.jupiter.api.Test;

class ReceivedWindowsTest {

    @Test
    void windowsThatAreOnTheirWayAreKeptHoweverManyWentBefore() {
        long seed = 5;
        Random random = new Random(seed);
        ReceivedWindows windows = new ReceivedWindows();
        int sent = 0;
        while (sent < 100_000) {
            windows.add(window(windows.count()));
            boolean queueIsFull = windows.count() - sent == 500;
            if (queueIsFull || random.nextInt(3) == 0 && sent < windows.count()) {
                assertThat(windows.startTick(sent)).as("seed %d", seed).isEqualTo(1000L * sent);
                assertThat(windows.radians(sent, 2, 1e6))
                        .isCloseTo(sent + 2 * Math.PI * 7 * 2.5 * 10 / 1e6, within(1e-9));
                windows.sent(sent++);
            }
        }
        assertThat(windows.startTick(windows.count() - 1)).isEqualTo(1000L * (windows.count() - 1));
        assertThat(windows.room()).isLessThanOrEqualTo(1024);
    }

    /** Of ten ticks of dwell, 7 Hz, turned by as many radians as its number. */
    private static EventChunk window(int number) {
        return new EventChunk(
                1000L * number,
                1000L * number + 500,
                1,
                new long[] {1000L * number},
                new byte[] {(byte) EventChannel.ADC.ordinal()},
                new float[] {0},
                1,
                new int[] {number},
                new int[] {50},
                new int[] {10},
                new double[] {7},
                new double[] {number},
                new float[1][]);
    }
}
