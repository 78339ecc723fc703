package org.isocenter.dicom.data;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;

/**
 * Text in which escape sequences switch between character sets, as ISO 2022 and PS3.5 6.1.2.5 say. Every set that DICOM knows
 * may be switched to, declared or not. After a line's end, a tab, a border between values, and in a name between components,
 * the sets are those of the beginning again.
 */
final class CodeExtensions {
    static final byte ESCAPE = 0x1B;

    private static final String UNKNOWN = "\uFFFD";

    private final CodeElement initialLeft;
    private final CodeElement initialRight;

    /**
     * @param left for bytes of 7 bits at the beginning; null or one of several bytes for ASCII
     * @param right for the others; null for none: they mean nothing until an escape sequence, and are taken for Latin-1
     */
    CodeExtensions(CodeElement left, CodeElement right) {
        this.initialLeft = left == null || left.width > 1 ? CodeElement.ASCII : left;
        this.initialRight = right == null ? CodeElement.LATIN_1 : right;
    }

    /** For all text that needs no escape sequence. */
    Charset charsetWithoutEscapes() {
        return initialRight.charset;
    }

    String decode(byte[] bytes, VR vr) {
        StringBuilder text = new StringBuilder(bytes.length);
        CodeElement left = initialLeft;
        CodeElement right = initialRight;
        int at = 0;
        while (at < bytes.length) {
            int b = Byte.toUnsignedInt(bytes[at]);
            if (b == ESCAPE) {
                CodeElement next = switchedTo(bytes, at + 1);
                if (next == null) {
                    text.append(UNKNOWN);
                    at++;
                    continue;
                }
                at += 1 + next.escape.length();
                left = next.right ? left : next;
                right = next.right ? next : right;
                continue;
            }
            CodeElement element = b < 0x80 ? left : right;
            if (b <= ' ' || b < 0x80 && element.width == 1) {
                text.append((char) b);
                if (isBorder(b, vr)) {
                    left = initialLeft;
                    right = initialRight;
                }
                at++;
            } else if (at + element.width > bytes.length) {
                // Half of a character.
                text.append(UNKNOWN);
                at++;
            } else {
                at += append(text, element, bytes, at);
            }
        }
        return text.toString();
    }

    /** Returns how many bytes the character took: in a Shift JIS text under the name of ISO_IR 13, two. */
    private static int append(StringBuilder text, CodeElement element, byte[] bytes, int at) {
        String character = element.decode(bytes, at);
        if (element == CodeElement.JAPANESE_KANA && character.equals(UNKNOWN) && at + 1 < bytes.length) {
            text.append(new String(bytes, at, 2, element.charset));
            return 2;
        }
        text.append(character);
        return element.width;
    }

    private static CodeElement switchedTo(byte[] bytes, int at) {
        for (CodeElement element : CodeElement.values()) {
            String escape = element.escape;
            if (at + escape.length() <= bytes.length
                    && new String(bytes, at, escape.length(), StandardCharsets.US_ASCII).equals(escape)) {
                return element;
            }
        }
        return null;
    }

    private static boolean isBorder(int b, VR vr) {
        boolean line = b == '\t' || b == '\n' || b == '\f' || b == '\r';
        return line || b == '\\' && !vr.isSingleText() || vr == VR.PN && (b == '^' || b == '=');
    }
}
