package org.isocenter.dicom.deidentify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.isocenter.dicom.data.Attributes;
import org.isocenter.dicom.data.Dictionary;
import org.isocenter.dicom.data.Tag;
import org.isocenter.dicom.data.VR;
import org.isocenter.dicom.deidentify.Deidentifier.Moments;
import org.isocenter.dicom.file.DicomReader;
import org.isocenter.dicom.file.DicomWriter;
import org.isocenter.dicom.iod.EnhancedMrWriter;
import org.isocenter.dicom.iod.Examples;
import org.isocenter.dicom.iod.Extension;
import org.isocenter.dicom.iod.ImageGroup;
import org.isocenter.dicom.iod.MrImageWriter;
import org.isocenter.dicom.iod.Processing;
import org.isocenter.model.EncodingGeometry;
import org.isocenter.model.ImageVolume;
import org.isocenter.model.Patient;
import org.isocenter.model.PatientPosition;
import org.isocenter.model.Quantity;
import org.isocenter.model.ScanHeader;
import org.isocenter.testing.Peer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DeidentifierTest {
    private static final byte[] KEY = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

    private final Deidentifier removing = new Deidentifier(KEY, Moments.REMOVED);
    private final Deidentifier moving = new Deidentifier(KEY, Moments.MOVED);

    private static Attributes image(String patient, String studyDate) {
        Attributes image = new Attributes();
        image.setString(Tag.SpecificCharacterSet, "ISO_IR 192");
        image.setString(Tag.SOPClassUID, "1.2.840.10008.5.1.4.1.1.4");
        image.setString(Tag.SOPInstanceUID, "1.2.3.4");
        image.setString(Tag.StudyInstanceUID, "1.2.3");
        image.setString(Tag.StudyDate, studyDate);
        image.setString(Tag.StudyTime, "101112");
        image.setString(Tag.AcquisitionDateTime, studyDate + "101112.5+0100");
        image.setString(Tag.PatientName, "Müller^Jürgen=山田^太郎");
        image.setString(Tag.PatientID, patient);
        image.setString(Tag.BodyPartExamined, "HEAD");
        image.setBytes(Tag.PixelData, VR.OW, new byte[] {1, 2, 3, 4});
        return image;
    }

    @Test
    void whatIsNotKnownToBeHarmlessGoes() {
        Attributes image = image("P-1", "20260102");
        image.setBytes(0x00091001, VR.LO, "secret".getBytes(StandardCharsets.US_ASCII));
        image.setBytes(0x00290010, VR.LO, "ISOCENTER 1.0".getBytes(StandardCharsets.US_ASCII));
        image.setBytes(0x00290011, VR.LO, "x".getBytes(StandardCharsets.US_ASCII));
        image.setBytes(0x00102110 + 0x40000, VR.UN, "secret".getBytes(StandardCharsets.US_ASCII));
        image.setString(Tag.ImageComments, "Müller");
        image.setString(Tag.InstitutionName, "Müller Hospital");
        Attributes hidden = image.newItem();
        hidden.setString(Tag.PatientName, "Müller");
        hidden.setString(Tag.ReferencedSOPInstanceUID, "1.2.3.4");
        image.setSequence(Tag.ReferencedImageSequence, List.of(hidden));
        Attributes to = removing.apply(image);
        assertThat(to.tags())
                .doesNotContain(0x00091001, 0x00290010, 0x00290011, Tag.ImageComments, Tag.InstitutionName);
        assertThat(allText(to)).doesNotContain("secret", "ller", "P-1", "山田", "20260102", "1.2.3");
        assertThat(to.getSequence(Tag.ReferencedImageSequence).get(0).getString(Tag.ReferencedSOPInstanceUID))
                .isEqualTo(to.getString(Tag.SOPInstanceUID));
        assertThat(to.getBytes(Tag.PixelData)).containsExactly(1, 2, 3, 4);
        assertThat(to.getString(Tag.SOPClassUID)).isEqualTo("1.2.840.10008.5.1.4.1.1.4");
        assertThat(to.getString(Tag.PatientIdentityRemoved)).isEqualTo("YES");
        assertThat(to.getString(Tag.RecognizableVisualFeatures)).isEqualTo("YES");
        assertThat(to.getSequence(Tag.DeidentificationMethodCodeSequence))
                .extracting(code -> code.getString(Tag.CodeValue))
                .containsExactly("113100");
        assertThat(image.getString(Tag.PatientID)).isEqualTo("P-1");
    }

    @Test
    void anAnonymousMapIsAsValidAsTheMapWas(@TempDir Path folder) throws IOException {
        ImageVolume plain = Examples.volume(EncodingGeometry.AXIAL, 1);
        ImageGroup map = ImageGroup.of(
                        List.of(plain.withMap("T1", Quantity.T1, plain.pixels())),
                        new Processing("NONE", "", "a: b", "{}"))
                .get(0);
        ScanHeader header = Examples.header(
                Examples.study(Patient.phantom("Ball^Secret", "BALL"), PatientPosition.HFS, "", true),
                Examples.SPIN_ECHO);
        List<Path> files = new ArrayList<>(MrImageWriter.write(map, header, Examples.series(1), Extension.FULL, folder)
                .files());
        files.addAll(EnhancedMrWriter.write(map, header, Examples.series(2), Extension.FULL, folder)
                .files());
        for (Path file : files) {
            Path copy = file.resolveSibling("anonymous-" + file.getFileName());
            Attributes to = removing.apply(DicomReader.read(file).dataset());
            DicomWriter.write(copy, to);
            assertThat(allText(to)).doesNotContain("Secret", "BALL", "5ec0", "scan-1", "cal-17");
            assertThat(Peer.run(List.of("dciodvfy", "-new", copy.toString())).lines())
                    .noneMatch(line -> line.startsWith("Error") || line.startsWith("Warning"));
        }
    }

    /** All that may hold text about a person, whatever its attribute: only what the profile names is left, and no name. */
    @Test
    void ofAnObjectFullOfSecretsNoneIsLeft() {
        Attributes full = new Attributes();
        full.setString(Tag.SpecificCharacterSet, "ISO_IR 192");
        Stream.of(Tag.class.getFields()).forEach(field -> {
            try {
                int tag = field.getInt(null);
                String text = switch (Dictionary.vr(tag)) {
                    case DA -> "19770707";
                    case TM -> "070707";
                    case DT -> "19770707070707";
                    case UI -> "1.2.777";
                    case PN, LO, SH, LT, ST, UT, UC -> "SECRET";
                    default -> null;
                };
                if (text != null && tag != Tag.SpecificCharacterSet) {
                    full.setString(tag, text);
                }
            } catch (IllegalAccessException e) {
                throw new AssertionError(e);
            }
        });
        Attributes to = removing.apply(full);
        TreeSet<String> kept = new TreeSet<>();
        for (int tag : to.tags()) {
            String text = String.join("\\", to.getStrings(tag));
            if (text.contains("SECRET") || text.contains("1977") || text.contains("0707") || text.contains("777")) {
                kept.add(Dictionary.describe(tag).replaceAll(" .*", ""));
            }
        }
        assertThat(kept)
                .containsExactlyInAnyOrder(
                        "ApplicableSafetyStandardDescription",
                        "CodeMeaning",
                        "CodeValue",
                        "CodingSchemeDesignator",
                        "CodingSchemeVersion",
                        "ContextGroupVersion",
                        "ImagedNucleus",
                        "LUTLabel",
                        "LongCodeValue",
                        "Manufacturer",
                        "ManufacturerModelName",
                        "MultiCoilConfiguration",
                        "MultiCoilElementName",
                        "PositionReferenceIndicator",
                        "PulseSequenceName",
                        "ReceiveCoilManufacturerName",
                        "ReceiveCoilName",
                        "ReferencedSOPClassUID",
                        "RescaleType",
                        "SOPClassUID",
                        "SecondaryCaptureDeviceManufacturer",
                        "SecondaryCaptureDeviceManufacturerModelName",
                        "SecondaryCaptureDeviceSoftwareVersions",
                        "SequenceName",
                        "SoftwareVersions",
                        "StackID",
                        "TransmitCoilManufacturerName",
                        "TransmitCoilName");
    }

    @Test
    void theSamePersonHasTheSamePseudonymAndAnotherAnother() {
        String first = removing.apply(image("P-1", "20260102")).getString(Tag.PatientID);
        assertThat(removing.apply(image("P-1", "20270102")).getString(Tag.PatientID))
                .isEqualTo(first)
                .hasSize(13);
        assertThat(removing.apply(image("P-2", "20260102")).getString(Tag.PatientID))
                .isNotEqualTo(first);
        byte[] otherKey = KEY.clone();
        otherKey[0]++;
        assertThat(new Deidentifier(otherKey, Moments.REMOVED)
                        .apply(image("P-1", "20260102"))
                        .getString(Tag.PatientID))
                .isNotEqualTo(first);
        assertThatThrownBy(() -> new Deidentifier(new byte[3], Moments.REMOVED)).hasMessageContaining("too short");
    }

    @Test
    void movedDatesKeepTheirDistance() {
        Attributes before = moving.apply(image("P-1", "20260102"));
        Attributes after = moving.apply(image("P-1", "20260112"));
        DateTimeFormatter form = DateTimeFormatter.BASIC_ISO_DATE;
        LocalDate first = LocalDate.parse(before.getString(Tag.StudyDate), form);
        assertThat(first).isBefore("2026-01-02");
        assertThat(first.plusDays(10).format(form)).isEqualTo(after.getString(Tag.StudyDate));
        assertThat(before.getString(Tag.StudyTime)).isEqualTo("101112");
        assertThat(before.getString(Tag.AcquisitionDateTime))
                .isEqualTo(before.getString(Tag.StudyDate) + "101112.5+0100");
        assertThat(before.getString(Tag.LongitudinalTemporalInformationModified))
                .isEqualTo("MODIFIED");
    }

    private static String allText(Attributes from) {
        StringBuilder text = new StringBuilder();
        for (int tag : from.tags()) {
            from.getSequence(tag).forEach(item -> text.append(allText(item)));
            text.append(new String(from.getBytes(tag), StandardCharsets.UTF_8)).append('\n');
        }
        return text.toString();
    }
}
