package org.isocenter.dicom.iod;

import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.isocenter.dicom.data.UID;
import org.isocenter.model.Coils;
import org.isocenter.model.Encoding;
import org.isocenter.model.EncodingGeometry;
import org.isocenter.model.EncodingLimits;
import org.isocenter.model.ImageVolume;
import org.isocenter.model.Patient;
import org.isocenter.model.PatientGeometry;
import org.isocenter.model.PatientPosition;
import org.isocenter.model.Provenance;
import org.isocenter.model.ScanHeader;
import org.isocenter.model.ScannerInfo;
import org.isocenter.model.SequenceParameters;
import org.isocenter.model.Study;
import org.isocenter.model.Vec3;

/** Scans to write: a plain one, and ways to vary it. */
public final class Examples {
    static final OffsetDateTime START = OffsetDateTime.of(2026, 3, 29, 23, 59, 58, 123_456_000, ZoneOffset.ofHours(1));
    static final Patient JANE = new Patient("Doe^Jane", "P-17", LocalDate.of(1980, 2, 29), "F", 61.5);
    public static final SequenceParameters SPIN_ECHO = sequence("se2d", List.of("SE"), List.of("NONE"), "2D", 1);

    static final Coils COILS = new Coils("Head solenoid", Coils.Kind.SURFACE, true, "Body coil", Coils.Kind.BODY);

    static final Provenance PROVENANCE = new Provenance("5ec0".repeat(16), "cal-17", "abcdef012345", 60.5, 0.12, 37.5);

    static final Processing PROCESSING = new Processing(
            "HANNING", "SENSE", "cartesian: hann-filter share=1.0; transform", "{\"chain\":\"cartesian\"}");

    private Examples() {}

    public static Study study(Patient patient, PatientPosition position, String bodyPart, boolean phantom) {
        return new Study(
                UID.create(),
                "RP-4",
                "A-2026-3",
                "Head without contrast",
                "Röntgen^Wilhelm",
                UID.create(),
                START,
                patient,
                position,
                bodyPart,
                phantom);
    }

    static Study head() {
        return study(JANE, PatientPosition.HFS, "HEAD", false);
    }

    static SequenceParameters sequence(
            String name, List<String> scanning, List<String> variant, String type, int echoTrainLength) {
        double inversionTime = scanning.contains("IR") ? 0.15 : Double.NaN;
        return new SequenceParameters(
                name,
                scanning,
                variant,
                type,
                0.5,
                List.of(0.0123, 0.0246),
                inversionTime,
                Math.PI / 2,
                echoTrainLength,
                2,
                0.005,
                12.5e-6);
    }

    public static ScanHeader header(Study study, SequenceParameters sequence) {
        ScannerInfo scanner = new ScannerInfo(
                "OSI²", "ONE", "0007", "CONSOLE1", "Phantom Lab", "Head solenoid", 0.047, 2.0e6, 1, "0.1.0");
        Encoding encoding = new Encoding(
                32,
                20,
                1,
                new Vec3(0.24, 0.18, 0.005),
                16,
                20,
                1,
                new Vec3(0.12, 0.18, 0.005),
                EncodingLimits.ofCount(20),
                EncodingLimits.NONE,
                6,
                2,
                2,
                1,
                0.006,
                Encoding.Trajectory.CARTESIAN,
                1);
        return new ScanHeader(
                "scan-1",
                "T1 axial",
                START.plusMinutes(5),
                study,
                scanner,
                sequence,
                List.of(encoding),
                userParameters());
    }

    private static Map<String, String> userParameters() {
        Map<String, String> parameters = new HashMap<>(PROVENANCE.parameters());
        parameters.putAll(COILS.parameters());
        return parameters;
    }

    public static SeriesIdentity series(int number) {
        return SeriesIdentity.create(number, "T1 axial", number, START.plusMinutes(9));
    }

    static PatientGeometry geometry(EncodingGeometry directions, int columns, int rows, int slices) {
        double dx = 0.0075;
        double dy = 0.009;
        double dz = 0.006;
        Vec3 first = directions.pointMeters(-(columns / 2) * dx, -(rows / 2) * dy, -(slices - 1) / 2.0 * dz);
        return new PatientGeometry(first, directions.read(), directions.phase(), directions.slice(), dx, dy, dz, 0.005);
    }

    /** 16 × 20 voxels a slice, each of another brightness, so that no flip or swap goes unseen. */
    public static ImageVolume volume(EncodingGeometry directions, int slices) {
        int columns = 16;
        int rows = 20;
        float[] pixels = new float[columns * rows * slices];
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = (float) (1e-3 * (1 + i + 7 * (i % 5)));
        }
        return new ImageVolume("", columns, rows, slices, pixels, geometry(directions, columns, rows, slices), 0, 1);
    }

    /** As a series of single images. */
    public static WrittenSeries write(ImageVolume volume, ScanHeader header, SeriesIdentity series, Path folder)
            throws IOException {
        return MrImageWriter.write(only(volume), header, series, Extension.NONE, folder);
    }

    /** A series of its own. */
    static ImageGroup only(ImageVolume volume) {
        return ImageGroup.of(List.of(volume), Examples.PROCESSING).get(0);
    }
}
