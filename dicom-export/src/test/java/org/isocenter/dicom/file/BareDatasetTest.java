package org.isocenter.dicom.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.isocenter.dicom.data.Attributes;
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

class BareDatasetTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(strings = {UID.ImplicitVRLittleEndian, UID.ExplicitVRLittleEndian})
    void aDatasetSurvivesBothTransferSyntaxes(String transferSyntax) throws IOException {
        byte[] bytes = DicomWriter.toBytes(DicomFileTest.example(), transferSyntax);
        ByteArrayOutputStream streamed = new ByteArrayOutputStream();
        DicomWriter.writeDataset(streamed, DicomFileTest.example(), transferSyntax);
        assertThat(streamed.toByteArray()).isEqualTo(bytes);
        InputStream in = new ByteArrayInputStream(bytes);
        assertThat(DicomReader.readDataset("a", in, transferSyntax, bytes.length))
                .isEqualTo(DicomFileTest.example());
    }

    @Test
    void aCommandSetTellsItsLengthInImplicitVr() throws IOException {
        Attributes echo = new Attributes();
        echo.setString(Tag.AffectedSOPClassUID, "1.2.840.10008.1.1");
        echo.setInt(Tag.CommandField, 0x0030);
        echo.setInt(Tag.MessageID, 7);
        echo.setInt(Tag.CommandDataSetType, 0x0101);
        byte[] bytes = DicomWriter.toCommandBytes(echo);
        assertThat(HexFormat.of().formatHex(bytes))
                .isEqualTo("00000000" + "04000000" + "38000000"
                        + "00000200" + "12000000" + "312e322e3834302e31303030382e312e3100"
                        + "00000001" + "02000000" + "3000"
                        + "00001001" + "02000000" + "0700"
                        + "00000008" + "02000000" + "0101");
        Attributes read = DicomReader.readCommand("a", bytes);
        assertThat(read.getInt(Tag.CommandGroupLength, 0)).isEqualTo(bytes.length - 12);
        assertThat(read.getInt(Tag.MessageID, 0)).isEqualTo(7);
        assertThat(echo.contains(Tag.CommandGroupLength)).isFalse();
    }

    @Test
    void aDatasetIsNoCommand() {
        byte[] bytes = DicomWriter.toBytes(DicomFileTest.example(), UID.ImplicitVRLittleEndian);
        assertThatThrownBy(() -> DicomReader.readCommand("a", bytes))
                .isInstanceOf(DicomFormatException.class)
                .hasMessageContaining("SpecificCharacterSet (0008,0005): does not belong into a command");
    }

    @Test
    void aStreamThatNeverEndsIsRefusedAtTheLimit() {
        InputStream endless = new InputStream() {
            @Override
            public int read() {
                return 0;
            }

            @Override
            public int read(byte[] to, int offset, int length) {
                Arrays.fill(to, offset, offset + length, (byte) 0);
                return length;
            }
        };
        assertThatThrownBy(() -> DicomReader.readDataset("peer", endless, UID.ImplicitVRLittleEndian, 5_000))
                .isInstanceOf(DicomFormatException.class)
                .hasMessageContaining("peer: at byte 5000: more than the 5000 bytes");
    }

    @ParameterizedTest
    @CsvSource({
        "1.2.840.10008.1.2.2, (big endian)",
        "1.2.840.10008.1.2.1.99, (deflated)",
        "1.2.840.10008.1.2.4.70, (compressed pixels)",
        "1.2.3, 1.2.3 is not read"
    })
    void otherTransferSyntaxesAreRefusedByName(String transferSyntax, String words) {
        assertThatThrownBy(() -> DicomReader.readDataset("a", new byte[0], 0, transferSyntax))
                .isInstanceOf(DicomFormatException.class)
                .hasMessageContaining(words)
                .hasMessageContaining("convert to Explicit VR Little Endian");
        assertThatThrownBy(() -> DicomWriter.toBytes(new Attributes(), transferSyntax))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(transferSyntax);
    }

    @Test
    void theStartOfAFileTellsWhereItsDatasetBegins() throws IOException {
        byte[] pixels = {1, 2, 3, 4};
        byte[] start = DicomWriter.toFileStart(UID.MRImageStorage, "2.25.7", "1.2.840.10008.1.2.4.70");
        Path file = folder.resolve("a.dcm");
        Files.write(file, start);
        Files.write(file, pixels, StandardOpenOption.APPEND);
        DicomFileStart read = DicomReader.readStart(file);
        assertThat(read.transferSyntax()).isEqualTo("1.2.840.10008.1.2.4.70");
        assertThat(read.meta().getString(Tag.MediaStorageSOPInstanceUID)).isEqualTo("2.25.7");
        assertThat(read.datasetOffset()).isEqualTo(start.length);
    }

    @ParameterizedTest
    @ValueSource(ints = {17, 10_000})
    void deepNestingIsRefusedAtOnce(int depth) {
        byte[] open = HexFormat.of().parseHex("40007502" + "ffffffff" + "feff00e0" + "ffffffff");
        byte[] bytes = new byte[open.length * depth];
        for (int i = 0; i < depth; i++) {
            System.arraycopy(open, 0, bytes, i * open.length, open.length);
        }
        assertThatThrownBy(() -> DicomReader.readDataset("a", bytes, 0, UID.ImplicitVRLittleEndian))
                .isInstanceOf(DicomFormatException.class)
                .hasMessageContaining("nested deeper than 16");
    }

    @Test
    void anotherProgramReadsImplicitVrAsExplicit() throws IOException {
        Attributes original =
                DicomReader.read(SharedData.path("dicom/pydicom_MR_small.dcm")).dataset();
        original.setBytes(Tag.PixelData, VR.OW, new byte[8]);
        Path implicit = folder.resolve("implicit.dcm");
        Files.write(implicit, DicomWriter.toBytes(original, UID.ImplicitVRLittleEndian));
        Path explicit = folder.resolve("explicit.dcm");
        Files.write(explicit, DicomWriter.toBytes(original, UID.ExplicitVRLittleEndian));
        Peer.Output compared = Peer.python(List.of("pydicom"), """
                import sys
                from pydicom.filereader import read_dataset
                def load(name, implicit):
                    dataset = read_dataset(open(name, 'rb'), implicit, True)
                    return {e.tag: e.value for e in dataset if e.VR != 'UN' and not e.tag.is_private}
                a, b = load(sys.argv[1], True), load(sys.argv[2], False)
                print(len(a) > 50 and a == b)
                """, implicit.toString(), explicit.toString());
        assertThat(compared.text().trim()).isEqualTo("True");
    }
}
