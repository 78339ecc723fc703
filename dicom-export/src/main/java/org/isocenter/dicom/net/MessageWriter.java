package org.isocenter.dicom.net;

import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import org.isocenter.dicom.data.Attributes;
import org.isocenter.dicom.file.DicomWriter;

/**
 * Sends messages as P-DATA-TF PDUs no longer than the peer takes (PS3.8 annex E). Several PDUs go to the connection in one
 * piece, so that a peer with short PDUs costs no more system calls. One thread.
 */
final class MessageWriter {
    private static final int BUFFER_BYTES = 1 << 18;
    private static final int MAX_FRAGMENT_BYTES = 1 << 17;
    /** PDU header, and length, context and control of its one presentation data value. */
    private static final int OVERHEAD_BYTES = 12;

    private static final int COMMAND = 1;
    private static final int LAST = 2;

    private final UpperLayer layer;
    private final int fragmentBytes;
    private byte[] buffer = new byte[1 << 14];
    private int used;

    /** @param maxPduBytes longest PDU that the peer takes; 0 for any */
    MessageWriter(UpperLayer layer, int maxPduBytes) throws DicomNetException {
        this.layer = layer;
        long room = maxPduBytes == 0 ? MAX_FRAGMENT_BYTES : Integer.toUnsignedLong(maxPduBytes) - 6;
        if (room < 2) {
            throw layer.broken(new PduException(
                    PduException.INVALID_PARAMETER, "it takes PDUs of " + maxPduBytes + " bytes, which hold nothing"));
        }
        // Even, as are all values within.
        this.fragmentBytes = (int) Math.min(room, MAX_FRAGMENT_BYTES) & ~1;
    }

    /** Sends one message. @param dataset encoded; null for none */
    void send(int contextId, Attributes command, byte[] dataset) throws DicomNetException {
        try {
            send(contextId, command, dataset == null ? null : Body.of(dataset));
        } catch (DicomNetException e) {
            throw e;
        } catch (IOException e) {
            throw new UncheckedIOException("bytes in memory cannot end early", e);
        }
    }

    /**
     * Sends one message.
     *
     * @param body the data set; null for none
     * @throws DicomNetException when the association failed
     * @throws IOException when {@code body} could not be read to its end: the association is aborted then
     */
    void send(int contextId, Attributes command, Body body) throws IOException {
        put(contextId, COMMAND, Body.of(DicomWriter.toCommandBytes(command)));
        if (body != null) {
            put(contextId, 0, body);
        }
        flush();
    }

    private void put(int contextId, int control, Body body) throws IOException {
        long left = body.length();
        do {
            int count = (int) Math.min(left, fragmentBytes);
            makeRoom(OVERHEAD_BYTES + count);
            fill(body, used + OVERHEAD_BYTES, count);
            left -= count;
            ByteBuffer header = ByteBuffer.wrap(buffer, used, OVERHEAD_BYTES);
            header.put((byte) PduReader.DATA).put((byte) 0).putInt(count + 6).putInt(count + 2);
            header.put((byte) contextId).put((byte) (left == 0 ? control | LAST : control));
            used += OVERHEAD_BYTES + count;
        } while (left > 0);
    }

    private void fill(Body body, int offset, int count) throws IOException {
        try {
            if (body.in().readNBytes(buffer, offset, count) < count) {
                throw new EOFException("it became shorter while it was sent");
            }
        } catch (IOException e) {
            // Half a message is out: nothing but an abort can end it.
            layer.abort();
            throw e;
        }
    }

    private void makeRoom(int bytes) throws DicomNetException {
        if (used + bytes > BUFFER_BYTES) {
            flush();
        }
        if (used + bytes > buffer.length) {
            byte[] larger = new byte[Math.min(BUFFER_BYTES, Math.max(used + bytes, 2 * buffer.length))];
            System.arraycopy(buffer, 0, larger, 0, used);
            buffer = larger;
        }
    }

    private void flush() throws DicomNetException {
        layer.write(buffer, used);
        used = 0;
    }
}
