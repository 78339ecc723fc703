package org.isocenter.recon.mrd;

import java.nio.ByteBuffer;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.isocenter.model.AcquisitionFlags;
import org.isocenter.model.Anatomy;
import org.isocenter.model.BodyPart;
import org.isocenter.model.Encoding;
import org.isocenter.model.EncodingCounters;
import org.isocenter.model.EncodingGeometry;
import org.isocenter.model.EncodingLimits;
import org.isocenter.model.ParallelImaging;
import org.isocenter.model.Patient;
import org.isocenter.model.PatientPosition;
import org.isocenter.model.PerformedStep;
import org.isocenter.model.RawData;
import org.isocenter.model.Readout;
import org.isocenter.model.ReadoutHeader;
import org.isocenter.model.ScanHeader;
import org.isocenter.model.ScannerInfo;
import org.isocenter.model.SequenceParameters;
import org.isocenter.model.Side;
import org.isocenter.model.Study;
import org.isocenter.model.TrajectoryDescription;
import org.isocenter.model.Vec3;
import org.isocenter.model.Waveform;
import org.isocenter.testing.Orders;

/** Headers and readouts with every field different from its default. */
final class MrdExamples {
    private MrdExamples() {}

    static ScanHeader header() {
        Patient patient = new Patient("Müller^Ännchen <&>", "P-17", LocalDate.of(1970, 2, 28), "F", 61.5);
        Study study = new Study(
                "1.2.3.4",
                "S7",
                "ACC-0042",
                "knee, both",
                "House^Gregory",
                "1.2.3.5",
                OffsetDateTime.parse("2026-03-01T09:30:00.125+01:00"),
                patient,
                PatientPosition.FFP,
                new Anatomy(BodyPart.KNEE, Side.LEFT),
                true,
                List.of(Orders.knee("1.2.3.4"), Orders.kneeAgain("1.2.3.4")),
                new PerformedStep("1.2.3.6", "PPS-1", OffsetDateTime.parse("2026-03-01T10:05:00+01:00"), "knee"));
        ScannerInfo scanner = new ScannerInfo(
                "vendor", "model", "SN1", "station", "clinic", "knee coil", 0.047, 2001141.49, 2, "0.1.0");
        SequenceParameters sequence = new SequenceParameters(
                "tse3d",
                List.of("SE"),
                List.of("SK", "SP"),
                "3D",
                0.5,
                List.of(0.0201, 0.0403),
                0.15,
                Math.toRadians(89.5),
                8,
                3,
                0.0015,
                8.138e-6);
        return new ScanHeader(
                "scan-1",
                "T2 TSE \"axial\"",
                OffsetDateTime.parse("2026-03-01T10:05:07.5+01:00"),
                study,
                scanner,
                sequence,
                List.of(encoding(), encoding()),
                Map.of("trajectory_unit", "1/m", "note", "a < b"));
    }

    static Encoding encoding() {
        return new Encoding(
                64,
                30,
                4,
                new Vec3(0.4, 0.1875, 0.06),
                32,
                32,
                4,
                new Vec3(0.2, 0.2, 0.06),
                new EncodingLimits(1, 29, 15),
                EncodingLimits.ofCount(4),
                5,
                3,
                2,
                6,
                0.0065,
                Encoding.Trajectory.CARTESIAN,
                8,
                new ParallelImaging(2, 3, ParallelImaging.Calibration.EMBEDDED),
                new TrajectoryDescription(
                        TrajectoryDescription.EPI, Map.of("rampUpTime", 110L), Map.of("dwellTime", 2.5)));
    }

    static Readout readout(Random random, int scanCounter, int samples, int channels, int dimensions) {
        ReadoutHeader header = new ReadoutHeader(
                scanCounter,
                AcquisitionFlags.REVERSE | 1L << 63,
                new EncodingCounters(1, 2, 3, 4, 5, 6, 7, 65535, 9),
                samples,
                channels,
                samples / 2,
                3,
                2,
                19.2e-6,
                scanCounter * 0.0123456789 + 70.0,
                1,
                EncodingGeometry.CORONAL.centredAt(new Vec3(0.0125, -0.03, 0.4)));
        return new Readout(
                header,
                floats(random, samples * channels),
                floats(random, samples * channels),
                dimensions,
                floats(random, samples * dimensions));
    }

    static RawData raw(Random random, int count, int samples, int channels, int dimensions) {
        List<Readout> readouts = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            readouts.add(readout(random, i, samples, channels, dimensions));
        }
        return RawData.of(header(), readouts);
    }

    /** Of 5 columns, 4 rows, 3 slices, 2 channels. */
    static MrdImageHeader imageHeader(MrdPixelType type) {
        return new MrdImageHeader(
                type,
                1L << 63 | 5,
                -2,
                5,
                4,
                3,
                2,
                new Vec3(0.2, 0.15, 0.06),
                EncodingGeometry.CORONAL.centredAt(new Vec3(0.0125, -0.03, 0.4)),
                new Vec3(0.001, 0.002, -1.5),
                new EncodingCounters(0, 0, 3, 4, 5, 6, 7, 8, 0),
                -1,
                List.of(1, -2, 3),
                type.isComplex() ? MrdImageType.COMPLEX : MrdImageType.MAGNITUDE,
                9,
                10,
                List.of(1, 2, 3, 4, 5, 6, 7, -8),
                List.of(1f, 2f, 3f, 4f, 5f, 6f, 7f, 0.75f));
    }

    static MrdImage image(Random random, MrdPixelType type) {
        MrdImageHeader header = imageHeader(type);
        byte[] pixels = new byte[(int) header.pixelBytes()];
        random.nextBytes(pixels);
        MrdMeta meta = MrdMeta.NONE.with("ImageRowDir", List.of("1", "0", "0")).with("ImageComment", "<µ>");
        return new MrdImage(header, meta, ByteBuffer.wrap(pixels));
    }

    static Waveform waveform(Random random) {
        int[] values = random.ints(14).toArray();
        return new Waveform(6, 1, 12, -5, 7, 2, 2.5e-3, 2, values);
    }

    private static float[] floats(Random random, int count) {
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = random.nextFloat() * 2 - 1;
        }
        return values;
    }
}
