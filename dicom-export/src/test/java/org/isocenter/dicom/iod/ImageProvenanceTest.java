package org.isocenter.dicom.iod;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.isocenter.dicom.data.Attributes;
import org.isocenter.dicom.data.Tag;
import org.isocenter.dicom.data.VR;
import org.isocenter.dicom.file.DicomReader;
import org.isocenter.model.EncodingGeometry;
import org.isocenter.model.ImageVolume;
import org.isocenter.model.ScanHeader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImageProvenanceTest {
    private static final String SHA256 = "5ec0".repeat(16);

    @TempDir
    Path folder;

    private final ScanHeader header = Examples.header(Examples.head(), Examples.SPIN_ECHO);
    private final ImageVolume volume = Examples.volume(EncodingGeometry.AXIAL, 1);

    private static ImageProvenance wanted(String reconstruction) {
        return new ImageProvenance("scan-1", SHA256, "cal-17", "0.1.0", "abcdef012345", reconstruction);
    }

    @Test
    void everyImageTellsItInWords() throws Exception {
        Path single = Examples.write(volume, header, Examples.series(1), folder)
                .files()
                .get(0);
        Path enhanced = EnhancedMrWriter.write(
                        Examples.only(volume), header, Examples.series(2), Extension.NONE, folder)
                .files()
                .get(0);
        for (Path file : List.of(single, enhanced)) {
            Attributes dataset = DicomReader.read(file).dataset();
            assertThat(ImageProvenance.read(dataset)).isEqualTo(wanted(Examples.PROCESSING.steps()));
            assertThat(Extension.read(dataset)).isNull();
        }
    }

    @Test
    void aPrivateBlockTellsItToPrograms() throws Exception {
        Path file = MrImageWriter.write(Examples.only(volume), header, Examples.series(1), Extension.FULL, folder)
                .files()
                .get(0);
        Attributes dataset = DicomReader.read(file).dataset();
        assertThat(Extension.read(dataset)).isEqualTo(wanted(Examples.PROCESSING.chain()));
        assertThat(ImageProvenance.read(dataset)).isEqualTo(wanted(Examples.PROCESSING.chain()));
    }

    @Test
    void aPrivateBlockIsFoundWhereverItWasMoved() {
        Attributes dataset = new Attributes();
        dataset.setBytes(0x00290010, VR.LO, "SOMEBODY ELSE".getBytes(StandardCharsets.UTF_8));
        dataset.setBytes(0x00291001, VR.LO, "not ours".getBytes(StandardCharsets.UTF_8));
        dataset.setBytes(0x00290042, VR.LO, Extension.CREATOR.getBytes(StandardCharsets.UTF_8));
        dataset.setBytes(0x00294203, VR.LO, "cal-9".getBytes(StandardCharsets.UTF_8));
        assertThat(Extension.read(dataset)).isEqualTo(new ImageProvenance("", "", "cal-9", "", "", ""));
    }

    @Test
    void otherPeoplesObjectsTellNothing() {
        Attributes dataset = new Attributes();
        Attributes equipment = dataset.newItem();
        equipment.setString(Tag.ContributionDescription, "Converted");
        dataset.setSequence(Tag.ContributingEquipmentSequence, List.of(equipment));
        assertThat(ImageProvenance.read(dataset)).isNull();
        assertThat(ImageProvenance.read(new Attributes())).isNull();
    }

    @Test
    void whatIsNotKnownIsNotTold() {
        ScanHeader foreign = new ScanHeader(
                "m-1",
                "",
                header.start(),
                header.study(),
                header.scanner(),
                header.sequence(),
                header.encodings(),
                Map.of());
        ImageGroup group = ImageGroup.of(List.of(volume), Processing.UNKNOWN).get(0);
        Attributes object = MrImageWriter.objects(group, foreign, Examples.series(1), Extension.FULL, new ArrayList<>())
                .get(0);
        assertThat(object.getSequence(Tag.ContributingEquipmentSequence)).hasSize(1);
        assertThat(Extension.read(object)).isEqualTo(new ImageProvenance("m-1", "", "", "0.1.0", "", ""));
    }

    @Test
    void aChainTooLongForItsPlaceIsShortenedWithANote() {
        Processing processing = new Processing("NONE", "", "step ".repeat(300), "{}");
        List<String> notes = new ArrayList<>();
        Attributes object = MrImageWriter.objects(
                        ImageGroup.of(List.of(volume), processing).get(0),
                        header,
                        Examples.series(1),
                        Extension.NONE,
                        notes)
                .get(0);
        assertThat(ImageProvenance.read(object).reconstruction())
                .hasSizeLessThan(1024)
                .endsWith("…");
        assertThat(notes).singleElement().asString().startsWith("ContributionDescription (0018,A003) was shortened");
    }

    @Test
    void anEnhancedImageTellsTheFilterAndIsNotMadeWithoutKnowingIt() {
        ImageGroup known = Examples.only(volume);
        Attributes object =
                EnhancedMrWriter.object(known, header, Examples.series(1), Extension.NONE, new ArrayList<>());
        assertThat(object.getString(Tag.KSpaceFiltering)).isEqualTo("HANNING");
        ImageGroup unknown = ImageGroup.of(List.of(volume), Processing.UNKNOWN).get(0);
        assertThat(EnhancedMrWriter.missing(unknown, header)).containsExactly("how k-space was filtered");
    }
}
