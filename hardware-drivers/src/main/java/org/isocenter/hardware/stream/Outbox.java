package org.isocenter.hardware.stream;

import java.util.concurrent.TimeUnit;

/**
 * The numbered frames of one direction of a session, as the line carries them, from when they are put until they are acknowledged:
 * "go back N". All memory is taken at the beginning. Any thread puts; the line's threads do the rest.
 */
final class Outbox {
    private static final long FIRST_RESEND_NANOS = TimeUnit.MILLISECONDS.toNanos(200);
    private static final long LAST_RESEND_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final long GIVE_UP_NANOS = TimeUnit.SECONDS.toNanos(5);
    /** The shortest numbered frame on the line. */
    private static final int LEAST_BYTES = 14;

    private final int session;
    private final byte[] ring;
    private final byte[] line;

    /** Of each frame, at its number modulo the length: where it ends on the line, in the window and in the credit, as sums. */
    private final long[] ends;

    private final long[] windowEnds;
    private final long[] creditEnds;

    /** Counts of frames since the beginning; their low 32 bits are the numbers. */
    private long acknowledged;

    private long sending;
    private long sent;
    private long put;

    private int window;
    private long credit;
    private boolean closed;
    private long quietSinceNanos;
    private long stuckSinceNanos;
    private long resendNanos = FIRST_RESEND_NANOS;

    /**
     * @param bytes of frames that are kept, as the line carries them
     * @param largest longest frame that is put
     * @param window what the other side allows to be under way
     * @param credit what the other side has room for at the beginning
     */
    Outbox(int session, int bytes, int largest, int window, long credit) {
        this.session = session;
        this.window = window;
        this.credit = credit;
        line = new byte[FrameWriter.lineBytes(largest)];
        ring = new byte[Math.max(bytes, line.length)];
        int frames = ring.length / LEAST_BYTES + 1;
        ends = new long[frames];
        windowEnds = new long[frames];
        creditEnds = new long[frames];
    }

    /** Numbers the frame, completes it and keeps it; false when there is no room. */
    synchronized boolean offer(FrameWriter frame) {
        FrameType type = frame.type();
        int payload = frame.payloadBytes();
        int mostBytes = FrameWriter.lineBytes(payload + FrameWriter.HEADER_BYTES + FrameWriter.CRC_BYTES);
        long from = end(ends, put);
        if (closed
                || from + mostBytes - end(ends, acknowledged) > ring.length
                || put - acknowledged == ends.length - 1) {
            return false;
        }
        int bytes = frame.end(session, (int) put).stuffInto(line, 0);
        int at = (int) (from % ring.length);
        int head = Math.min(bytes, ring.length - at);
        System.arraycopy(line, 0, ring, at, head);
        System.arraycopy(line, head, ring, 0, bytes - head);
        int slot = (int) (put % ends.length);
        ends[slot] = from + bytes;
        windowEnds[slot] = end(windowEnds, put) + frame.length();
        creditEnds[slot] = end(creditEnds, put) + (needsCredit(type) ? payload : 0);
        put++;
        return true;
    }

    /** Whether frames of this type are counted against the credit. */
    static boolean needsCredit(FrameType type) {
        return type == FrameType.EVENTS || type == FrameType.READOUT;
    }

    /**
     * Waits for room.
     *
     * @return false when the time is over, or the session has ended
     */
    synchronized boolean put(FrameWriter frame, int timeoutMillis) throws InterruptedException {
        long begin = System.nanoTime();
        long most = TimeUnit.MILLISECONDS.toNanos(timeoutMillis);
        while (!offer(frame)) {
            long left = most - (System.nanoTime() - begin);
            if (closed || left <= 0) {
                return false;
            }
            TimeUnit.NANOSECONDS.timedWait(this, left);
        }
        return true;
    }

    /** Ends all waiting; nothing is put any more. */
    synchronized void close() {
        closed = true;
        notifyAll();
    }

    private long end(long[] sums, long frames) {
        return frames == 0 ? 0 : sums[(int) ((frames - 1) % sums.length)];
    }

    /** What an ACK says. Numbers that were never sent are passed over: they are of no session of ours. */
    synchronized void acknowledged(int next, boolean resend, long newCredit) {
        int more = next - (int) acknowledged;
        if (more < 0 || more > sent - acknowledged) {
            return;
        }
        credit = Math.max(credit, newCredit);
        if (more > 0) {
            acknowledged += more;
            quietSinceNanos = System.nanoTime();
            stuckSinceNanos = quietSinceNanos;
            resendNanos = FIRST_RESEND_NANOS;
            sending = Math.max(sending, acknowledged);
            notifyAll();
        }
        if (resend) {
            sending = acknowledged;
        }
    }

    /**
     * Takes the bytes that are to be sent next: whole frames.
     *
     * @param most where they must end; one frame is taken even if it ends later
     * @return how many; 0 when there is nothing to send now
     */
    synchronized int take(byte[] out, int at, int most) {
        long now = System.nanoTime();
        if (sending == sent && acknowledged < sent && now - quietSinceNanos > resendNanos) {
            sending = acknowledged;
            resendNanos = Math.min(2 * resendNanos, LAST_RESEND_NANOS);
        }
        long from = end(ends, sending);
        long to = sending;
        while (to < put
                && end(windowEnds, to + 1) - end(windowEnds, acknowledged) <= window
                && end(creditEnds, to + 1) <= credit
                && end(ends, to + 1) - from <= (to == sending ? out.length : most) - at) {
            to++;
        }
        int bytes = (int) (end(ends, to) - from);
        if (bytes > 0) {
            int start = (int) (from % ring.length);
            int head = Math.min(bytes, ring.length - start);
            System.arraycopy(ring, start, out, at, head);
            System.arraycopy(ring, 0, out, at + head, bytes - head);
            if (sent == acknowledged) {
                stuckSinceNanos = now;
            }
            sending = to;
            sent = Math.max(sent, to);
            quietSinceNanos = now;
        }
        return bytes;
    }

    /** How long {@link #take} need not be called, unless something changes. */
    synchronized long restNanos() {
        return acknowledged == sent
                ? LAST_RESEND_NANOS
                : Math.max(1, resendNanos - (System.nanoTime() - quietSinceNanos));
    }

    /** Whether the other side has acknowledged nothing for so long that there is no hope. */
    synchronized boolean stuck() {
        return acknowledged < sent && System.nanoTime() - stuckSinceNanos > GIVE_UP_NANOS;
    }

    /** Whether everything that was put has been acknowledged. */
    synchronized boolean empty() {
        return acknowledged == put;
    }

    /** The other side expects this number, over a new link that allows so much: sends again from there. False when it cannot be. */
    synchronized boolean resume(int next, int newWindow) {
        int more = next - (int) acknowledged;
        if (more < 0 || more > sent - acknowledged) {
            return false;
        }
        window = newWindow;
        // The silence of the lost link is none of this one's.
        stuckSinceNanos = System.nanoTime();
        resendNanos = FIRST_RESEND_NANOS;
        acknowledged(next, true, 0);
        return true;
    }
}
