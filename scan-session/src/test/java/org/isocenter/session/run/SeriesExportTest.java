package org.isocenter.session.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.isocenter.dicom.data.Tag;
import org.isocenter.dicom.data.UID;
import org.isocenter.dicom.file.DicomReader;
import org.isocenter.dicom.iod.Processing;
import org.isocenter.model.Coils;
import org.isocenter.model.Diffusion;
import org.isocenter.model.Encoding;
import org.isocenter.model.EncodingLimits;
import org.isocenter.model.ImageVolume;
import org.isocenter.model.Patient;
import org.isocenter.model.PatientGeometry;
import org.isocenter.model.PatientPosition;
import org.isocenter.model.Provenance;
import org.isocenter.model.Quantity;
import org.isocenter.model.ScanHeader;
import org.isocenter.model.ScannerInfo;
import org.isocenter.model.SequenceParameters;
import org.isocenter.model.Study;
import org.isocenter.model.Vec3;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SeriesExportTest {
    private static final OffsetDateTime START = OffsetDateTime.parse("2026-03-29T10:00:00+01:00");
    private static final ScanHeader HEADER = new ScanHeader(
            "scan-1",
            "diffusion",
            START,
            new Study(
                    UID.create(),
                    "1",
                    "",
                    "",
                    "",
                    UID.create(),
                    START,
                    Patient.phantom("Ball^", "BALL"),
                    PatientPosition.HFS,
                    "",
                    true),
            new ScannerInfo("", "Scanner", "", "", "", "", 0.047, 2.0e6, 1, "1"),
            new SequenceParameters(
                    "dwi2d",
                    List.of("EP", "SE"),
                    List.of("SK"),
                    "2D",
                    1,
                    List.of(0.08),
                    Double.NaN,
                    1.5,
                    4,
                    1,
                    0.005,
                    1e-5),
            List.of(new Encoding(
                    4,
                    4,
                    1,
                    new Vec3(0.008, 0.008, 0.005),
                    4,
                    4,
                    1,
                    new Vec3(0.008, 0.008, 0.005),
                    EncodingLimits.ofCount(4),
                    EncodingLimits.NONE,
                    2,
                    1,
                    1,
                    1,
                    0.005,
                    Encoding.Trajectory.EPI,
                    4)),
            userParameters());

    private static Map<String, String> userParameters() {
        Map<String, String> parameters =
                new HashMap<>(new Provenance("5ec0", "cal-1", "abc", 10, 0.1, 10).parameters());
        parameters.putAll(new Coils("", Coils.Kind.VOLUME, false, "", Coils.Kind.VOLUME).parameters());
        return parameters;
    }

    private static final Processing PLAIN = new Processing("NONE", "", "cartesian: transform", "{}");

    @TempDir
    Path folder;

    private static List<ImageVolume> weightedAndTheirMap() {
        PatientGeometry geometry = new PatientGeometry(Vec3.ZERO, Vec3.X, Vec3.Y, Vec3.Z, 0.002, 0.002, 0.005, 0.005);
        List<ImageVolume> volumes = new ArrayList<>();
        for (Diffusion diffusion : List.of(Diffusion.NONE, new Diffusion(500e6, Vec3.X))) {
            volumes.add(new ImageVolume("b", 4, 4, 2, new float[32], geometry, 0, 1, diffusion));
        }
        volumes.add(volumes.get(0).withMap("ADC", Quantity.DIFFUSION, new float[32]));
        return volumes;
    }

    private SeriesExport write(DicomOutput output, Processing processing) throws IOException {
        SeriesExport export = new SeriesExport(HEADER, "diffusion", 1, folder);
        export.write(weightedAndTheirMap(), output, processing);
        return export;
    }

    /** Of all files by name. */
    private List<String> classes() throws IOException {
        List<String> classes = new ArrayList<>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.sorted().toList()) {
                classes.add(DicomReader.read(file).dataset().getString(Tag.SOPClassUID));
            }
        }
        return classes;
    }

    @Test
    void weightedImagesAreEnhancedOnesUnlessAskedOtherwiseAndTheirMapIsNot() throws IOException {
        write(DicomOutput.STANDARD, PLAIN);
        assertThat(classes())
                .containsExactlyInAnyOrder(UID.EnhancedMRImageStorage, UID.MRImageStorage, UID.MRImageStorage);
    }

    @Test
    void singleImagesAreAllSingle() throws IOException {
        write(new DicomOutput(DicomOutput.Objects.CLASSIC, false, false), PLAIN);
        assertThat(classes()).hasSize(6).containsOnly(UID.MRImageStorage);
    }

    @Test
    void whatAnEnhancedImageMustTellAndNobodyKnowsMakesThemSingleOnesWithANote() throws IOException {
        SeriesExport export = write(DicomOutput.STANDARD, Processing.UNKNOWN);
        assertThat(classes()).hasSize(6).containsOnly(UID.MRImageStorage);
        assertThat(export.notes())
                .containsExactly("no enhanced image, but single ones: it must tell how k-space was filtered, which the"
                        + " raw data do not");
    }
}
