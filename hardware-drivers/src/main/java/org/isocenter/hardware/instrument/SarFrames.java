package org.isocenter.hardware.instrument;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.CRC32;

/**
 * The SAR monitor's framing: text, its CRC-32 with the highest byte first, and CR LF, to which the host adds a tab. The checksum may
 * itself hold CR LF, so a frame ends at the first CR LF whose checksum fits. One thread.
 */
final class SarFrames {
    private static final int CHECKSUM_BYTES = 4;
    private static final int MOST_BYTES = 64;
    private byte[] pending = new byte[0];

    /** What the host sends. */
    static byte[] request(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
        ByteArrayOutputStream frame = new ByteArrayOutputStream();
        frame.writeBytes(bytes);
        frame.writeBytes(ByteBuffer.allocate(CHECKSUM_BYTES)
                .putInt(checksum(bytes, 0, bytes.length))
                .array());
        frame.writeBytes("\r\n\t".getBytes(StandardCharsets.US_ASCII));
        return frame.toByteArray();
    }

    private static int checksum(byte[] bytes, int from, int to) {
        CRC32 crc = new CRC32();
        crc.update(bytes, from, to - from);
        return (int) crc.getValue();
    }

    private boolean endsLine(int at) {
        return pending[at] == '\r' && pending[at + 1] == '\n';
    }

    /** Where the message begins whose checksum ends here: at the beginning, or behind a line's end; -1 when there is none. */
    private int startOfMessage(int end) {
        int to = end - CHECKSUM_BYTES;
        for (int from = 0; from <= to; from++) {
            boolean begins = from == 0 || from >= 2 && endsLine(from - 2);
            if (begins && ByteBuffer.wrap(pending, to, CHECKSUM_BYTES).getInt() == checksum(pending, from, to)) {
                return from;
            }
        }
        return -1;
    }

    void add(byte[] bytes, int count) {
        int before = pending.length;
        pending = Arrays.copyOf(pending, before + count);
        System.arraycopy(bytes, 0, pending, before, count);
    }

    /** What {@link #next} found. */
    enum Found {
        NOTHING,
        MESSAGE,
        DAMAGED
    }

    /**
     * Takes the next message from what was added.
     *
     * @param message gets the text
     * @param quiet nothing more has come for a while, so that what is there is all
     */
    Found next(StringBuilder message, boolean quiet) {
        message.setLength(0);
        int ends = 0;
        for (int end = 0; end + 1 < pending.length; end++) {
            if (endsLine(end)) {
                ends++;
                int start = startOfMessage(end);
                if (start > 0) {
                    // What came before it is damaged, and is told of first.
                    pending = Arrays.copyOfRange(pending, start, pending.length);
                    return Found.DAMAGED;
                }
                if (start == 0) {
                    message.append(new String(pending, 0, end - CHECKSUM_BYTES, StandardCharsets.US_ASCII));
                    pending = Arrays.copyOfRange(pending, end + 2, pending.length);
                    return Found.MESSAGE;
                }
            }
        }
        if (pending.length > MOST_BYTES || quiet && ends > 0) {
            pending = new byte[0];
            return Found.DAMAGED;
        }
        return Found.NOTHING;
    }
}
