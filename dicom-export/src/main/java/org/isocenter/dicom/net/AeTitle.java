package org.isocenter.dicom.net;

import java.nio.charset.StandardCharsets;

/** Titles of application entities (PS3.5 6.2, AE): 1 to 16 printable ASCII characters but backslash, spaces around do not count. */
public final class AeTitle {
    private static final int BYTES = 16;

    private AeTitle() {}

    /** @throws IllegalArgumentException which says what is wrong */
    public static void check(String title) {
        if (title.isBlank() || title.length() > BYTES) {
            throw new IllegalArgumentException("an AE title has 1 to 16 characters, not " + title.length());
        }
        if (!title.equals(title.strip())) {
            throw new IllegalArgumentException("an AE title has no spaces around it");
        }
        if (!title.equals(printable(title)) || title.indexOf('\\') >= 0) {
            throw new IllegalArgumentException("an AE title has ASCII characters only, and no backslash");
        }
    }

    /** Sixteen bytes, filled up with spaces. */
    static byte[] encode(String title) {
        return String.format("%-16s", title).getBytes(StandardCharsets.US_ASCII);
    }

    /** What a peer sent, with anything unprintable shown as a question mark. */
    static String decode(byte[] bytes) {
        return printable(new String(bytes, StandardCharsets.ISO_8859_1).replace('\0', ' '))
                .strip();
    }

    /** Text of a peer that may go into a message or log. */
    static String printable(String text) {
        return text.replaceAll("[^ -~]", "?");
    }
}
