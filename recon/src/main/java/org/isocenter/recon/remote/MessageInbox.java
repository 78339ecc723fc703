package org.isocenter.recon.remote;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import org.isocenter.recon.mrd.MrdFormatException;
import org.isocenter.recon.mrd.MrdMessage;
import org.isocenter.recon.mrd.MrdMessages;
import org.isocenter.recon.mrd.MrdNotes;

/**
 * Gathers a stream's bytes until messages are whole. Memory grows with the bytes that have come, never with what a message only
 * says that it has, and up to a limit. One thread.
 */
final class MessageInbox {
    private static final int CHUNK_BYTES = 1 << 16;

    private static final int LARGEST_BUFFER = Integer.MAX_VALUE - 8;

    private final long mostMessageBytes;
    private final MrdNotes notes;
    /** A direct one of its own: the JDK would make one as large as all the room there is in a heap buffer. */
    private final ByteBuffer chunk = ByteBuffer.allocateDirect(CHUNK_BYTES);

    /** Ready to be read: what has come and was not taken. */
    private ByteBuffer waiting = ByteBuffer.allocate(CHUNK_BYTES).limit(0);

    private long lastBytes;

    /**
     * @param mostMessageBytes a longer message is refused
     * @param notes told what had to be assumed in a message
     */
    MessageInbox(long mostMessageBytes, MrdNotes notes) {
        this.mostMessageBytes = mostMessageBytes;
        this.notes = notes;
    }

    /** Reads once. Returns how many bytes came, -1 when there will be no more. */
    int fill(ReadableByteChannel channel) throws IOException {
        int count = channel.read(chunk.clear());
        if (count <= 0) {
            return count;
        }
        if (waiting.remaining() > mostMessageBytes) {
            throw new MrdFormatException("", "", "more than " + mostMessageBytes + " bytes came that nobody waits for");
        }
        makeRoom(count);
        int end = waiting.limit();
        waiting.limit(end + count);
        waiting.put(end, chunk.flip(), 0, count);
        return count;
    }

    private void makeRoom(int count) {
        if (waiting.capacity() - waiting.limit() >= count) {
            return;
        }
        int needed = Math.addExact(waiting.remaining(), count);
        boolean fits = needed <= waiting.capacity();
        ByteBuffer room = fits ? waiting : ByteBuffer.allocate((int) Math.min(2L * needed, LARGEST_BUFFER));
        int kept = waiting.remaining();
        room.put(0, waiting, waiting.position(), kept);
        waiting = room.limit(kept).position(0);
    }

    /**
     * The next message, or null while it is not whole.
     *
     * @throws MrdFormatException when the bytes are no message, or it is longer than allowed
     */
    MrdMessage next() throws MrdFormatException {
        long length = MrdMessages.length(waiting);
        if (length > mostMessageBytes) {
            throw new MrdFormatException(
                    "", "", "message of " + length + " bytes, at most " + mostMessageBytes + " are taken");
        }
        if (length < 0 || length > waiting.remaining()) {
            return null;
        }
        lastBytes = length;
        return MrdMessages.read(waiting, notes);
    }

    /** Forgets what has come. */
    void discard() {
        waiting.position(waiting.limit());
    }

    /** Of the message that {@link #next} gave last. */
    long lastBytes() {
        return lastBytes;
    }

    /** Whether a part of a message waits for its rest. */
    boolean hasPart() {
        return waiting.hasRemaining();
    }
}
