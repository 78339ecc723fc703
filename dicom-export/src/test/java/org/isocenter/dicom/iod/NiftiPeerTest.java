package org.isocenter.dicom.iod;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.isocenter.dicom.data.Attributes;
import org.isocenter.dicom.file.DicomReader;
import org.isocenter.dicom.nifti.NiftiWriter;
import org.isocenter.model.ImageVolume;
import org.isocenter.model.ScanHeader;
import org.isocenter.model.SequenceParameters;
import org.isocenter.testing.Peer;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Our NIfTI files hold what dcm2niix makes of the same images. */
class NiftiPeerTest {
    @TempDir
    Path folder;

    static Stream<Arguments> groups() {
        return SameVolumesTest.groups();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("groups")
    void volumesAndTablesAreTheSame(String name, SequenceParameters sequence, List<ImageVolume> volumes)
            throws IOException {
        ScanHeader header = Examples.header(Examples.head(), sequence);
        Path dicom = folder.resolve("dicom");
        Path single = folder.resolve("single");
        int number = 1;
        List<Attributes> classic = new ArrayList<>();
        for (ImageGroup group : ImageGroup.of(volumes, Examples.PROCESSING)) {
            SeriesIdentity series = Examples.series(number++);
            EnhancedMrWriter.write(group, header, series, Extension.NONE, dicom);
            classic.addAll(MrImageWriter.objects(group, header, series, Extension.FULL, new ArrayList<>()));
        }
        Path theirs = Files.createDirectory(folder.resolve("theirs"));
        // Without being asked not to ("-x i"), it turns 3D scans to the nearest of the body's axes.
        Peer.Output output = Peer.run(
                List.of("dcm2niix", "-z", "n", "-x", "i", "-f", "%s", "-o", theirs.toString(), dicom.toString()));
        assertThat(output.exitCode()).as(output.text()).isZero();
        List<Attributes> enhanced = new ArrayList<>();
        for (Path file : list(dicom)) {
            enhanced.add(DicomReader.read(file).dataset());
        }
        Path ours = folder.resolve("ours");
        NiftiWriter.write(enhanced, ours, false);
        NiftiWriter.write(classic, single, false);
        assertThat(list(ours)).hasSameSizeAs(list(theirs));
        for (int i = 0; i < list(ours).size(); i++) {
            Path our = list(ours).get(i);
            Path their = list(theirs).get(i);
            switch (our.toString().replaceAll(".*\\.", "")) {
                case "nii" -> {
                    assertSameVolume(our, their);
                    assertThat(list(single).get(i)).hasSameBinaryContentAs(our);
                }
                case "json" -> assertSameFacts(our, their);
                default -> assertThat(numbers(our)).containsExactly(numbers(their), within(2e-4));
            }
        }
    }

    private static List<Path> list(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.sorted().toList();
        }
    }

    private static double[] numbers(Path file) throws IOException {
        return Arrays.stream(Files.readString(file).strip().split("\\s+"))
                .mapToDouble(Double::parseDouble)
                .toArray();
    }

    private static void assertSameVolume(Path our, Path their) throws IOException {
        ByteBuffer a = ByteBuffer.wrap(Files.readAllBytes(our)).order(ByteOrder.LITTLE_ENDIAN);
        ByteBuffer b = ByteBuffer.wrap(Files.readAllBytes(their)).order(ByteOrder.LITTLE_ENDIAN);
        for (int offset = 40; offset < 56; offset += 2) {
            assertThat(a.getShort(offset)).as("dimension").isEqualTo(b.getShort(offset));
        }
        for (int i = 0; i < 12; i++) {
            assertThat(a.getFloat(280 + 4 * i)).as("sform %d", i).isCloseTo(b.getFloat(280 + 4 * i), within(2e-3f));
        }
        for (int i = 0; i < 6; i++) {
            assertThat(a.getFloat(256 + 4 * i)).as("qform %d", i).isCloseTo(b.getFloat(256 + 4 * i), within(2e-3f));
        }
        for (int i = 0; i < 4; i++) {
            assertThat(a.getFloat(76 + 4 * i)).as("pixdim %d", i).isCloseTo(b.getFloat(76 + 4 * i), within(1e-4f));
        }
        assertThat(Arrays.copyOfRange(a.array(), 352, a.capacity()))
                .isEqualTo(Arrays.copyOfRange(b.array(), 352, b.capacity()));
    }

    private static void assertSameFacts(Path our, Path their) throws IOException {
        JsonNode a = new ObjectMapper().readTree(our.toFile());
        JsonNode b = new ObjectMapper().readTree(their.toFile());
        for (String key : List.of(
                "EchoTime",
                "RepetitionTime",
                "FlipAngle",
                "MagneticFieldStrength",
                "SliceThickness",
                "SeriesNumber",
                "PercentPhaseFOV",
                "AcquisitionMatrixPE",
                "ReconMatrixPE",
                "AcquisitionDuration")) {
            assertThat(b.has(key)).as(key).isTrue();
            assertThat(a.path(key).asDouble()).as(key).isCloseTo(b.path(key).asDouble(), within(1e-4));
        }
        for (String key : List.of("PhaseEncodingAxis", "InPlanePhaseEncodingDirectionDICOM")) {
            assertThat(a.path(key)).as(key).isEqualTo(b.path(key));
        }
        assertThat(a.toString()).doesNotContain("Doe", "P-17", "1980");
    }
}
