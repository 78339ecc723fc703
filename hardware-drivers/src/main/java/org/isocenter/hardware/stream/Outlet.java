package org.isocenter.hardware.stream;

/** Unnumbered frames that wait for the line's writer: a few, since they are small and seldom. Any thread. */
final class Outlet {
    private static final int BYTES = 4096;
    private final byte[] line = new byte[BYTES];
    private int filled;

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
        System.arraycopy(line, 0, out, at, filled);
        int end = at + filled;
        filled = 0;
        return end;
    }
}
