package org.isocenter.hardware.marcos;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;

/**
 * A stretch of a table as one program for marga, and what comes back of it.
 *
 * @param number in the scan, from 0
 * @param startSeconds of its first event, from the table's start
 * @param endSeconds of the next run's first event, or the table's end
 * @param words instructions, without the pause at the end and FINISH
 * @param busyClocks that these take
 * @param lengthClocks to the next run's first word; the rest is a pause
 */
record MargaRun(
        int number,
        double startSeconds,
        double endSeconds,
        int[] words,
        long busyClocks,
        long lengthClocks,
        List<ReceiveWindow> windows) {
    /** What it takes to play, pause and all. */
    double seconds() {
        return lengthClocks / MargaCompiler.CLOCK_HERTZ;
    }

    /** The same, but it ends as soon as all is written: somebody else waits for the next run's moment. */
    MargaRun withoutPause() {
        return new MargaRun(number, startSeconds, endSeconds, words, busyClocks, busyClocks, windows);
    }

    /** Samples of all windows on each channel. */
    int received() {
        return windows.stream().mapToInt(ReceiveWindow::received).sum();
    }

    /** What the server is sent. */
    byte[] payload() {
        long pause = lengthClocks - busyClocks;
        ByteBuffer bytes = ByteBuffer.allocate(Integer.BYTES * (words.length + 1 + pauseWords(pause)))
                .order(ByteOrder.LITTLE_ENDIAN);
        bytes.asIntBuffer().put(words);
        bytes.position(Integer.BYTES * words.length);
        try {
            MargaProgram.pause(pause, bytes::putInt);
        } catch (IOException e) {
            throw new UncheckedIOException("a buffer cannot fail", e);
        }
        return bytes.putInt(MargaProgram.FINISH).array();
    }

    private static int pauseWords(long clocks) {
        int[] words = new int[1];
        try {
            MargaProgram.pause(clocks, word -> words[0]++);
        } catch (IOException e) {
            throw new UncheckedIOException("counting cannot fail", e);
        }
        return words[0];
    }
}
