package org.isocenter.session.journal;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32C;

/**
 * The journal's layout, little endian throughout: a preamble, "ISOJ" and the format's number (u32); then records. A record
 * is the length of its payload (u32), CRC-32C of the length's four bytes and the payload (u32), and the payload: one message
 * of an MRD stream. In order: HEADER; TEXT with what else the scan's report needs (JSON); an ACQUISITION for each readout;
 * and when the scan has ended, TEXT {@code state=DONE} and CLOSE. Without the frames it is an MRD stream.
 */
final class JournalFormat {
    static final int PREAMBLE_BYTES = 8;
    static final int FRAME_BYTES = 8;
    /** Longer than any readout: 65535 samples of 64 channels are 34 MB. */
    static final int MAX_PAYLOAD_BYTES = 1 << 26;

    static final String END_PREFIX = "state=";

    private static final byte[] MAGIC = "ISOJ".getBytes(StandardCharsets.US_ASCII);
    private static final int VERSION = 1;

    private JournalFormat() {}

    static ByteBuffer preamble() {
        return ByteBuffer.allocate(PREAMBLE_BYTES)
                .order(ByteOrder.LITTLE_ENDIAN)
                .put(MAGIC)
                .putInt(VERSION)
                .flip();
    }

    /** What is wrong with a file's first bytes, or an empty string. */
    static String preambleProblem(ByteBuffer found) {
        if (found.remaining() < PREAMBLE_BYTES) {
            return "it has only " + found.remaining() + " bytes";
        }
        for (int i = 0; i < MAGIC.length; i++) {
            if (found.get(i) != MAGIC[i]) {
                return "it does not begin with \"ISOJ\"";
            }
        }
        int version = found.order(ByteOrder.LITTLE_ENDIAN).getInt(MAGIC.length);
        return version == VERSION ? "" : "its format has the number " + version + ", this program reads " + VERSION;
    }

    /** Checksum of a record whose payload is {@code payload}'s remaining bytes; leaves the buffer as it was. */
    static int checksum(ByteBuffer payload) {
        CRC32C crc = new CRC32C();
        int length = payload.remaining();
        for (int shift = 0; shift < 32; shift += 8) {
            crc.update(length >>> shift & 0xff);
        }
        crc.update(payload.duplicate());
        return (int) crc.getValue();
    }
}
