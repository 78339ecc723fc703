package org.isocenter.session;

import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.isocenter.model.AcquisitionFlags;
import org.isocenter.model.Encoding;
import org.isocenter.model.EncodingCounters;
import org.isocenter.model.EncodingGeometry;
import org.isocenter.model.EncodingLimits;
import org.isocenter.model.Patient;
import org.isocenter.model.PatientPosition;
import org.isocenter.model.Readout;
import org.isocenter.model.ReadoutHeader;
import org.isocenter.model.ScanHeader;
import org.isocenter.model.ScannerInfo;
import org.isocenter.model.SequenceParameters;
import org.isocenter.model.Study;
import org.isocenter.model.Vec3;

/** Values for tests. */
public final class Examples {
    private Examples() {}

    public static Study study(String uid) {
        return study(uid, "P42", false);
    }

    public static Study study(String uid, String patientId, boolean phantom) {
        return new Study(
                uid,
                "EXAM7",
                "A-12",
                "Head",
                "Doe^Jane",
                uid + ".1",
                OffsetDateTime.parse("2026-03-04T10:11:12+01:00"),
                new Patient("Roe^Richard", patientId, LocalDate.of(1980, 2, 29), "M", 81.5),
                PatientPosition.HFS,
                "HEAD",
                phantom);
    }

    public static ScanHeader header(String id, Study study, int encodedX, int encodedY) {
        Encoding encoding = new Encoding(
                encodedX,
                encodedY,
                1,
                new Vec3(0.4, 0.2, 0.005),
                encodedX / 2,
                encodedY,
                1,
                new Vec3(0.2, 0.2, 0.005),
                EncodingLimits.ofCount(encodedY),
                EncodingLimits.NONE,
                1,
                1,
                1,
                1,
                0,
                Encoding.Trajectory.CARTESIAN,
                1);
        return new ScanHeader(
                id,
                "Spin echo",
                OffsetDateTime.parse("2026-03-04T10:12:00+01:00"),
                study,
                new ScannerInfo("", "Test scanner", "", "", "", "", 0.047, 2.0e6, 1, "1"),
                new SequenceParameters(
                        "se2d",
                        List.of("SE"),
                        List.of("NONE"),
                        "2D",
                        0.5,
                        List.of(0.02),
                        Double.NaN,
                        Math.PI / 2,
                        1,
                        1,
                        0.005,
                        25e-6),
                List.of(encoding),
                Map.of());
    }

    /** Line {@code index} of {@code count} of an axial 2D scan, with random samples. */
    public static Readout readout(int index, int count, int samples, int channels, Random random) {
        ReadoutHeader header = new ReadoutHeader(
                index,
                index == count - 1 ? AcquisitionFlags.LAST_IN_MEASUREMENT : 0,
                new EncodingCounters(index, 0, 0, 0, 0, 0, 0, 0, 0),
                samples,
                channels,
                samples / 2,
                0,
                0,
                25e-6,
                0.5 * index + 0.02,
                0,
                EncodingGeometry.AXIAL);
        float[] real = new float[samples * channels];
        float[] imaginary = new float[samples * channels];
        for (int i = 0; i < real.length; i++) {
            real[i] = (float) random.nextGaussian();
            imaginary[i] = (float) random.nextGaussian();
        }
        return new Readout(header, real, imaginary);
    }
}
