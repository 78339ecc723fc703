package org.isocenter.hardware.transport;

import java.io.IOException;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;

/**
 * A link with faults in what is sent through this end of it; what is received passes as it is. Faults are asked for at any time,
 * by any thread; places count the bytes sent, from 0.
 */
public final class FaultyTransport implements Transport {
    private static final int FLIPPED_BIT = 0x20;

    private final Transport link;
    private final LateWriter late;
    private final Set<Long> corrupt = new TreeSet<>();
    private long cutAt = Long.MAX_VALUE;
    private long silentFrom = Long.MAX_VALUE;
    private int pieceBytes = Integer.MAX_VALUE;
    private int delayMillis;
    private boolean together;
    private long sent;
    private volatile boolean open = true;

    public FaultyTransport(Transport link) {
        this.link = link;
        late = new LateWriter(link);
    }

    /** Whether this end of it has not been closed. */
    public boolean isOpen() {
        return open;
    }

    /** How many bytes were sent, those that a fault swallowed included. */
    public synchronized long sent() {
        return sent;
    }

    /** From now on everything comes so much later; writes go on meanwhile. */
    public synchronized void delay(int millis) {
        delayMillis = millis;
    }

    /** From now on nothing comes in pieces larger than this. */
    public synchronized void split(int bytes) {
        pieceBytes = bytes;
    }

    /** From now on all that is sent within so long comes in one piece. */
    public synchronized void coalesce(int millis) {
        delayMillis = millis;
        together = true;
    }

    /** A bit of this byte is wrong. */
    public synchronized void corruptByte(long place) {
        corrupt.add(place);
    }

    /** The link is closed instead of sending this byte. */
    public synchronized void cutAtByte(long place) {
        cutAt = Math.min(cutAt, place);
    }

    /** This byte and all after it are lost, but the link stays open. */
    public synchronized void silenceFromByte(long place) {
        silentFrom = Math.min(silentFrom, place);
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
        byte[] bytes;
        int piece;
        int delay;
        boolean coalesced;
        boolean cut;
        synchronized (this) {
            long end = Math.min(Math.min(sent + length, cutAt), silentFrom);
            bytes = Arrays.copyOfRange(buffer, offset, offset + (int) Math.max(0, end - sent));
            for (long place : corrupt) {
                if (place >= sent && place < end) {
                    bytes[(int) (place - sent)] ^= FLIPPED_BIT;
                }
            }
            sent += length;
            cut = sent > cutAt;
            piece = pieceBytes;
            delay = delayMillis;
            coalesced = together;
        }
        for (int from = 0; from < bytes.length; from += Math.min(piece, bytes.length - from)) {
            int to = from + Math.min(piece, bytes.length - from);
            if (delay == 0) {
                link.write(bytes, from, to - from, timeoutMillis);
            } else {
                late.add(Arrays.copyOfRange(bytes, from, to), delay, coalesced, timeoutMillis);
            }
        }
        if (cut) {
            cut(delay);
            throw new IOException(name() + " has been cut");
        }
    }

    private void cut(int delay) throws IOException {
        if (delay == 0) {
            close();
        } else {
            late.closeAfterwards();
        }
    }

    @Override
    public void close() {
        open = false;
        late.close();
        link.close();
    }
}
