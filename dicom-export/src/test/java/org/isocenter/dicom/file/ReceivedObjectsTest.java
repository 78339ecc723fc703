package org.isocenter.dicom.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.isocenter.dicom.data.Attributes;
import org.isocenter.dicom.data.Tag;
import org.isocenter.dicom.data.UID;
import org.isocenter.dicom.data.VR;
import org.isocenter.dicom.file.ReceivedObjects.Outcome;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReceivedObjectsTest {
    private static final String INSTANCE = "2.25.1";

    @TempDir
    Path folder;

    private ReceivedObjects objects;

    @BeforeEach
    void open() throws IOException {
        objects = new ReceivedObjects(folder);
    }

    private static Attributes image(int rows) {
        Attributes image = new Attributes();
        image.setString(Tag.SOPClassUID, UID.MRImageStorage);
        image.setString(Tag.SOPInstanceUID, INSTANCE);
        image.setString(Tag.StudyInstanceUID, "2.25.9");
        image.setInt(Tag.Rows, rows);
        image.setBytes(Tag.PixelData, VR.OW, new byte[100_000]);
        return image;
    }

    private static ReceivedObjects.Source object(
            Attributes dataset, String sopClass, String instance, String transferSyntax) {
        return out -> {
            out.write(DicomWriter.toFileStart(sopClass, instance, transferSyntax));
            out.write(DicomWriter.toBytes(dataset, transferSyntax));
        };
    }

    private static ReceivedObjects.Source object(Attributes dataset, String transferSyntax) {
        return object(dataset, UID.MRImageStorage, INSTANCE, transferSyntax);
    }

    private Outcome keep(ReceivedObjects.Source source) throws IOException {
        return objects.keep(source).outcome();
    }

    private void assertFiles(String... names) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files).extracting(file -> file.getFileName().toString()).containsExactlyInAnyOrder(names);
        }
    }

    @Test
    void theSameObjectIsTheSameHoweverItIsWritten() throws IOException {
        assertThat(keep(object(image(3), UID.ExplicitVRLittleEndian))).isEqualTo(Outcome.NEW);
        assertThat(keep(object(image(3), UID.ExplicitVRLittleEndian))).isEqualTo(Outcome.SAME);
        assertThat(keep(object(image(3), UID.ImplicitVRLittleEndian))).isEqualTo(Outcome.SAME);
        assertFiles(INSTANCE + ".dcm");
    }

    @Test
    void anotherObjectOfItsUidIsNotPutInItsPlace() throws IOException {
        keep(object(image(3), UID.ExplicitVRLittleEndian));
        assertThat(keep(object(image(4), UID.ExplicitVRLittleEndian))).isEqualTo(Outcome.OTHER);
        assertThat(keep(object(image(4), UID.ImplicitVRLittleEndian))).isEqualTo(Outcome.OTHER);
        Attributes longer = image(3);
        longer.setBytes(Tag.PixelData, VR.OW, new byte[100_002]);
        assertThat(keep(object(longer, UID.ExplicitVRLittleEndian))).isEqualTo(Outcome.OTHER);
        assertThat(DicomReader.read(folder.resolve(INSTANCE + ".dcm")).dataset())
                .isEqualTo(image(3));
        assertFiles(INSTANCE + ".dcm");
    }

    @ParameterizedTest
    @CsvSource({"1.2.840.10008.5.1.4.1.1.4, 2.25.2", "1.2.840.10008.5.1.4.1.1.7, 2.25.1"})
    void aHeaderThatSaysSomethingElseIsNotBelieved(String sopClass, String instance) throws IOException {
        assertThat(keep(object(image(3), sopClass, instance, UID.ExplicitVRLittleEndian)))
                .isEqualTo(Outcome.MISMATCH);
        assertFiles();
    }

    @Test
    void aNameThatIsAPathIsNone() throws IOException {
        byte[] start = DicomWriter.toFileStart(UID.MRImageStorage, INSTANCE, UID.ExplicitVRLittleEndian);
        String path = new String(start, StandardCharsets.ISO_8859_1).replace(INSTANCE, "../abc");
        assertThat(keep(out -> out.write(path.getBytes(StandardCharsets.ISO_8859_1))))
                .isEqualTo(Outcome.NAMELESS);
        assertFiles();
    }

    @Test
    void anObjectWithoutUidsIsNotKept() throws IOException {
        Attributes nothing = new Attributes();
        nothing.setInt(Tag.Rows, 3);
        assertThat(keep(object(nothing, UID.ExplicitVRLittleEndian))).isEqualTo(Outcome.MISMATCH);
        assertThatThrownBy(() -> keep(out -> {
                    out.write(DicomWriter.toFileStart(UID.MRImageStorage, INSTANCE, UID.ExplicitVRLittleEndian));
                    out.write(new byte[] {8, 0, 5, 0, 1, 2, 3});
                }))
                .isInstanceOf(DicomFormatException.class);
        assertFiles();
    }

    @Test
    void whatIsCompressedIsKeptAsItIs() throws IOException {
        String compressed = "1.2.840.10008.1.2.4.50";
        ReceivedObjects.Source source = out -> {
            out.write(DicomWriter.toFileStart(UID.MRImageStorage, INSTANCE, compressed));
            Attributes start = image(3);
            start.remove(Tag.PixelData);
            out.write(DicomWriter.toBytes(start, UID.ExplicitVRLittleEndian));
            out.write(new byte[] {(byte) 0xE0, 0x7F, 0x10, 0, 'O', 'B', 0, 0, -1, -1, -1, -1});
        };
        assertThat(keep(source)).isEqualTo(Outcome.NEW);
        assertThat(keep(source)).isEqualTo(Outcome.SAME);
        assertThat(keep(object(image(3), UID.ExplicitVRLittleEndian))).isEqualTo(Outcome.OTHER);
    }

    @Test
    void whatAKilledProgramLeftIsDeletedAtTheNextStart() throws IOException {
        Files.writeString(folder.resolve(".2.25.77.part"), "half");
        objects = new ReceivedObjects(folder);
        assertFiles();
    }

    @Test
    void whatAnotherIsJustWritingIsLeftAlone() throws IOException {
        ReceivedObjects.Source whole = object(image(3), UID.ExplicitVRLittleEndian);
        assertThat(keep(out -> {
                    new ReceivedObjects(folder);
                    whole.writeTo(out);
                }))
                .isEqualTo(Outcome.NEW);
        assertFiles(INSTANCE + ".dcm");
    }

    @Test
    void anObjectThatBreaksOffLeavesNothing() throws IOException {
        assertThatThrownBy(() -> keep(out -> {
                    object(image(3), UID.ExplicitVRLittleEndian).writeTo(half(out));
                }))
                .hasMessage("cut");
        assertFiles();
    }

    private static OutputStream half(OutputStream out) {
        return new OutputStream() {
            private int left = 5_000;

            @Override
            public void write(int b) throws IOException {
                if (--left < 0) {
                    throw new IOException("cut");
                }
                out.write(b);
            }
        };
    }
}
