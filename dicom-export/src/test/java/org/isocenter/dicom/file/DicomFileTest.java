package org.isocenter.dicom.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.zip.CRC32;
import org.isocenter.dicom.data.Attributes;
import org.isocenter.dicom.data.DicomValueException;
import org.isocenter.dicom.data.Tag;
import org.isocenter.dicom.data.UID;
import org.isocenter.dicom.data.VR;
import org.isocenter.testing.Peer;
import org.isocenter.testing.SharedData;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DicomFileTest {
    private static final int REQUEST_ATTRIBUTES = 0x00400275;

    @TempDir
    Path folder;

    /** A small object with nested, empty and private content. */
    static Attributes example() {
        Attributes inner = new Attributes();
        inner.setString(Tag.AccessionNumber, "Ä-1");
        Attributes outer = new Attributes();
        outer.setSequence(0x00321064, List.of(inner, new Attributes()));
        outer.setString(Tag.StudyInstanceUID, "1.2.3");
        Attributes dataset = new Attributes();
        dataset.setString(Tag.SpecificCharacterSet, "ISO_IR 192");
        dataset.setString(Tag.SOPClassUID, UID.MRImageStorage);
        dataset.setString(Tag.SOPInstanceUID, "2.25.7");
        dataset.setString(Tag.PatientName, "Müller^Jürgen");
        dataset.setEmpty(Tag.PatientID);
        dataset.setBytes(0x00091001, VR.UN, new byte[] {1, 2, 3, 4});
        dataset.setSequence(REQUEST_ATTRIBUTES, List.of(outer));
        dataset.setSequence(0x00400555, List.of());
        dataset.setDouble(Tag.PixelSpacing, 0.5, 1.0 / 3);
        dataset.setInt(Tag.Rows, 65535);
        dataset.setBytes(Tag.PixelData, VR.OW, new byte[70_000]);
        return dataset;
    }

    @Test
    void whatWasWrittenReadsBackTheSame() throws IOException {
        Path file = folder.resolve("a.dcm");
        DicomWriter.write(file, example());
        DicomFile read = DicomReader.read(file);
        assertThat(read.dataset()).isEqualTo(example());
        assertThat(read.meta().getString(Tag.MediaStorageSOPInstanceUID)).isEqualTo("2.25.7");
        assertThat(read.meta().getString(Tag.TransferSyntaxUID)).isEqualTo(UID.ExplicitVRLittleEndian);
        assertThat(folder).isDirectoryContaining(file::equals);
        try (var files = Files.list(folder)) {
            assertThat(files).containsExactly(file);
        }
    }

    @Test
    void theFileMetaInformationTellsItsLength() throws IOException {
        byte[] bytes = DicomWriter.toFileBytes(example());
        int length = DicomReader.read("a", bytes).meta().getInt(Tag.FileMetaInformationGroupLength, 0);
        int firstAfterMeta = 128 + 4 + 12 + length;
        assertThat(ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getShort(firstAfterMeta))
                .isEqualTo((short) 0x0008);
    }

    @Test
    void anElementIsWrittenByteForByteAsTheStandardPrintsIt() throws IOException {
        Attributes item = new Attributes();
        item.setInt(Tag.Rows, 258);
        Attributes dataset = new Attributes();
        dataset.setSequence(REQUEST_ATTRIBUTES, List.of(item));
        dataset.setString(Tag.Modality, "MR");
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        DicomWriter.writeDataset(out, dataset);
        assertThat(HexFormat.of().formatHex(out.toByteArray()))
                .isEqualTo("08006000" + "4353" + "0200" + "4d52"
                        + "40007502" + "5351" + "0000" + "ffffffff"
                        + "feff00e0" + "ffffffff"
                        + "28001000" + "5553" + "0200" + "0201"
                        + "feff0de0" + "00000000"
                        + "feffdde0" + "00000000");
    }

    @Test
    void aFileWithoutItsIdentityIsRefusedAndLeavesNothing() {
        Attributes dataset = example();
        dataset.setEmpty(Tag.SOPInstanceUID);
        assertThatThrownBy(() -> DicomWriter.write(folder.resolve("a.dcm"), dataset))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("SOPInstanceUID (0008,0018)");
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void implicitVrAndExplicitLengthsAreRead() throws IOException {
        // (0008,0060) "MR"; (0040,0275) of 18 bytes: an item of 10 bytes: (0028,0010) 258
        byte[] bytes = HexFormat.of()
                .parseHex("08006000" + "02000000" + "4d52"
                        + "28001000" + "02000000" + "0201"
                        + "40007502" + "ffffffff"
                        + "feff00e0" + "0a000000"
                        + "28001000" + "02000000" + "0301"
                        + "feffdde0" + "00000000");
        Attributes dataset = DicomReader.readDataset("a", bytes, 0, UID.ImplicitVRLittleEndian);
        assertThat(dataset.getString(Tag.Modality)).isEqualTo("MR");
        assertThat(dataset.getInts(Tag.Rows)).containsExactly(258);
        assertThat(dataset.getSequence(REQUEST_ATTRIBUTES))
                .singleElement()
                .satisfies(item -> assertThat(item.getInts(Tag.Rows)).containsExactly(259));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "08006000 4353 0200 4d | 0 | Modality (0008,0060): a value of 2 bytes, but only 1 are left",
                "08006000 4353 02      | 0 | the data ends within an element's header",
                "08006000 6353 0200 4d52 | 0 | two capital letters",
                "10001000 4353 0000 08006000 4353 0000 | 8 | Modality (0008,0060): stands out of order",
                "08006000 4353 0000 08006000 4353 0000 | 8 | out of order or twice",
                "e07f1000 4f57 0000 ffffffff | 0 | PixelData (7FE0,0010): has no length: compressed",
                "feff00e0 00000000 | 0 | outside of a sequence",
                "40007502 5351 0000 ffffffff 08006000 00000000 | 12 | expected an item",
                "40007502 5351 0000 08000000 feff00e0 08000000 | 12 | a value of 8 bytes, but only 0 are left",
                "40007502 5351 0000 ffffffff feff00e0 ffffffff | 20 | ends within an element's header"
            })
    void brokenBytesAreReportedWithTheirPlace(String hex, int offset, String message) {
        byte[] bytes = HexFormat.of().parseHex(hex.replace(" ", ""));
        assertThatThrownBy(() -> DicomReader.readDataset("x.dcm", bytes, 0, UID.ExplicitVRLittleEndian))
                .isInstanceOf(DicomFormatException.class)
                .hasMessageStartingWith("x.dcm: at byte " + offset)
                .hasMessageContaining(message);
    }

    @Test
    void sequencesWithoutEndAreNotFollowedForEver() {
        byte[] bytes = HexFormat.of().parseHex(("400075025351" + "0000ffffffff" + "feff00e0ffffffff").repeat(100_000));
        assertThatThrownBy(() -> DicomReader.readDataset("x", bytes, 0, UID.ExplicitVRLittleEndian))
                .isInstanceOf(DicomFormatException.class)
                .hasMessageContaining("nested deeper than 16");
    }

    @Test
    void otherFilesAndTransferSyntaxesAreRefusedInWords() {
        assertThatThrownBy(() -> DicomReader.read("x.png", new byte[500])).hasMessageContaining("no DICOM file");
        byte[] bytes = DicomWriter.toFileBytes(example());
        String text = new String(bytes, StandardCharsets.ISO_8859_1);
        int at = text.indexOf(UID.ExplicitVRLittleEndian);
        bytes[at + UID.ExplicitVRLittleEndian.length() - 1] = '2';
        assertThatThrownBy(() -> DicomReader.read("x.dcm", bytes))
                .hasMessageContaining("transfer syntax 1.2.840.10008.1.2.2 (big endian) is not read here");
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void noMutationOfAFileDoesMoreThanBeRefused(long seed) throws IOException {
        Attributes small = example();
        small.setBytes(Tag.PixelData, VR.OW, new byte[8]);
        byte[] whole = DicomWriter.toFileBytes(small);
        Random random = new Random(seed);
        int refused = 0;
        for (int round = 0; round < 5_000; round++) {
            byte[] mutated = Arrays.copyOf(whole, round % 3 == 0 ? random.nextInt(whole.length) : whole.length);
            for (int i = random.nextInt(4); i >= 0 && mutated.length > 132; i--) {
                mutated[132 + random.nextInt(mutated.length - 132)] = (byte) random.nextInt();
            }
            try {
                readEverything(DicomReader.read("x", mutated).dataset());
            } catch (DicomFormatException e) {
                refused++;
                assertThat(e.offset()).as("seed %d", seed).isBetween(0L, (long) whole.length);
            }
        }
        assertThat(refused).as("seed %d", seed).isBetween(500, 4_900);
    }

    @ParameterizedTest
    @ValueSource(strings = {"pydicom_MR_small.dcm", "siemens_XA10_enh_6_1.dcm"})
    void realFilesReadAsAnotherProgramReadsThem(String name) throws IOException {
        Path file = SharedData.path("dicom/" + name);
        StringBuilder ours = new StringBuilder();
        list(DicomReader.read(file).dataset(), ours);
        Peer.Output theirs = Peer.python(List.of("pydicom"), """
                import sys, zlib
                from pydicom import dcmread
                def lines(dataset):
                    for tag in sorted(dataset.keys()):
                        raw = dataset.get_item(tag)
                        if raw.VR == 'SQ':
                            print('%08X SQ %d' % (tag, len(dataset[tag].value)))
                            for item in dataset[tag].value:
                                lines(item)
                        elif tag != 0x00080005:
                            value = raw.value or b''
                            print('%08X %s %d %d' % (tag, raw.VR, len(value), zlib.crc32(value)))
                lines(dcmread(sys.argv[1]))
                """, file.toString());
        assertThat(ours.toString()).isEqualTo(theirs.text());
    }

    @ParameterizedTest
    @ValueSource(strings = {"pydicom_MR_small.dcm", "siemens_XA10_enh_6_1.dcm"})
    void realFilesSurviveBeingWrittenAgain(String name) throws IOException {
        Attributes first = DicomReader.read(SharedData.path("dicom/" + name)).dataset();
        DicomFile again = DicomReader.read("again", DicomWriter.toFileBytes(first));
        assertThat(again.dataset()).isEqualTo(first);
    }

    private static void list(Attributes attributes, StringBuilder to) {
        for (int tag : attributes.tags()) {
            VR vr = attributes.vr(tag);
            if (vr == VR.SQ) {
                List<Attributes> items = attributes.getSequence(tag);
                to.append(String.format("%08X SQ %d%n", tag, items.size()));
                items.forEach(item -> list(item, to));
            } else if (tag != Tag.SpecificCharacterSet) { // pydicom has no raw bytes of it
                byte[] value = attributes.getBytes(tag);
                CRC32 sum = new CRC32();
                sum.update(value);
                to.append(String.format("%08X %s %d %d%n", tag, vr, value.length, sum.getValue()));
            }
        }
    }

    private static void readEverything(Attributes attributes) {
        for (int tag : attributes.tags()) {
            attributes.getStrings(tag);
            attributes.getSequence(tag).forEach(DicomFileTest::readEverything);
            try {
                attributes.getInts(tag);
            } catch (DicomValueException e) {
                assertThat(e.tag()).isEqualTo(tag);
            }
        }
    }
}
