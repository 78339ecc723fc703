package org.isocenter.recon.remote;

import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.ArrayList;
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
import org.isocenter.model.RawData;
import org.isocenter.model.Readout;
import org.isocenter.model.ReadoutGroup;
import org.isocenter.model.ReadoutHeader;
import org.isocenter.model.ScanHeader;
import org.isocenter.model.ScannerInfo;
import org.isocenter.model.SequenceParameters;
import org.isocenter.model.Study;
import org.isocenter.model.Vec3;

/** Small scans of nothing but seeded noise, in two channels. */
final class Scans {
    static final double FOV_METERS = 0.064;
    static final String PATIENT_NAME = "Secret^Person";
    static final String PATIENT_ID = "4711-S";

    private static final int MATRIX = 16;

    private Scans() {}

    /** Of 16 × 16 pixels. @param slices apart in 2D, partitions in 3D */
    static RawData small(String acquisitionType, int slices) {
        return RawData.of(header(acquisitionType, slices), readouts(acquisitionType, slices));
    }

    /** The same two-dimensional scan, line by line of all slices instead of slice by slice. */
    static RawData interleaved(int slices) {
        RawData raw = small("2D", slices);
        List<ReadoutHeader> headers = new ArrayList<>();
        List<Readout> lines = new ArrayList<>();
        for (int y = 0; y < MATRIX; y++) {
            for (int slice = 0; slice < slices; slice++) {
                lines.add(raw.readout(slice * MATRIX + y));
                headers.add(lines.get(lines.size() - 1).header());
            }
        }
        List<ReadoutHeader> marked = ReadoutGroup.marked(headers);
        List<Readout> readouts = new ArrayList<>();
        for (int i = 0; i < lines.size(); i++) {
            readouts.add(
                    new Readout(marked.get(i), lines.get(i).real(), lines.get(i).imaginary()));
        }
        return RawData.of(raw.header(), readouts);
    }

    static ScanHeader header(String acquisitionType, int slices) {
        int partitions = acquisitionType.equals("3D") ? slices : 1;
        int separate = acquisitionType.equals("3D") ? 1 : slices;
        Vec3 fov = new Vec3(FOV_METERS, FOV_METERS, 0.004 * partitions);
        Encoding encoding = new Encoding(
                MATRIX,
                MATRIX,
                partitions,
                fov,
                MATRIX,
                MATRIX,
                partitions,
                fov,
                EncodingLimits.ofCount(MATRIX),
                EncodingLimits.ofCount(partitions),
                separate,
                1,
                1,
                1,
                separate > 1 ? 5e-3 : 0,
                Encoding.Trajectory.CARTESIAN,
                1);
        Patient patient = new Patient(PATIENT_NAME, PATIENT_ID, LocalDate.of(1951, 2, 3), "F", 61.5);
        Study study = new Study(
                "1.2.3",
                "exam 7",
                "A-99-X",
                "knee of Secret",
                "Hinz^Kunz",
                "1.2.4",
                OffsetDateTime.parse("2026-01-02T03:04:05Z"),
                patient,
                PatientPosition.HFS,
                "KNEE",
                false);
        ScannerInfo scanner = new ScannerInfo("", "", "", "", "", "", 0.05, 2.1e6, 2, "");
        SequenceParameters sequence = new SequenceParameters(
                "", List.of(), List.of(), acquisitionType, 0.1, List.of(0.01), Double.NaN, 1.5, 1, 1, 4e-3, 1e-5);
        return new ScanHeader("scan-1", "noise", null, study, scanner, sequence, List.of(encoding), Map.of());
    }

    static List<Readout> readouts(String acquisitionType, int slices) {
        Random random = new Random(slices);
        boolean slab = acquisitionType.equals("3D");
        List<Readout> readouts = new ArrayList<>();
        for (int z = 0; z < slices; z++) {
            for (int y = 0; y < MATRIX; y++) {
                boolean last = y == MATRIX - 1 && (!slab || z == slices - 1);
                boolean end = y == MATRIX - 1 && z == slices - 1;
                EncodingCounters counters = slab
                        ? new EncodingCounters(y, z, 0, 0, 0, 0, 0, 0, 0)
                        : new EncodingCounters(y, 0, 0, z, 0, 0, 0, 0, 0);
                long flags =
                        (last ? AcquisitionFlags.LAST_IN_SLICE : 0) | (end ? AcquisitionFlags.LAST_IN_MEASUREMENT : 0);
                readouts.add(new Readout(
                        new ReadoutHeader(
                                readouts.size(),
                                flags,
                                counters,
                                MATRIX,
                                2,
                                MATRIX / 2,
                                0,
                                0,
                                1e-5,
                                readouts.size() / 10.0,
                                0,
                                EncodingGeometry.AXIAL.centredAt(new Vec3(0, 0, slab ? 0 : 5e-3 * z))),
                        noise(random),
                        noise(random)));
            }
        }
        return readouts;
    }

    private static float[] noise(Random random) {
        float[] values = new float[2 * MATRIX];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) random.nextGaussian();
        }
        return values;
    }
}
