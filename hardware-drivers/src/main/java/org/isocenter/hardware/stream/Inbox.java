package org.isocenter.hardware.stream;

import java.util.concurrent.TimeUnit;

/** Which numbered frame is next, and what the other side is to be told of it. Any thread. */
final class Inbox {
    private static final long ASK_AGAIN_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

    private int next;
    private boolean due;
    private boolean resend;
    private boolean asked;
    private long askedNanos;

    /** Whether this frame is the one that comes next; others are dropped. */
    synchronized boolean takes(int number) {
        due = true;
        int ahead = number - next;
        if (ahead == 0) {
            next++;
            asked = false;
            return true;
        }
        if (ahead > 0) {
            lost();
        }
        return false;
    }

    /** A frame could not be read: it may have been the next one. */
    synchronized void lost() {
        long now = System.nanoTime();
        if (!asked || now - askedNanos > ASK_AGAIN_NANOS) {
            asked = true;
            askedNanos = now;
            resend = true;
            due = true;
        }
    }

    /** Something that an ACK tells has changed. */
    synchronized void touch() {
        due = true;
    }

    synchronized boolean due() {
        return due;
    }

    synchronized int next() {
        return next;
    }

    /** Writes the ACK that is due. */
    synchronized void write(FrameWriter frame, long credit) {
        frame.begin(FrameType.ACK).u32(next).u8(resend ? 1 : 0).u8(0).u16(0).u64(credit);
        due = false;
        resend = false;
    }
}
