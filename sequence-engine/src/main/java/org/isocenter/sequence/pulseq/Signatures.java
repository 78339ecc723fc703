package org.isocenter.sequence.pulseq;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** The MD5 signature at the end of a file. It tells an accidental change, not a forgery. */
final class Signatures {
    private Signatures() {}

    /** MD5 of the first {@code length} bytes, as 32 lower-case hexadecimal digits. */
    static String md5(byte[] bytes, int length) {
        try {
            MessageDigest digest = MessageDigest.getInstance("MD5");
            digest.update(bytes, 0, length);
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has MD5", e);
        }
    }

    /** Compares the hash in [SIGNATURE] with that of all before the newline in front of the section. */
    static PulseqFile.Signature verify(PulseqText text) throws PulseqFormatException {
        PulseqText.Section section = text.section(PulseqText.SIGNATURE);
        if (section == null) {
            return PulseqFile.Signature.ABSENT;
        }
        String type = "";
        String hash = "";
        Fields fields = new Fields(text, section);
        while (fields.next()) {
            if (fields.count() >= 2 && fields.word(0).equals("Type")) {
                type = fields.word(1);
            } else if (fields.count() >= 2 && fields.word(0).equals("Hash")) {
                hash = fields.word(1);
            }
        }
        if (!type.equalsIgnoreCase("md5")) {
            return type.isEmpty() ? PulseqFile.Signature.INVALID : PulseqFile.Signature.UNKNOWN_TYPE;
        }
        int at = text.signatureAt;
        int beforeNewline = at;
        if (beforeNewline > 0 && text.bytes[beforeNewline - 1] == '\n') {
            beforeNewline--;
        }
        int beforeReturn = beforeNewline;
        if (beforeReturn > 0 && text.bytes[beforeReturn - 1] == '\r') {
            beforeReturn--;
        }
        if (hash.equalsIgnoreCase(md5(text.bytes, beforeNewline))
                || hash.equalsIgnoreCase(md5(text.bytes, beforeReturn))) {
            return PulseqFile.Signature.VALID;
        }
        if (hash.equalsIgnoreCase(md5(text.bytes, at))) {
            return PulseqFile.Signature.VALID_WITH_NEWLINE;
        }
        return fitsWithOtherLineEnds(text.bytes, at, hash)
                ? PulseqFile.Signature.VALID_BEFORE_LINE_ENDS_CHANGED
                : PulseqFile.Signature.INVALID;
    }

    private static boolean fitsWithOtherLineEnds(byte[] bytes, int length, String hash) {
        byte[] lineFeeds = new byte[length];
        int n = 0;
        for (int i = 0; i < length; i++) {
            if (bytes[i] != '\r') {
                lineFeeds[n++] = bytes[i];
            }
        }
        boolean hadReturns = n < length;
        if (hadReturns) {
            return fits(lineFeeds, n, 1, hash);
        }
        byte[] returns = new byte[Math.multiplyExact(2, length)];
        n = 0;
        for (int i = 0; i < length; i++) {
            if (bytes[i] == '\n') {
                returns[n++] = '\r';
            }
            returns[n++] = bytes[i];
        }
        return fits(returns, n, 2, hash) || fits(returns, n, 1, hash);
    }

    /** Whether the hash is that of all but the last line end, of so many bytes, or of all. */
    private static boolean fits(byte[] bytes, int length, int lineEnd, String hash) {
        return length >= lineEnd
                && (hash.equalsIgnoreCase(md5(bytes, length - lineEnd)) || hash.equalsIgnoreCase(md5(bytes, length)));
    }
}
