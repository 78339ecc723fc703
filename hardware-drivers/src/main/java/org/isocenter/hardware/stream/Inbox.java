package org.isocenter.hardware.stream;

import java.util.concurrent.TimeUnit;

/** Which numbered frame is next, and what the other side is to be told of it. Any thread. */
final class Inbox {
    private static final long ASK_AGAIN_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

    private int next;
    private long grantedBytes;
    private boolean due;
    private boolean resend;
    private boolean asked;
    private long askedNanos;

    /** @param grantedBytes that we have room for at the beginning */
    Inbox(long grantedBytes) {
        this.grantedBytes = grantedBytes;
    }

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

    /** The other side may send so many bytes more of what needs credit, and is told so. */
    synchronized void grant(long bytes) {
        grantedBytes += bytes;
        due = true;
    }

    synchronized long grantedBytes() {
        return grantedBytes;
    }

    synchronized boolean due() {
        return due;
    }

    synchronized int next() {
        return next;
    }

    /** Writes the ACK that is due: all that is known by now, for after it none is due. */
    synchronized void write(FrameWriter frame) {
        frame.begin(FrameType.ACK).u32(next).u8(resend ? 1 : 0).u8(0).u16(0).u64(grantedBytes);
        due = false;
        resend = false;
    }
}
