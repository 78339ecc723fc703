package org.isocenter.dicom.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.isocenter.dicom.file.DicomReader;
import org.isocenter.testing.Peer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The examples of PS3.5 annexes H to K, text that pydicom encoded, and what is wrong in the world's files. */
class CharacterSetTest {

    static Stream<Arguments> namesOfTheStandard() {
        return Stream.of(
                Arguments.of(
                        "H.3.1",
                        "\\ISO 2022 IR 87",
                        "Yamada^Tarou=\u001b$B;3ED\u001b(B^\u001b$BB@O:\u001b(B=\u001b$B$d$^$@\u001b(B^\u001b$B$?$m$&\u001b(B",
                        "Yamada^Tarou=山田^太郎=やまだ^たろう"),
                Arguments.of(
                        "H.3.2",
                        "ISO 2022 IR 13\\ISO 2022 IR 87",
                        "\u00d4\u00cf\u00c0\u00de^\u00c0\u00db\u00b3=\u001b$B;3ED\u001b(J^\u001b$BB@O:\u001b(J=\u001b$B$d$^$@\u001b(J^\u001b$B$?$m$&\u001b(J",
                        "ﾔﾏﾀﾞ^ﾀﾛｳ=山田^太郎=やまだ^たろう"),
                Arguments.of(
                        "I.2",
                        "\\ISO 2022 IR 149",
                        "Hong^Gildong=\u001b$)C\u00fb\u00f3^\u001b$)C\u00d1\u00ce\u00d4\u00d7=\u001b$)C\u00c8\u00ab^\u001b$)C\u00b1\u00e6\u00b5\u00bf",
                        "Hong^Gildong=洪^吉洞=홍^길동"),
                Arguments.of(
                        "J.1",
                        "ISO_IR 192",
                        "Wang^XiaoDong=\u00e7\u008e\u008b^\u00e5\u00b0\u008f\u00e6\u009d\u00b1=",
                        "Wang^XiaoDong=王^小東="),
                Arguments.of(
                        "J.3",
                        "GB18030",
                        "Wang^XiaoDong=\u00cd\u00f5^\u00d0\u00a1\u00b6\u00ab=",
                        "Wang^XiaoDong=王^小东="),
                Arguments.of(
                        "K.1",
                        "\\ISO 2022 IR 58",
                        "Zhang^XiaoDong=\u001b$)A\u00d5\u00c5^\u001b$)A\u00d0\u00a1\u00b6\u00ab=",
                        "Zhang^XiaoDong=张^小东="));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("namesOfTheStandard")
    void theStandardsNamesAreRead(String clause, String terms, String bytes, String name) {
        Attributes attributes = withName(terms, bytes);
        assertThat(attributes.getString(Tag.PatientName)).isEqualTo(name);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("namesOfTheStandard")
    void namesBecomeUnicodeInAllItems(String clause, String terms, String bytes, String name) {
        Attributes attributes = withName(terms, bytes);
        Attributes item = attributes.newItem();
        item.setBytes(Tag.RequestingPhysician, VR.PN, bytes.getBytes(StandardCharsets.ISO_8859_1));
        Attributes cyrillic = attributes.newItem();
        cyrillic.setBytes(Tag.SpecificCharacterSet, VR.CS, ascii("ISO_IR 144"));
        cyrillic.setBytes(Tag.RequestingPhysician, VR.PN, new byte[] {(byte) 0xBB, (byte) 0xEE});
        attributes.setSequence(Tag.RequestAttributesSequence, List.of(item, cyrillic));

        Attributes unicode = attributes.inUnicode();

        assertThat(unicode.getString(Tag.SpecificCharacterSet)).isEqualTo("ISO_IR 192");
        assertThat(unicode.getString(Tag.PatientName)).isEqualTo(name);
        assertThat(new String(unicode.getBytes(Tag.PatientName), StandardCharsets.UTF_8).strip())
                .isEqualTo(name);
        List<Attributes> items = unicode.getSequence(Tag.RequestAttributesSequence);
        assertThat(items.get(0).getString(Tag.RequestingPhysician)).isEqualTo(name);
        assertThat(items.get(1).getString(Tag.RequestingPhysician)).isEqualTo("Лю");
        assertThat(items.get(1).contains(Tag.SpecificCharacterSet)).isFalse();
    }

    @Test
    void setsAreThoseOfTheBeginningAgainOnEveryLine() {
        Attributes mixed = new Attributes();
        mixed.setBytes(Tag.SpecificCharacterSet, VR.CS, ascii("ISO 2022 IR 100\\ISO 2022 IR 149"));
        mixed.setBytes(
                Tag.ImageComments,
                VR.LT,
                "\u001b$)CThe first line includes \u00b0\u00a1.\r\n\u00b0\u00a1 not\r\n\u001b$)C\u00b0\u00a1\\\u00b0\u00a1"
                        .getBytes(StandardCharsets.ISO_8859_1));
        assertThat(mixed.getString(Tag.ImageComments)).isEqualTo("The first line includes 가.\r\n°¡ not\r\n가\\가");
    }

    @Test
    void aBackslashWithinACharacterPartsNothing() {
        Attributes japanese = new Attributes();
        japanese.setBytes(Tag.SpecificCharacterSet, VR.CS, ascii("\\ISO 2022 IR 87"));
        // 表 is 0x493D and ソ is 0x253D: both end in '='. 能 is 0x473D; 十 is 0x3D3D; 充 is 0x3D3C.
        japanese.setBytes(Tag.PatientName, VR.PN, "a=\u001b$BI=G=\u001b(B\\b".getBytes(StandardCharsets.ISO_8859_1));
        assertThat(japanese.getStrings(Tag.PatientName)).containsExactly("a=表能", "b");
        Attributes chinese = new Attributes();
        chinese.setBytes(Tag.SpecificCharacterSet, VR.CS, ascii("GBK"));
        chinese.setBytes(Tag.PatientName, VR.PN, new byte[] {(byte) 0x81, '\\', '\\', 'x'});
        assertThat(chinese.getStrings(Tag.PatientName)).containsExactly("乗", "x");
    }

    static Stream<Arguments> wrongDeclarations() {
        return Stream.of(
                Arguments.of("", "M\u00fcller", "Müller"),
                Arguments.of("", "M\u00c3\u00bcller", "Müller"),
                Arguments.of("ISO_IR 6", "M\u00c3\u00bcller", "Müller"),
                Arguments.of("ISO_IR 192", "M\u00fcller", "Müller"),
                Arguments.of("LATIN1", "M\u00fcller", "Müller"),
                Arguments.of("ISO_IR 999", "M\u00fcller", "Müller"),
                Arguments.of("ISO-IR 100", "M\u00fcller", "Müller"),
                Arguments.of("ISO IR 144", "\u00bb\u00ee", "Лю"),
                Arguments.of("ISO_IR_192", "M\u00c3\u00bcller", "Müller"),
                Arguments.of("ISO 2022 IR 100", "M\u00fcller", "Müller"),
                Arguments.of("ISO 2022 IR 87", "\u001b$B;3ED\u001b(B", "山田"),
                Arguments.of("ISO 2022 IR 149", "\u00c8\u00ab", "홍"),
                Arguments.of("GB2312", "\u00cd\u00f5", "王"),
                Arguments.of("ISO_IR 13", "\u008eR\u0093c", "山田"),
                Arguments.of("SHIFT_JIS", "\u008eR\u0093c", "山田"),
                Arguments.of("ISO_IR 100", "\u001b$)C\u00c8\u00ab", "홍"),
                Arguments.of("\\ISO 2022 IR 87", "a\u001b%/b\u001b", "a\uFFFD%/b\uFFFD"),
                Arguments.of("\\ISO 2022 IR 149", "\u001b$)C\u00fb\u00f3^\u00c8\u00ab", "洪^홍"),
                Arguments.of("\\ISO 2022 IR 87", "M\u00fcller", "Müller"),
                Arguments.of("\\ISO 2022 IR 87", "\u001b$B;", "\uFFFD"));
    }

    @ParameterizedTest(name = "\"{0}\"")
    @MethodSource("wrongDeclarations")
    void ofAWrongDeclarationTheBestIsMade(String terms, String bytes, String text) {
        assertThat(withName(terms, bytes).getString(Tag.PatientName)).isEqualTo(text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "محمد^عبد الله=^=", "Wáng^Xiǎo Dōng=王^小東=ㄨㄤ^ㄒㄧㄠˇ", "Hong^Gildong=洪^吉洞=홍^길동",
                "Люксембург^Роза^Ивановна^д-р^мл.", "de la Peña Núñez^José María^^Dr.^III",
                        "Yamada^Tarou=山田^太郎=やまだ^たろう",
                "𠮷田^太郎"
            })
    void namesOfAllPeopleSurvive(String name) {
        Attributes attributes = new Attributes();
        attributes.setString(Tag.SpecificCharacterSet, "ISO_IR 192");
        attributes.setString(Tag.PatientName, name);
        assertThat(attributes.getString(Tag.PatientName)).isEqualTo(name);
    }

    /** pydicom chooses the escape sequences; each line is the terms, the text and the bytes. */
    @Test
    void randomTextInEverySetIsReadAsAnotherProgramWroteIt() {
        Peer.Output output = Peer.python(List.of("pydicom"), """
                import random
                import sys
                import warnings
                from pydicom.charset import convert_encodings, encode_string
                sys.stdout.reconfigure(encoding='utf-8')
                warnings.simplefilter('ignore')
                random.seed(20260)
                escapes = {100: b'-A', 101: b'-B', 109: b'-C', 110: b'-D', 144: b'-L', 127: b'-G', 126: b'-F',
                           138: b'-H', 148: b'-M', 166: b'-T'}
                def letters(codec, first, last):
                    found = []
                    for code in range(first, last):
                        try:
                            text = chr(code)
                            if len(text.encode(codec)) and text.encode(codec).decode(codec) == text:
                                found.append(text)
                        except UnicodeError:
                            pass
                    return found
                def lines(terms, alphabet, count=60):
                    encodings = convert_encodings(terms.split('\\\\'))
                    for _ in range(count):
                        text = ''.join(random.choice(alphabet) for _ in range(random.randint(1, 12)))
                        data = encode_string(text, encodings)
                        print(terms, text, data.hex(), sep='\\t')
                ascii = [chr(c) for c in range(0x41, 0x5B)]
                for number, codec in [(100, 'latin_1'), (101, 'iso8859_2'), (109, 'iso8859_3'), (110, 'iso8859_4'),
                                      (144, 'iso8859_5'), (127, 'iso8859_6'), (126, 'iso8859_7'), (138, 'iso8859_8'),
                                      (148, 'iso8859_9'), (166, 'iso_ir_166')]:
                    special = letters(codec, 0xA1, 0x2200)
                    lines(f'ISO_IR {number}', special + ascii)
                    for _ in range(40):
                        text = random.choice(special)
                        escaped = b'\\x1b' + escapes[number] + text.encode(codec)
                        print('\\\\ISO 2022 IR 87', text, escaped.hex(), sep='\\t')
                kana = letters('shift_jis', 0xFF61, 0xFFA0)
                kanji = letters('iso2022_jp', 0x3041, 0x9FA6)
                more = [c for c in letters('iso2022_jp_2', 0x4E00, 0x9FA6) if c not in set(kanji)]
                korean = [c for c in letters('euc_kr', 0x4E00, 0xD7A4) if len(c.encode('euc_kr')) == 2]
                chinese = letters('gb2312', 0x4E00, 0x9FA6)
                lines('ISO_IR 13', kana)
                lines('\\\\ISO 2022 IR 87', kanji + ascii, 200)
                lines('ISO 2022 IR 13\\\\ISO 2022 IR 87', kana + kanji, 200)
                lines('\\\\ISO 2022 IR 149', korean + ascii, 200)
                lines('\\\\ISO 2022 IR 58', chinese + ascii, 200)
                lines('\\\\ISO 2022 IR 87\\\\ISO 2022 IR 149', kanji + korean, 100)
                lines('GB18030', chinese + korean + letters('gb18030', 0x20000, 0x20400) + ascii, 200)
                lines('GBK', letters('gbk', 0x4E00, 0x9FA6) + ascii, 200)
                lines('ISO_IR 192', chinese + korean + kana + letters('utf8', 0x20000, 0x20400), 100)
                escaped = [b'\\x1b$(D' + c.encode('iso2022_jp_2')[4:6] + b'\\x1b(B' for c in more]
                for c, e in zip(more, escaped):
                    if c.encode('iso2022_jp_2').startswith(b'\\x1b$(D'):
                        print('\\\\ISO 2022 IR 159', c, e.hex(), sep='\\t')
                """);
        assertThat(output.exitCode()).as(output.text()).isZero();
        List<String> lines = output.lines();
        assertThat(lines).hasSizeGreaterThan(6000);
        for (String line : lines) {
            String[] parts = line.split("\t");
            byte[] bytes = HexFormat.of().parseHex(parts[2]);
            String read = CharacterSet.of(parts[0].split("\\\\", -1)).decode(bytes, VR.UT);
            assertThat(read).as(line).isEqualTo(parts[1]);
        }
    }

    /** The files that pydicom brings for this: names in all sets, also in items with sets of their own. */
    @Test
    void theFilesOfAnotherProgramAreReadAlike() throws IOException {
        Peer.Output output = Peer.python(List.of("pydicom"), """
                import sys
                from pydicom import dcmread
                from pydicom.data import get_charset_files
                sys.stdout.reconfigure(encoding='utf-8')
                def names(dataset):
                    for element in dataset:
                        if element.VR == 'SQ':
                            for item in element.value:
                                yield from names(item)
                        elif element.VR == 'PN':
                            yield from map(str, element.value if element.VM > 1 else [element.value])
                for path in sorted(get_charset_files('*.dcm')):
                    dataset = dcmread(path)
                    dataset.decode()
                    print(path, *names(dataset), sep='\\t')
                """);
        assertThat(output.exitCode()).as(output.text()).isZero();
        assertThat(output.lines()).hasSizeGreaterThan(10);
        for (String line : output.lines()) {
            List<String> names = new ArrayList<>(List.of(line.split("\t", -1)));
            Path file = Path.of(names.remove(0));
            List<String> ours = new ArrayList<>();
            collectNames(DicomReader.read(file).dataset(), ours);
            assertThat(ours).as(file.getFileName().toString()).isEqualTo(names);
        }
    }

    private static void collectNames(Attributes from, List<String> to) {
        for (int tag : from.tags()) {
            from.getSequence(tag).forEach(item -> collectNames(item, to));
            if (from.vr(tag) == VR.PN) {
                String name = from.getString(tag);
                // pydicom leaves empty groups at the end out.
                Stream.of(name == null ? new String[] {""} : from.getStrings(tag))
                        .map(text -> text.replaceAll("=+$", ""))
                        .forEach(to::add);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void anyBytesDecodeToSomething(long seed) {
        Random random = new Random(seed);
        String[] terms = {
            "", "ISO_IR 13", "ISO_IR 192", "GB18030", "GBK", "\\ISO 2022 IR 87", "ISO 2022 IR 149", "ISO_IR 166"
        };
        byte[] likely = "\u001b$()-BCDAIJLGFHMbT\\^=\r\n".getBytes(StandardCharsets.US_ASCII);
        for (int round = 0; round < 4000; round++) {
            byte[] bytes = new byte[random.nextInt(24)];
            random.nextBytes(bytes);
            for (int i = 0; i < bytes.length; i++) {
                bytes[i] = random.nextBoolean() ? likely[random.nextInt(likely.length)] : bytes[i];
            }
            String term = terms[random.nextInt(terms.length)];
            String text = CharacterSet.of(term.split("\\\\", -1)).decode(bytes, VR.PN);
            assertThat(text.length()).as("seed %d, round %d", seed, round).isLessThanOrEqualTo(bytes.length);
        }
    }

    private static Attributes withName(String terms, String latinBytes) {
        Attributes attributes = new Attributes();
        attributes.setBytes(Tag.SpecificCharacterSet, VR.CS, ascii(terms));
        attributes.setBytes(Tag.PatientName, VR.PN, latinBytes.getBytes(StandardCharsets.ISO_8859_1));
        return attributes;
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
