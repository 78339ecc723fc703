package org.isocenter.dicom.data;

import java.nio.charset.Charset;

/**
 * One code element of DICOM's character sets (PS3.3 tables C.12-2 to C.12-4): what bytes of 7 bits (G0), or those with the
 * eighth bit (G1), mean while it is in use.
 */
enum CodeElement {
    ASCII(6, false, 1, "US-ASCII", "(B"),
    JAPANESE_ROMAN(13, false, 1, "Shift_JIS", "(J"),
    JAPANESE_KANA(13, true, 1, "Shift_JIS", ")I"),
    LATIN_1(100, true, 1, "ISO-8859-1", "-A"),
    LATIN_2(101, true, 1, "ISO-8859-2", "-B"),
    LATIN_3(109, true, 1, "ISO-8859-3", "-C"),
    LATIN_4(110, true, 1, "ISO-8859-4", "-D"),
    CYRILLIC(144, true, 1, "ISO-8859-5", "-L"),
    ARABIC(127, true, 1, "ISO-8859-6", "-G"),
    GREEK(126, true, 1, "ISO-8859-7", "-F"),
    HEBREW(138, true, 1, "ISO-8859-8", "-H"),
    LATIN_5(148, true, 1, "ISO-8859-9", "-M"),
    LATIN_9(203, true, 1, "ISO-8859-15", "-b"),
    THAI(166, true, 1, "TIS-620", "-T"),
    KANJI(87, false, 2, "EUC-JP", "$B"),
    MORE_KANJI(159, false, 2, "EUC-JP", "$(D"),
    KOREAN(149, true, 2, "EUC-KR", "$)C"),
    CHINESE(58, true, 2, "GB2312", "$)A");

    /** Registration number: of "ISO_IR 100" and "ISO 2022 IR 100". */
    private final int number;
    /** Whether it stands where the eighth bit is set. */
    final boolean right;
    /** Bytes of a character. */
    final int width;

    final Charset charset;
    /** What follows the escape character to switch to it. */
    final String escape;

    CodeElement(int number, boolean right, int width, String charset, String escape) {
        this.number = number;
        this.right = right;
        this.width = width;
        this.charset = Charset.forName(charset);
        this.escape = escape;
    }

    /** The one on this side of a character set; null where it has none there. */
    static CodeElement of(int number, boolean right) {
        for (CodeElement element : values()) {
            if (element.number == number && element.right == right) {
                return element;
            }
        }
        return null;
    }

    /** One character, of {@code width} bytes at {@code offset}. */
    String decode(byte[] bytes, int offset) {
        return switch (this) {
            // EUC holds the same code points with the eighth bits set; of the supplement after a third byte.
            case KANJI -> new String(new byte[] {high(bytes[offset]), high(bytes[offset + 1])}, charset);
            case MORE_KANJI ->
                new String(new byte[] {(byte) 0x8F, high(bytes[offset]), high(bytes[offset + 1])}, charset);
            default -> new String(bytes, offset, width, charset);
        };
    }

    private static byte high(byte b) {
        return (byte) (b | 0x80);
    }
}
