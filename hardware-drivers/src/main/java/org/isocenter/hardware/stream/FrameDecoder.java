package org.isocenter.hardware.stream;

import java.io.IOException;
import java.util.zip.CRC32C;

/**
 * Finds frames in the bytes of a line, however these are cut. Damage costs the frame that it hits, never the one after. Holds
 * one frame; no allocation. One thread.
 */
public final class FrameDecoder {
    private static final int ZEROS_TO_ABORT = 4;

    /** What is found. An exception ends the decoding of the bytes at hand. */
    public interface Sink {
        /** A sound frame, good during the call. */
        void frame(Frame frame) throws IOException;

        /** There was a frame, but it cannot be used. */
        void damaged() throws IOException;

        /** Four zeros in succession. */
        void abort() throws IOException;
    }

    private final byte[] stuffed;
    private final Frame frame;
    private final CRC32C crc = new CRC32C();
    private int length;
    private boolean tooLong;
    private int zeros;

    /** @param largest longest frame that is taken, from header to CRC, in bytes */
    public FrameDecoder(int largest) {
        stuffed = new byte[Cobs.stuffedBytes(largest)];
        frame = new Frame(stuffed);
    }

    /** The next bytes of the line. */
    public void take(byte[] bytes, int from, int to, Sink sink) throws IOException {
        int start = from;
        for (int i = from; i < to; i++) {
            if (bytes[i] != 0) {
                zeros = 0;
                continue;
            }
            collect(bytes, start, i);
            start = i + 1;
            if (++zeros == ZEROS_TO_ABORT) {
                sink.abort();
            }
            endOfFrame(sink);
        }
        collect(bytes, start, to);
    }

    private void collect(byte[] bytes, int from, int to) {
        int count = to - from;
        if (count > stuffed.length - length) {
            tooLong = true;
            return;
        }
        System.arraycopy(bytes, from, stuffed, length, count);
        length += count;
    }

    private void endOfFrame(Sink sink) throws IOException {
        int found = length;
        boolean whole = !tooLong;
        length = 0;
        tooLong = false;
        if (found == 0 && whole) {
            return;
        }
        int bytes = whole ? Cobs.unstuff(stuffed, found) : -1;
        int end = bytes - FrameWriter.CRC_BYTES;
        if (end < FrameWriter.HEADER_BYTES || !sound(end)) {
            sink.damaged();
        } else {
            sink.frame(frame.of(end));
        }
    }

    private boolean sound(int end) {
        crc.reset();
        crc.update(stuffed, 0, end);
        int sent = stuffed[end] & 0xff
                | (stuffed[end + 1] & 0xff) << 8
                | (stuffed[end + 2] & 0xff) << 16
                | stuffed[end + 3] << 24;
        return (int) crc.getValue() == sent;
    }
}
