package org.isocenter.dicom.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.isocenter.dicom.data.Attributes;
import org.isocenter.dicom.data.Tag;
import org.isocenter.dicom.data.VR;
import org.isocenter.dicom.file.DicomReader;
import org.isocenter.testing.Peer;
import org.isocenter.testing.SharedData;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DicomJsonTest {
    private static final int PRIVATE = 0x00091001;

    private static byte[] write(Attributes dataset) {
        return DicomJsonWriter.write(List.of(dataset), DicomJsonWriter.BulkUris.NONE);
    }

    private static Attributes read(String json) throws IOException {
        return DicomJsonReader.read("reply", json.getBytes(StandardCharsets.UTF_8), DicomJsonReader.BulkData.LEFT_OUT)
                .get(0);
    }

    private static Attributes again(Attributes dataset) throws IOException {
        return DicomJsonReader.read("reply", write(dataset), DicomJsonReader.BulkData.LEFT_OUT)
                .get(0);
    }

    private static JsonNode tree(Attributes dataset) throws IOException {
        return Json.parse("written", write(dataset)).get(0);
    }

    /** One of each kind of value. */
    private static Attributes example() {
        Attributes dataset = WebExamples.image("2.25.1", 1);
        dataset.setString(Tag.PatientComments, "two lines\r\nand a \\ in it");
        dataset.setBytes(Tag.PixelSpacing, VR.DS, "1.50\\+2.5 ".getBytes(StandardCharsets.US_ASCII));
        dataset.setInt(Tag.EchoNumbers, -3, 12);
        dataset.setBytes(PRIVATE, VR.SV, new byte[] {-1, -1, -1, -1, -1, -1, -1, 127, 1, 0, 0, 0, 0, 0, 0, 0});
        dataset.setBytes(PRIVATE + 1, VR.UV, new byte[] {-1, -1, -1, -1, -1, -1, -1, -1});
        dataset.setBytes(PRIVATE + 2, VR.AT, new byte[] {0x10, 0, 0x20, 0, -2, -1, 0, -32});
        dataset.setBytes(PRIVATE + 3, VR.FL, new byte[] {0, 0, -64, 127, 0, 0, -128, 63});
        dataset.setBytes(PRIVATE + 4, VR.FD, new byte[] {0, 0, 0, 0, 0, 0, -16, -1});
        dataset.setBytes(PRIVATE + 5, VR.SS, new byte[] {-1, -1});
        dataset.setBytes(PRIVATE + 6, VR.UN, new byte[] {1, 2, 3, 4});
        Attributes item = dataset.newItem();
        item.setString(Tag.PatientName, "=山田^太郎", "", "a^b==c^d");
        dataset.setSequence(Tag.ReferencedStudySequence, List.of(item, dataset.newItem()));
        dataset.setEmpty(Tag.ReferencedSOPSequence);
        dataset.setEmpty(Tag.PatientBirthDate);
        return dataset;
    }

    @Test
    void everyKindOfValueComesBackAsItWas() throws IOException {
        assertThat(again(example())).isEqualTo(example());
    }

    @Test
    void namesAreToldByTheirGroups() throws IOException {
        JsonNode name = tree(example()).at("/00100010/Value/0");
        assertThat(name.path("Alphabetic").asText()).isEqualTo("Wang^XiaoDong");
        assertThat(name.path("Ideographic").asText()).isEqualTo("王^小東");
        assertThat(name.path("Phonetic").asText()).isEqualTo("ワン^シャオドン");
        JsonNode names = tree(example()).at("/00081110/Value/0/00100010/Value");
        assertThat(names.get(0).has("Alphabetic")).isFalse();
        assertThat(names.get(1).isNull()).isTrue();
    }

    @Test
    void decimalsBecomeNumbersUnlessThatWouldChangeThem() throws IOException {
        JsonNode spacing = tree(example()).at("/00280030/Value");
        assertThat(spacing.get(0).isNumber()).isTrue();
        assertThat(spacing.get(0).toString()).isEqualTo("1.50");
        assertThat(spacing.get(1).textValue()).isEqualTo("+2.5");
        assertThat(tree(example()).at("/00180086/Value/0").isInt()).isTrue();
    }

    @Test
    void numbersMayComeAsNumbersOrText() throws IOException {
        Attributes read = read("{\"00180050\":{\"vr\":\"DS\",\"Value\":[0.12345678901234567,\"5.0\",null]},"
                + "\"00200013\":{\"vr\":\"IS\",\"Value\":[1.2E1]},\"00280010\":{\"vr\":\"US\",\"Value\":[\"65535\"]}}");
        assertThat(read.getStrings(Tag.SliceThickness)).containsExactly("0.12345678901235", "5.0", "");
        assertThat(read.getStrings(Tag.InstanceNumber)).containsExactly("12");
        assertThat(read.getInts(Tag.Rows)).containsExactly(65535);
    }

    @Test
    void largeValuesMayLieElsewhereInBothDirections() throws IOException {
        byte[] json = DicomJsonWriter.write(
                List.of(example()),
                (tag, vr, bytes) -> tag == Tag.PixelData ? Optional.of("http://host/bulk/1") : Optional.empty());
        assertThat(Json.parse("written", json).at("/0/7FE00010/BulkDataURI").asText())
                .isEqualTo("http://host/bulk/1");
        Attributes without = DicomJsonReader.read("reply", json, DicomJsonReader.BulkData.LEFT_OUT)
                .get(0);
        assertThat(without.contains(Tag.PixelData)).isFalse();
        Attributes with = DicomJsonReader.read(
                        "reply", json, (tag, vr, uri) -> example().getBytes(tag))
                .get(0);
        assertThat(with).isEqualTo(example());
    }

    @Test
    void textOfAnyCharacterSetIsWrittenAsUtf8AndToldSo() throws IOException {
        Attributes latin = new Attributes();
        latin.setString(Tag.SpecificCharacterSet, "ISO_IR 100");
        latin.setString(Tag.PatientName, "Müller^José");
        Attributes read = again(latin);
        assertThat(read.getString(Tag.SpecificCharacterSet)).isEqualTo("ISO_IR 192");
        assertThat(read.getString(Tag.PatientName)).isEqualTo("Müller^José");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[",
                "7",
                "[3]",
                "{\"x\":{}}",
                "{\"00100010\":7}",
                "{\"00100010\":{\"vr\":\"PN\",\"Value\":{}}}",
                "{\"00100010\":{\"vr\":\"PN\",\"Value\":[true]}}",
                "{\"00100010\":{\"vr\":\"ZZ\"}}",
                "{\"00280010\":{\"vr\":\"US\",\"Value\":[65536]}}",
                "{\"00280010\":{\"vr\":\"US\",\"Value\":[1.5]}}",
                "{\"00280010\":{\"vr\":\"US\",\"Value\":[1e999999999]}}",
                "{\"00280010\":{\"vr\":\"US\",\"Value\":[\"Smith\"]}}",
                "{\"00280010\":{\"vr\":\"US\",\"Value\":[1,null]}}",
                "{\"00280009\":{\"vr\":\"AT\",\"Value\":[\"1\"]}}",
                "{\"7FE00010\":{\"vr\":\"OW\",\"InlineBinary\":\"!\"}}",
                "{\"7FE00010\":{\"vr\":\"OW\",\"Value\":[1]}}",
                "{\"00100020\":{\"vr\":\"LO\"},\"00100020\":{\"vr\":\"LO\"}}",
                "{} Smith",
                "{Smith",
            })
    void whatIsNoDicomJsonIsRefusedWithoutRepeatingIt(String json) {
        assertThatThrownBy(() -> read(json))
                .isInstanceOfSatisfying(WebException.class, problem -> {
                    assertThat(problem.kind()).isEqualTo(WebException.Kind.PROTOCOL);
                    assertThat(problem.getCause()).isNull();
                })
                .hasMessageStartingWith("reply: ")
                .hasMessageNotContaining("Smith");
    }

    @Test
    void sequencesNestedWithoutEndAreRefused() {
        String open = "{\"00081110\":{\"vr\":\"SQ\",\"Value\":[";
        assertThatThrownBy(() -> read(open.repeat(5000) + "]}}".repeat(5000))).isInstanceOf(WebException.class);
    }

    @Test
    void attributesInAnyOrderAreReadInLinearTime() throws IOException {
        StringBuilder json = new StringBuilder("{");
        for (int tag = 0x7FFF; tag > 0; tag--) {
            json.append(String.format("\"0009%04X\":{\"vr\":\"LO\",\"Value\":[\"x\"]},", tag));
        }
        json.setCharAt(json.length() - 1, '}');
        assertThat(read(json.toString()).size()).isEqualTo(0x7FFF);
    }

    /** Damaged in bytes, and in structure: whatever comes, it is read or refused, and no other way. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void damagedJsonIsReadOrRefused(long seed) {
        Random random = new Random(seed);
        byte[] whole = write(example());
        for (int round = 0; round < 1500; round++) {
            byte[] damaged = whole.clone();
            for (int hits = 1 + random.nextInt(4); hits > 0; hits--) {
                int at = random.nextInt(damaged.length);
                damaged[at] = random.nextBoolean()
                        ? (byte) random.nextInt(256)
                        : (byte) "{}[]\",:0123456789eE-.ntf\\".charAt(random.nextInt(25));
            }
            int length = random.nextInt(4) == 0 ? random.nextInt(damaged.length) : damaged.length;
            try {
                List<Attributes> read = DicomJsonReader.read(
                        "reply", Arrays.copyOf(damaged, length), DicomJsonReader.BulkData.LEFT_OUT);
                assertThat(read).as("seed %d round %d", seed, round).isNotNull();
            } catch (IOException e) {
                assertThat(e).as("seed %d round %d", seed, round).isInstanceOf(WebException.class);
            }
        }
    }

    @Test
    void pydicomReadsTheSameFromIt(@TempDir Path folder) throws IOException {
        Path json = Files.write(folder.resolve("a.json"), write(example()));
        Peer.Output output = Peer.python(
                List.of("pydicom"),
                "import json,sys,pydicom\n"
                        + "d=pydicom.Dataset.from_json(json.load(open(sys.argv[1]))[0])\n"
                        + "print(d.PatientName.ideographic.encode().hex(), float(d.PixelSpacing[1]), d.EchoNumbers[1],\n"
                        + "  d.ReferencedStudySequence[0].PatientName[2].phonetic, len(d.PixelData), d[0x00091002].value)",
                json.toString());
        assertThat(output.lines())
                .as(output.text())
                .contains("e78e8b5ee5b08fe69db1 2.5 12 c^d 512 18446744073709551615");
    }

    @Test
    void whatPydicomWritesIsReadAsTheFileIs() throws IOException {
        Path file;
        try (var files = Files.walk(SharedData.path("dicom"))) {
            file = files.filter(path -> path.toString().endsWith(".dcm"))
                    .filter(DicomJsonTest::isReadable)
                    .sorted()
                    .findFirst()
                    .orElseThrow();
        }
        Peer.Output output = Peer.python(
                List.of("pydicom"),
                "import sys,pydicom\n"
                        + "d=pydicom.dcmread(sys.argv[1],stop_before_pixels=True)\n"
                        + "sys.stdout.buffer.write(d.to_json(suppress_invalid_tags=True).encode())",
                file.toString());
        assertThat(output.exitCode()).as(output.text()).isZero();
        Attributes read = read(output.text().substring(output.text().indexOf('{')));
        Attributes expected = DicomReader.read(file).dataset();
        assertThat(read.getString(Tag.SOPInstanceUID)).isEqualTo(expected.getString(Tag.SOPInstanceUID));
        assertThat(read.getDoubles(Tag.ImageOrientationPatient))
                .isEqualTo(expected.getDoubles(Tag.ImageOrientationPatient));
        assertThat(read.getString(Tag.SeriesInstanceUID)).isEqualTo(expected.getString(Tag.SeriesInstanceUID));
    }

    private static boolean isReadable(Path file) {
        try {
            DicomReader.read(file);
            return true;
        } catch (IOException e) {
            return false;
        }
    }
}
