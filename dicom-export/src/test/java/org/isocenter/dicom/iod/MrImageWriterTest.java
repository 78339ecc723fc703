package org.isocenter.dicom.iod;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.isocenter.dicom.data.Attributes;
import org.isocenter.dicom.data.DicomValueException;
import org.isocenter.dicom.data.Tag;
import org.isocenter.dicom.file.DicomReader;
import org.isocenter.model.EncodingGeometry;
import org.isocenter.model.ImageVolume;
import org.isocenter.model.Patient;
import org.isocenter.model.PatientGeometry;
import org.isocenter.model.PatientPosition;
import org.isocenter.model.Quantity;
import org.isocenter.model.ScanHeader;
import org.isocenter.model.SequenceParameters;
import org.isocenter.model.Study;
import org.isocenter.model.Vec3;
import org.isocenter.testing.Peer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MrImageWriterTest {
    @TempDir
    Path folder;

    private final ScanHeader header = Examples.header(Examples.head(), Examples.SPIN_ECHO);
    private final ImageVolume volume = Examples.volume(EncodingGeometry.AXIAL, 4);
    private final List<String> notes = new ArrayList<>();

    private List<Attributes> objects(ImageVolume images, ScanHeader scan) {
        return MrImageWriter.objects(Examples.only(images), scan, Examples.series(3), Extension.NONE, notes);
    }

    @Test
    void everySliceBecomesAFileInOrder() throws IOException {
        List<Path> files = Examples.write(volume, header, Examples.series(3), folder.resolve("new"))
                .files();
        assertThat(files)
                .extracting(file -> file.getFileName().toString())
                .containsExactly("0003-00001.dcm", "0003-00002.dcm", "0003-00003.dcm", "0003-00004.dcm");
        for (int slice = 0; slice < 4; slice++) {
            Attributes dataset = DicomReader.read(files.get(slice)).dataset();
            assertThat(dataset.getInt(Tag.InstanceNumber, 0)).isEqualTo(slice + 1);
            assertThat(dataset.getDoubles(Tag.ImagePositionPatient))
                    .containsExactly(new double[] {-60, -90, -9 + 6 * slice}, within(1e-9));
            assertThat(dataset.getDoubles(Tag.SliceLocation))
                    .containsExactly(new double[] {-9 + 6 * slice}, within(1e-9));
        }
    }

    @Test
    void geometryIsInMillimetersWithRowSpacingFirst() {
        Attributes dataset = objects(volume, header).get(0);
        assertThat(dataset.getDoubles(Tag.PixelSpacing)).containsExactly(9, 7.5);
        assertThat(dataset.getDoubles(Tag.ImageOrientationPatient)).containsExactly(1, 0, 0, 0, 1, 0);
        assertThat(dataset.getDoubles(Tag.SliceThickness)).containsExactly(5);
        assertThat(dataset.getDoubles(Tag.SpacingBetweenSlices)).containsExactly(6);
        assertThat(objects(Examples.volume(EncodingGeometry.AXIAL, 1), header)
                        .get(0)
                        .contains(Tag.SpacingBetweenSlices))
                .isFalse();
    }

    @Test
    void theScanIsToldInDicomsUnits() {
        ImageVolume secondEcho = new ImageVolume("", 16, 20, 4, volume.pixels(), volume.geometry(), 1, 1);
        Attributes dataset = objects(secondEcho, header).get(0);
        assertThat(dataset.getString(Tag.RepetitionTime)).isEqualTo("500");
        assertThat(dataset.getString(Tag.EchoTime)).isEqualTo("24.6");
        assertThat(dataset.getString(Tag.EchoNumbers)).isEqualTo("2");
        assertThat(dataset.getString(Tag.FlipAngle)).isEqualTo("90");
        assertThat(dataset.getString(Tag.ImagingFrequency)).isEqualTo("2");
        assertThat(dataset.getString(Tag.MagneticFieldStrength)).isEqualTo("0.047");
        assertThat(dataset.getString(Tag.ImagedNucleus)).isEqualTo("1H");
        // 32 samples of 12.5 µs: 1/(400 µs)
        assertThat(dataset.getString(Tag.PixelBandwidth)).isEqualTo("2500");
        assertThat(dataset.getInts(Tag.AcquisitionMatrix)).containsExactly(16, 0, 0, 20);
        assertThat(dataset.getString(Tag.InPlanePhaseEncodingDirection)).isEqualTo("COL");
        assertThat(dataset.getString(Tag.PercentPhaseFieldOfView)).isEqualTo("150");
        assertThat(dataset.getString(Tag.PercentSampling)).isEqualTo("100");
        assertThat(dataset.getString(Tag.ManufacturerModelName)).isEqualTo("OSI² ONE");
        assertThat(dataset.contains(Tag.InversionTime)).isFalse();
    }

    @Test
    void allTimesAreInTheStudysZone() {
        ScanHeader elsewhere = new ScanHeader(
                "x",
                "p",
                Examples.START.plusSeconds(3).withOffsetSameInstant(ZoneOffset.UTC),
                header.study(),
                header.scanner(),
                header.sequence(),
                header.encodings(),
                header.userParameters());
        Attributes dataset = objects(volume, elsewhere).get(0);
        assertThat(dataset.getString(Tag.TimezoneOffsetFromUTC)).isEqualTo("+0100");
        assertThat(dataset.getString(Tag.StudyDate)).isEqualTo("20260329");
        assertThat(dataset.getString(Tag.StudyTime)).isEqualTo("235958.123456");
        assertThat(dataset.getString(Tag.AcquisitionDate)).isEqualTo("20260330");
        assertThat(dataset.getString(Tag.AcquisitionTime)).isEqualTo("000001.123456");
    }

    @Test
    void whatIsNotKnownIsLeftOutOrEmpty() {
        SequenceParameters nothing = new SequenceParameters(
                "",
                List.of("IR"),
                List.of(),
                "",
                Double.NaN,
                List.of(),
                Double.NaN,
                Double.NaN,
                0,
                0,
                Double.NaN,
                Double.NaN);
        Attributes dataset =
                objects(volume, Examples.header(header.study(), nothing)).get(0);
        assertThat(List.of(
                        Tag.RepetitionTime,
                        Tag.EchoTime,
                        Tag.InversionTime,
                        Tag.EchoTrainLength,
                        Tag.MRAcquisitionType))
                .allMatch(dataset::contains)
                .allMatch(tag -> dataset.getString(tag) == null);
        assertThat(List.of(Tag.FlipAngle, Tag.NumberOfAverages, Tag.PixelBandwidth, Tag.SequenceName))
                .noneMatch(dataset::contains);
    }

    @Test
    void oneScaleAndWindowServeTheWholeSeries() {
        List<Attributes> objects = objects(volume, header);
        assertThat(objects)
                .extracting(o -> o.getString(Tag.WindowWidth))
                .containsOnly(objects.get(0).getString(Tag.WindowWidth));
        assertThat(objects.get(3).getInt(Tag.LargestImagePixelValue, 0)).isEqualTo(32767);
        assertThat(objects.get(0).getInt(Tag.LargestImagePixelValue, 0)).isLessThan(10_000);
    }

    @Test
    void aBrightSpeckDoesNotDarkenTheWindow() {
        float[] pixels = new float[100 * 100];
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = i % 100;
        }
        pixels[5050] = 32767;
        PatientGeometry at = volume.geometry();
        Attributes dataset = objects(new ImageVolume("", 100, 100, 1, pixels, at, 0, 1), header)
                .get(0);
        double center = dataset.getDoubles(Tag.WindowCenter)[0];
        double width = dataset.getDoubles(Tag.WindowWidth)[0];
        assertThat(center).isEqualTo(50);
        assertThat(width).isEqualTo(100);
    }

    @Test
    void voxelsThatAreNoMagnitudeAreStoredAsZeroAndTold() {
        float[] pixels = volume.pixels().clone();
        pixels[0] = Float.NaN;
        pixels[1] = -1;
        pixels[2] = Float.POSITIVE_INFINITY;
        Attributes dataset = objects(new ImageVolume("", 16, 20, 4, pixels, volume.geometry(), 0, 1), header)
                .get(0);
        assertThat(dataset.getBytes(Tag.PixelData)).startsWith(0, 0, 0, 0, 0, 0).hasSize(2 * 16 * 20);
        assertThat(notes).singleElement().asString().contains("3 voxels were no magnitude");
        assertThat(dataset.getString(Tag.ImageComments)).contains("3 voxels were no magnitude");
    }

    @Test
    void aMapIsDerivedAndItsStoredUnitIsAPowerOfTenOfItsOwn() {
        float[] hertz = new float[volume.pixels().length];
        hertz[0] = -120.5f;
        hertz[1] = 80;
        Attributes dataset = objects(volume.withMap("field map", Quantity.FIELD_OFFSET, hertz), header)
                .get(0);
        assertThat(dataset.getStrings(Tag.ImageType)).containsExactly("DERIVED", "PRIMARY", "OTHER");
        assertThat(dataset.getInt(Tag.PixelRepresentation, 0)).isEqualTo(1);
        assertThat(dataset.getString(Tag.ImageComments)).contains("One stored unit is 0.0100 Hz of the field offset.");
        assertThat(dataset.getString(Tag.DerivationDescription)).contains("field offset in Hz");
        ByteBuffer stored = ByteBuffer.wrap(dataset.getBytes(Tag.PixelData)).order(ByteOrder.LITTLE_ENDIAN);
        assertThat(stored.getShort(0)).isEqualTo((short) -12050);
        assertThat(stored.getShort(2)).isEqualTo((short) 8000);
        assertThat(stored.getShort(4)).isZero();
        assertThat(notes).isEmpty();
    }

    @Test
    void aPhaseImageIsSignedInFractionsOfARadianAndNoMap() {
        float[] radians = new float[volume.pixels().length];
        radians[0] = -3.1416f;
        Attributes phase = objects(volume.withMap("phase", Quantity.PHASE, radians), header)
                .get(0);
        assertThat(phase.getStrings(Tag.ImageType)).containsExactly("ORIGINAL", "PRIMARY", "PHASE MAP", "PHASE");
        assertThat(phase.getString(Tag.ImageComments)).contains("One stored unit is 0.000100 rad of the phase.");
        assertThat(ByteBuffer.wrap(phase.getBytes(Tag.PixelData))
                        .order(ByteOrder.LITTLE_ENDIAN)
                        .getShort(0))
                .isEqualTo((short) -31416);

        Attributes real =
                objects(volume.withMap("real", Quantity.REAL, radians), header).get(0);
        assertThat(real.getStrings(Tag.ImageType)).containsExactly("ORIGINAL", "PRIMARY", "OTHER", "REAL");
        assertThat(real.getInt(Tag.PixelRepresentation, 0)).isEqualTo(1);
    }

    @Test
    void aPartialScanSaysSoInItsComments() {
        ImageVolume partial = new ImageVolume("", 16, 20, 4, volume.pixels(), volume.geometry(), 0, 0.571);
        assertThat(objects(partial, header).get(0).getString(Tag.ImageComments))
                .startsWith("Partial scan: 57.1 % of the data acquired.");
        assertThat(objects(volume, header).get(0).getString(Tag.ImageComments)).doesNotContain("Partial");
    }

    @Test
    void aLongDescriptionIsShortenedWithANote() {
        SeriesIdentity series = SeriesIdentity.create(1, "ä".repeat(70) + "\\\n", 1, Examples.START);
        Attributes dataset = MrImageWriter.objects(Examples.only(volume), header, series, Extension.NONE, notes)
                .get(0);
        assertThat(dataset.getString(Tag.SeriesDescription)).isEqualTo("ä".repeat(63) + "…");
        assertThat(notes)
                .containsExactly(
                        "SeriesDescription (0008,103E) was shortened from 70 to 64 characters in the DICOM files");
    }

    @Test
    void anIdentifierThatDoesNotFitIsRefusedBeforeAnythingIsWritten() {
        Study study = Examples.study(
                new Patient("Doe^Jane", "7".repeat(65), null, "f", 0), PatientPosition.HFS, "HEAD", false);
        assertThat(MrImageWriter.problems(study))
                .containsExactly(
                        "PatientID (0010,0020) has 65 characters: LO allows 64",
                        "PatientSex (0010,0040) must be M, F, O or empty");
        ScanHeader scan = Examples.header(study, Examples.SPIN_ECHO);
        assertThatThrownBy(() -> Examples.write(volume, scan, Examples.series(1), folder))
                .isInstanceOf(DicomValueException.class)
                .hasMessageContaining("PatientID");
        assertThat(folder).isEmptyDirectory();
        assertThat(MrImageWriter.problems(header.study())).isEmpty();
    }

    @Test
    void nothingIsOverwritten() throws IOException {
        Path third = Files.writeString(folder.resolve("0003-00003.dcm"), "mine");
        assertThatThrownBy(() -> Examples.write(volume, header, Examples.series(3), folder))
                .isInstanceOf(FileAlreadyExistsException.class)
                .hasMessageContaining(third.toString());
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files).containsExactly(third);
        }
        assertThat(third).hasContent("mine");
    }

    @Test
    void aGeometryThatIsNoneIsRefused() {
        PatientGeometry at = volume.geometry();
        PatientGeometry skewed = new PatientGeometry(
                at.firstVoxelMeters(), at.row(), new Vec3(0.1, 1, 0), at.slice(), 0.0075, 0.009, 0.006, 0.005);
        PatientGeometry flat =
                new PatientGeometry(at.firstVoxelMeters(), at.row(), at.column(), at.slice(), 0.0075, 0.009, 0, 0.005);
        assertThatThrownBy(() -> objects(new ImageVolume("", 16, 20, 4, volume.pixels(), skewed, 0, 1), header))
                .hasMessageContaining("not orthonormal");
        assertThatThrownBy(() -> objects(new ImageVolume("", 16, 20, 4, volume.pixels(), flat, 0, 1), header))
                .hasMessage("image slice spacing must be positive, not 0.0 m");
    }

    @Test
    void anotherProgramReadsTheSamePixelsAndNames() throws IOException {
        Patient patient = new Patient("Müller^Jürgen=山田^太郎", "ÄÖ 1", null, "M", Double.NaN);
        ScanHeader scan =
                Examples.header(Examples.study(patient, PatientPosition.HFS, "HEAD", false), Examples.SPIN_ECHO);
        Path file =
                Examples.write(volume, scan, Examples.series(1), folder).files().get(2);
        Peer.Output output = Peer.python(List.of("pydicom", "numpy"), """
                import sys
                from pydicom import dcmread
                d = dcmread(sys.argv[1])
                sys.stdout.reconfigure(encoding='utf-8')
                print(d.PatientName, d.PatientID)
                print(d.pixel_array.shape, d.pixel_array.dtype)
                print(' '.join(map(str, d.pixel_array.ravel())))
                """, file.toString());
        StringBuilder pixels = new StringBuilder();
        float brightest = 0;
        for (float pixel : volume.pixels()) {
            brightest = Math.max(brightest, pixel);
        }
        for (int i = 2 * 320; i < 3 * 320; i++) {
            pixels.append(pixels.isEmpty() ? "" : " ").append(Math.round(volume.pixels()[i] * 32767.0 / brightest));
        }
        assertThat(output.lines()).containsExactly("Müller^Jürgen=山田^太郎 ÄÖ 1", "(20, 16) uint16", pixels.toString());
    }
}
