package org.isocenter.dicom.data;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * How text is held in bytes where SpecificCharacterSet (0008,0005) has certain values (PS3.3 C.12.1.1.2, PS3.5 6.1): one set
 * for all of it, or several between which escape sequences switch. Any text decodes to something: bytes that their set does
 * not have become U+FFFD. Immutable.
 *
 * <p>Where nothing is declared, or plain ASCII, or something that is not known, well-formed UTF-8 is taken for that and all else for Latin-1;
 * so is what is declared to be UTF-8 but is not. Terms that are only misspelt ({@code ISO-IR 100}) are understood.
 */
final class CharacterSet {
    static final CharacterSet UTF_8 = new CharacterSet(StandardCharsets.UTF_8, null);

    private static final Pattern ISO_TERM = Pattern.compile("ISO[ _-]?(?:2022[ _-]?)?IR[ _-]?(\\d{1,3})");

    /** Of text that knows no code extensions; null where {@code extensions} decodes. */
    private final Charset whole;

    private final CodeExtensions extensions;

    private CharacterSet(Charset whole, CodeExtensions extensions) {
        this.whole = whole;
        this.extensions = extensions;
    }

    /** @param terms the values of SpecificCharacterSet; the first may be empty */
    static CharacterSet of(String... terms) {
        String first = terms.length == 0 ? "" : terms[0].strip().toUpperCase(Locale.ROOT);
        switch (first) {
            case "GB18030", "GBK", "GB2312":
                return new CharacterSet(Charset.forName("GB18030"), null);
            case "SHIFT_JIS", "SHIFT-JIS", "SJIS":
                return new CharacterSet(Charset.forName("Shift_JIS"), null);
            case "":
                break;
            default:
                if (number(first) < 0 || number(first) == 192) {
                    return UTF_8;
                }
        }
        CodeElement left = CodeElement.of(number(first), false);
        // The first term's; else of another, as many forget the escape sequence of their only other set.
        CodeElement right = Stream.of(terms)
                .map(term -> CodeElement.of(number(term.strip().toUpperCase(Locale.ROOT)), true))
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
        boolean known = right != null || left != null && left != CodeElement.ASCII || terms.length > 1;
        return known ? new CharacterSet(null, new CodeExtensions(left, right)) : UTF_8;
    }

    /** The registration number of "ISO_IR 100" and "ISO 2022 IR 100"; 0 for nothing, -1 for any other text. */
    private static int number(String term) {
        Matcher matcher = ISO_TERM.matcher(term);
        return term.isEmpty() ? 0 : matcher.matches() ? Integer.parseInt(matcher.group(1)) : -1;
    }

    /** @param vr of the text: it says which characters end what an escape sequence began */
    String decode(byte[] bytes, VR vr) {
        if (isPlain(bytes)) {
            return new String(bytes, StandardCharsets.US_ASCII);
        }
        if (extensions != null) {
            return extensions.decode(bytes, vr);
        }
        return whole == StandardCharsets.UTF_8 ? decodeUnicode(bytes) : new String(bytes, whole);
    }

    /** ASCII text is the same in all of them. */
    private static boolean isPlain(byte[] bytes) {
        for (byte b : bytes) {
            if (b < 0 || b == CodeExtensions.ESCAPE) {
                return false;
            }
        }
        return true;
    }

    private static String decodeUnicode(byte[] bytes) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .onUnmappableCharacter(CodingErrorAction.REPORT)
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            return new String(bytes, StandardCharsets.ISO_8859_1);
        }
    }

    /** The bytes of a text, without escape sequences; null when it has a character that cannot be written so. */
    byte[] encode(String text) {
        Charset charset = whole != null ? whole : extensions.charsetWithoutEscapes();
        byte[] bytes = text.getBytes(charset);
        return new String(bytes, charset).equals(text) ? bytes : null;
    }

    @Override
    public String toString() {
        return (whole != null ? whole : extensions.charsetWithoutEscapes()).name();
    }
}
