package org.isocenter.dicom.iod;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.isocenter.model.EncodingGeometry;
import org.isocenter.model.ImageVolume;
import org.isocenter.model.PatientGeometry;
import org.isocenter.model.PatientPosition;
import org.isocenter.model.Rotation;
import org.isocenter.model.ScanHeader;
import org.isocenter.model.Vec3;
import org.isocenter.testing.Peer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * dcm2niix puts every voxel where the volume's geometry put it. It may flip rows and slices, so what is compared is the value
 * at a place in the patient, not at an index.
 */
class ConvertedGeometryTest {
    private static final double MILLIMETERS = 1e3;

    @TempDir
    Path folder;

    private Path dicom;
    private Path nifti;

    @BeforeEach
    void folders() throws IOException {
        dicom = folder.resolve("dicom");
        nifti = Files.createDirectory(folder.resolve("nifti"));
    }

    static EncodingGeometry doubleOblique() {
        Rotation turn = Rotation.about(new Vec3(0.2, -0.5, 1), 0.7).after(Rotation.about(Vec3.X, -0.4));
        return new EncodingGeometry(
                new Vec3(0.0123, -0.0345, 0.1), turn.apply(Vec3.X), turn.apply(Vec3.Y), turn.apply(Vec3.Z));
    }

    static Stream<Arguments> stacks() {
        EncodingGeometry offCentre = EncodingGeometry.AXIAL.centredAt(new Vec3(0.01, 1.0 / 30, -0.02));
        return Stream.of(
                Arguments.of("axial", EncodingGeometry.AXIAL, 6, PatientPosition.HFS),
                Arguments.of("sagittal", EncodingGeometry.SAGITTAL, 6, PatientPosition.HFS),
                Arguments.of("coronal", EncodingGeometry.CORONAL, 6, PatientPosition.HFS),
                Arguments.of("double oblique", doubleOblique(), 7, PatientPosition.HFS),
                Arguments.of("one slice", doubleOblique(), 1, PatientPosition.HFS),
                Arguments.of("two slices", offCentre, 2, PatientPosition.HFS),
                Arguments.of("feet first, prone", doubleOblique(), 5, PatientPosition.FFP));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("stacks")
    void everyVoxelIsFoundWhereItWasPlanned(
            String name, EncodingGeometry directions, int slices, PatientPosition position) throws IOException {
        ImageVolume volume = Examples.volume(directions, slices);
        ScanHeader header = Examples.header(Examples.study(Examples.JANE, position, "HEAD", false), Examples.SPIN_ECHO);
        Examples.write(volume, header, Examples.series(1), dicom);
        assertSame(volume, onlyConverted());
    }

    @Test
    void aStackWhoseSlicesRunAgainstItsNormalKeepsItsPlace() throws IOException {
        ImageVolume volume = Examples.volume(doubleOblique(), 6);
        PatientGeometry at = volume.geometry();
        PatientGeometry against = new PatientGeometry(
                at.firstVoxelMeters(), at.row(), at.column(), at.slice().scaled(-1), 0.0075, 0.009, 0.006, 0.005);
        ImageVolume reversed = new ImageVolume("", 16, 20, 6, volume.pixels(), against, 0, 1);
        ScanHeader header = Examples.header(Examples.head(), Examples.SPIN_ECHO);
        Examples.write(reversed, header, Examples.series(1), dicom);
        assertSame(reversed, onlyConverted());
    }

    @Test
    void aLocalizersThreePlanesBecomeThreeVolumes() throws IOException {
        ScanHeader header = Examples.header(Examples.head(), Examples.SPIN_ECHO);
        int number = 1;
        for (EncodingGeometry plane :
                List.of(EncodingGeometry.AXIAL, EncodingGeometry.CORONAL, EncodingGeometry.SAGITTAL)) {
            Examples.write(Examples.volume(plane, 3), header, Examples.series(number++), dicom);
        }
        assertThat(convert()).hasSize(3);
    }

    private Nifti onlyConverted() throws IOException {
        List<Path> files = convert();
        assertThat(files).hasSize(1);
        return Nifti.read(files.get(0));
    }

    private List<Path> convert() throws IOException {
        Peer.Output output = Peer.run(
                List.of("dcm2niix", "-z", "n", "-b", "n", "-f", "%s", "-o", nifti.toString(), dicom.toString()));
        assertThat(output.exitCode()).as(output.text()).isZero();
        // It knows the makers of large scanners only, and says so of any other.
        assertThat(output.lines())
                .filteredOn(line -> !line.contains("Unable to determine manufacturer"))
                .noneMatch(line -> line.startsWith("Warning") || line.startsWith("Error"));
        try (Stream<Path> files = Files.list(nifti)) {
            return files.sorted().toList();
        }
    }

    private static void assertSame(ImageVolume volume, Nifti converted) {
        assertThat(converted.voxels()).hasSize(volume.pixels().length);
        float brightest = 0;
        for (float pixel : volume.pixels()) {
            brightest = Math.max(brightest, pixel);
        }
        for (int k = 0; k < converted.slices(); k++) {
            for (int j = 0; j < converted.rows(); j++) {
                for (int i = 0; i < converted.columns(); i++) {
                    Vec3 place = converted.lpsMillimeters(i, j, k);
                    PatientGeometry geometry = volume.geometry();
                    Vec3 fromFirst = place.scaled(1 / MILLIMETERS).minus(geometry.firstVoxelMeters());
                    int column = (int) Math.rint(fromFirst.dot(geometry.row()) / geometry.columnSpacingMeters());
                    int row = (int) Math.rint(fromFirst.dot(geometry.column()) / geometry.rowSpacingMeters());
                    int slice = (int) Math.rint(fromFirst.dot(geometry.slice()) / geometry.sliceSpacingMeters());
                    Vec3 planned = geometry.voxelMeters(column, row, slice).scaled(MILLIMETERS);
                    assertThat(place.minus(planned).norm()).isCloseTo(0, within(1e-4));
                    double stored = volume.pixel(column, row, slice) * 32767.0 / brightest;
                    assertThat((double) converted.voxel(i, j, k)).isCloseTo(stored, within(0.5001));
                }
            }
        }
    }
}
