package org.isocenter.hardware.stream;

import java.util.Arrays;

/**
 * What waits for the line's writer ahead of numbered frames: an abort, and then unnumbered frames, which are small and seldom. A
 * frame that is added after an abort never leaves before it. Any thread.
 */
final class Outlet {
    private static final int BYTES = 4096;
    /** Twice what the other side needs: a damaged byte does no harm. */
    private static final int ABORT_ZEROS = 8;

    private final byte[] line = new byte[BYTES];
    private int filled;
    private boolean abort;

    /** The zeros of an abort are to go before everything that waits. */
    synchronized void abort() {
        abort = true;
    }

    /** False when there is no room. */
    synchronized boolean add(FrameWriter frame) {
        if (FrameWriter.lineBytes(frame.length()) > line.length - filled) {
            return false;
        }
        filled = frame.stuffInto(line, filled);
        return true;
    }

    /** Moves all to this array; where they end there. */
    synchronized int take(byte[] out, int at) {
        int from = abort ? at + ABORT_ZEROS : at;
        Arrays.fill(out, at, from, (byte) 0);
        System.arraycopy(line, 0, out, from, filled);
        int end = from + filled;
        filled = 0;
        abort = false;
        return end;
    }
}
