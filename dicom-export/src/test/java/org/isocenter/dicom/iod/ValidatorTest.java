package org.isocenter.dicom.iod;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.isocenter.dicom.data.Attributes;
import org.isocenter.dicom.data.Tag;
import org.isocenter.dicom.data.UID;
import org.isocenter.dicom.file.DicomReader;
import org.isocenter.model.Anatomy;
import org.isocenter.model.BodyPart;
import org.isocenter.model.Diffusion;
import org.isocenter.model.EncodingGeometry;
import org.isocenter.model.ImageVolume;
import org.isocenter.model.Patient;
import org.isocenter.model.PatientGeometry;
import org.isocenter.model.PatientPosition;
import org.isocenter.model.PerformedStep;
import org.isocenter.model.Quantity;
import org.isocenter.model.ScanHeader;
import org.isocenter.model.ScannerInfo;
import org.isocenter.model.ScheduledStep;
import org.isocenter.model.SequenceParameters;
import org.isocenter.model.Side;
import org.isocenter.model.Study;
import org.isocenter.model.Vec3;
import org.isocenter.testing.Orders;
import org.isocenter.testing.Peer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What dicom3tools and DCMTK say of the files. */
class ValidatorTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @EnumSource(PatientPosition.class)
    void everyPatientPositionIsValid(PatientPosition position) throws IOException {
        assertValid(
                Examples.header(Examples.study(Examples.JANE, position, "HEAD", false), Examples.SPIN_ECHO),
                Examples.volume(EncodingGeometry.AXIAL, 1));
    }

    static Stream<Arguments> sequences() {
        return Stream.of(
                Arguments.of(Examples.sequence("gre2d", List.of("GR"), List.of("SP"), "2D", 1)),
                Arguments.of(Examples.sequence("gre3d", List.of("GR"), List.of("SS", "SP"), "3D", 1)),
                Arguments.of(Examples.sequence("tse3d", List.of("SE"), List.of("SK"), "3D", 16)),
                Arguments.of(Examples.sequence("ir_tse2d", List.of("IR", "SE"), List.of("SK", "MP"), "2D", 8)),
                Arguments.of(Examples.sequence("epi", List.of("EP", "GR"), List.of("NONE"), "2D", 32)),
                Arguments.of(new SequenceParameters(
                        "",
                        List.of(),
                        List.of(),
                        "",
                        Double.NaN,
                        List.of(),
                        Double.NaN,
                        Double.NaN,
                        0,
                        0,
                        Double.NaN,
                        Double.NaN)));
    }

    @ParameterizedTest
    @MethodSource("sequences")
    void everySequenceIsValid(SequenceParameters sequence) throws IOException {
        assertValid(Examples.header(Examples.head(), sequence), Examples.volume(EncodingGeometry.SAGITTAL, 2));
    }

    static Stream<Arguments> studies() {
        Patient umlauts = new Patient("Müller-Lüdenscheidt^Jürgen=山田^太郎=やまだ^たろう", "ÄÖ 1", null, "M", Double.NaN);
        return Stream.of(
                Arguments.of(Examples.study(
                        new Patient("", "EMERGENCY-3", null, "", Double.NaN), PatientPosition.FFS, "BRAIN", false)),
                Arguments.of(Examples.study(umlauts, PatientPosition.HFP, "LSPINE", false)),
                Arguments.of(Examples.study(Patient.phantom("Bottle^Large", "PH-1"), PatientPosition.HFS, "", true)),
                Arguments.of(Examples.study(Patient.phantom("Knee^", "PH-2"), PatientPosition.HFS, "KNEE", true)));
    }

    @ParameterizedTest
    @MethodSource("studies")
    void everyPatientIsValid(Study study) throws IOException {
        assertValid(Examples.header(study, Examples.SPIN_ECHO), Examples.volume(EncodingGeometry.CORONAL, 1));
    }

    @Test
    void aPartialScanOfAnUnknownScannerIsValid() throws IOException {
        ScanHeader known = Examples.header(Examples.head(), Examples.SPIN_ECHO);
        ScanHeader header = new ScanHeader(
                "x",
                "",
                known.start(),
                known.study(),
                new ScannerInfo("", "", "", "", "", "", Double.NaN, Double.NaN, 1, ""),
                known.sequence(),
                List.of(),
                known.userParameters());
        ImageVolume whole = Examples.volume(EncodingGeometry.AXIAL, 1);
        PatientGeometry at = whole.geometry();
        PatientGeometry thicknessUnknown = new PatientGeometry(
                at.firstVoxelMeters(), at.row(), at.column(), at.slice(), 0.01 / 3, 0.01 / 7, 0, Double.NaN);
        assertValid(header, new ImageVolume("", 16, 20, 1, new float[320], thicknessUnknown, 1, 0.5));
    }

    @ParameterizedTest
    @EnumSource(Quantity.class)
    void anImageOfAnythingIsValid(Quantity quantity) throws IOException {
        ImageVolume volume = Examples.volume(EncodingGeometry.AXIAL, 2);
        ScanHeader header = Examples.header(Examples.head(), Examples.SPIN_ECHO);
        assertValid(header, volume.withMap("map", quantity, volume.pixels()));
    }

    @Test
    void aDiffusionWeightedImageIsValidAndTellsItsWeighting() throws IOException {
        ImageVolume plain = Examples.volume(EncodingGeometry.AXIAL, 1);
        for (Diffusion diffusion : List.of(Diffusion.NONE, new Diffusion(500e6, new Vec3(0.6, 0, -0.8)))) {
            ImageVolume weighted = new ImageVolume(
                    "b",
                    plain.columns(),
                    plain.rows(),
                    plain.slices(),
                    plain.pixels(),
                    plain.geometry(),
                    0,
                    1,
                    diffusion);
            SeriesIdentity series = Examples.series(diffusion.hasDirection() ? 4 : 5);
            ScanHeader header = Examples.header(
                    Examples.head(), Examples.sequence("dwi2d", List.of("EP", "SE"), List.of("SK"), "2D", 8));
            Path file = Examples.write(weighted, header, series, folder).files().get(0);
            assertClean(Peer.run(List.of("dciodvfy", "-new", file.toString())));
            Attributes read = DicomReader.read(file).dataset();
            assertThat(read.getString(Tag.ImageComments))
                    .contains(
                            diffusion.hasDirection()
                                    ? "b = 500 s/mm2 along (0.6000, 0.0000, -0.8000)."
                                    : "b = 0 s/mm2.");
        }
    }

    @Test
    void anObliqueStackOfTwoEchoesIsValidAsOneStudy() throws IOException {
        Vec3 read = new Vec3(0.8, 0.36, 0.48);
        Vec3 phase = new Vec3(-0.6, 0.48, 0.64);
        ScanHeader header = Examples.header(Examples.head(), Examples.SPIN_ECHO);
        List<Path> files = new ArrayList<>();
        int number = 1;
        for (EncodingGeometry directions : List.of(
                new EncodingGeometry(new Vec3(0.0123456789, -0.02, 1.0 / 3), read, phase, read.cross(phase)),
                EncodingGeometry.AXIAL,
                EncodingGeometry.CORONAL)) {
            files.addAll(Examples.write(Examples.volume(directions, 5), header, Examples.series(number++), folder)
                    .files());
        }
        assertClean(Peer.run(command("dcentvfy", files)));
        assertClean(Peer.run(List.of("dciodvfy", "-new", files.get(0).toString())));
    }

    /** They may be empty (type 2), but a DICOM directory of such files could not be sorted. */
    @Test
    void ofAnUnknownPatientAndStudyOnlyWhatADirectoryNeedsIsMissed() throws IOException {
        Study study = new Study(
                UID.create(), "", "", "", "", UID.create(), null, Patient.UNKNOWN, PatientPosition.HFS, "", true);
        assertThat(validatorComplaints(study))
                .hasSize(4)
                .allMatch(line -> line.endsWith("Missing attribute or value that would be needed to build DICOMDIR"));
    }

    @Test
    void anImagePointsToWhatWasOrderedAndToTheStepThatMadeIt() throws IOException {
        ScheduledStep order = Orders.knee("1.2.3.4");
        Study study = Examples.study(order.patient(), PatientPosition.HFS, "HEAD", false)
                .withOrders(List.of(order, Orders.kneeAgain("1.2.3.4")))
                .withPerformed(new PerformedStep("1.2.3.5", "PPS1", Examples.START, "T2 axial"));
        ScanHeader header = Examples.header(study, Examples.SPIN_ECHO);
        assertValid(header, Examples.volume(EncodingGeometry.AXIAL, 1));
        Attributes image = DicomReader.read(folder.resolve("0003-00001.dcm")).dataset();
        assertThat(image.getString(Tag.PatientName)).isEqualTo(order.patient().name());
        assertThat(image.getString(Tag.StudyID)).isEqualTo("RP1");
        assertThat(image.getString(Tag.PerformedProcedureStepStartDate)).isEqualTo("20260329");
        assertThat(image.getSequence(Tag.ReferencedPerformedProcedureStepSequence)
                        .get(0)
                        .getString(Tag.ReferencedSOPInstanceUID))
                .isEqualTo("1.2.3.5");
        assertThat(image.getString(Tag.PerformingPhysicianName)).isEqualTo("Cuddy^Lisa");
        List<Attributes> requests = image.getSequence(Tag.RequestAttributesSequence);
        assertThat(requests)
                .extracting(each -> each.getString(Tag.ScheduledProcedureStepID))
                .containsExactly("SPS1", "SPS2");
        Attributes request = requests.get(0);
        assertThat(Codes.read(request, Tag.ScheduledProtocolCodeSequence)).isEqualTo(order.protocolCodes());
        assertThat(Codes.read(request, Tag.RequestedProcedureCodeSequence))
                .isEqualTo(order.procedure().codes());
    }

    @Test
    void ofAPatientWhoseImagedPartIsNotNamedNothingIsMissed() throws IOException {
        assertThat(validatorComplaints(Examples.study(Examples.JANE, PatientPosition.HFS, "", false)))
                .isEmpty();
    }

    @Test
    void ofOneOfAPairOnlyTheSideIsAskedFor() throws IOException {
        Study study = Examples.study(Examples.JANE, PatientPosition.HFS, "KNEE", false);
        assertThat(validatorComplaints(study))
                .singleElement()
                .asString()
                .startsWith("Warning - </Laterality(0020,0060)>")
                .contains("only permitted to be empty when actually unknown");
    }

    @ParameterizedTest
    @EnumSource(names = {"ABDOMENPELVIS", "HEADNECK", "LSSPINE", "ORBIT", "TMJ", "WRIST"})
    void partsOfTheBodyAreWrittenAsTheStandardNamesIt(BodyPart part) throws IOException {
        Anatomy anatomy = new Anatomy(part, Side.LEFT);
        Study study =
                Examples.study(Examples.JANE, PatientPosition.HFS, "", false).withAnatomy(anatomy);
        assertThat(validatorComplaints(study)).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(Side.class)
    void everySideIsToldByEveryKindOfObject(Side side) throws IOException {
        boolean phantom = side == Side.UNKNOWN;
        Study study = Examples.study(Examples.JANE, PatientPosition.HFS, "", phantom)
                .withAnatomy(new Anatomy(BodyPart.KNEE, side));
        String letter = phantom ? "U" : side.letter();
        ScanHeader header = Examples.header(study, Examples.SPIN_ECHO);
        ImageVolume volume = Examples.volume(EncodingGeometry.AXIAL, 1);
        Path single = Examples.write(volume, header, Examples.series(1), folder)
                .files()
                .get(0);
        Path enhanced = EnhancedMrWriter.write(
                        Examples.only(volume), header, Examples.series(2), Extension.NONE, folder)
                .files()
                .get(0);
        RasterImage page = new RasterImage(4, 4, 3, new byte[48]);
        Path capture = SecondaryCaptureWriter.write(List.of(page, page), "pages", header, Examples.series(3), folder)
                .files()
                .get(0);
        for (Path file : List.of(single, enhanced, capture)) {
            assertValid(file);
        }
        assertThat(read(single).getString(Tag.ImageLaterality)).isEqualTo(letter);
        assertThat(read(capture).getString(Tag.ImageLaterality)).isEqualTo(letter);
        Attributes frames =
                read(enhanced).getSequence(Tag.SharedFunctionalGroupsSequence).get(0);
        Attributes frame = frames.getSequence(Tag.FrameAnatomySequence).get(0);
        assertThat(frame.getString(Tag.FrameLaterality)).isEqualTo(letter);
        assertThat(Codes.read(frame, Tag.AnatomicRegionSequence)).containsExactly(BodyPart.KNEE.region());
    }

    private static Attributes read(Path file) throws IOException {
        return DicomReader.read(file).dataset();
    }

    private List<String> validatorComplaints(Study study) throws IOException {
        ImageVolume volume = Examples.volume(EncodingGeometry.AXIAL, 1);
        ScanHeader header = Examples.header(study, Examples.SPIN_ECHO);
        Path file = Examples.write(volume, header, Examples.series(1), folder)
                .files()
                .get(0);
        return complaints(Peer.run(List.of("dciodvfy", "-new", file.toString())));
    }

    private void assertValid(ScanHeader header, ImageVolume volume) throws IOException {
        for (Path file :
                Examples.write(volume, header, Examples.series(3), folder).files()) {
            assertValid(file);
        }
        ImageGroup group = Examples.only(volume);
        if (EnhancedMrWriter.missing(group, header).isEmpty()) {
            assertValid(EnhancedMrWriter.write(group, header, Examples.series(4), Extension.NONE, folder)
                    .files()
                    .get(0));
        }
    }

    private static void assertValid(Path file) {
        assertClean(Peer.run(List.of("dciodvfy", "-new", file.toString())));
        assertThat(Peer.run(List.of("dcmftest", file.toString())).text()).startsWith("yes:");
    }

    private static void assertClean(Peer.Output output) {
        assertThat(complaints(output)).isEmpty();
        assertThat(output.exitCode()).isZero();
    }

    private static List<String> complaints(Peer.Output output) {
        return output.lines().stream()
                .filter(line -> line.startsWith("Error") || line.startsWith("Warning"))
                .toList();
    }

    private static List<String> command(String program, List<Path> files) {
        return Stream.concat(Stream.of(program), files.stream().map(Path::toString))
                .toList();
    }
}
