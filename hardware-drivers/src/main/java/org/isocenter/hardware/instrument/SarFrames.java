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
                .putInt(checksum(bytes, bytes.length))
                .array());
        frame.writeBytes("\r\n\t".getBytes(StandardCharsets.US_ASCII));
        return frame.toByteArray();
    }

    private static int checksum(byte[] bytes, int length) {
        CRC32 crc = new CRC32();
        crc.update(bytes, 0, length);
        return (int) crc.getValue();
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
            if (pending[end] == '\r' && pending[end + 1] == '\n') {
                ends++;
                int length = end - CHECKSUM_BYTES;
                if (length >= 0
                        && ByteBuffer.wrap(pending, length, CHECKSUM_BYTES).getInt() == checksum(pending, length)) {
                    message.append(new String(pending, 0, length, StandardCharsets.US_ASCII));
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
