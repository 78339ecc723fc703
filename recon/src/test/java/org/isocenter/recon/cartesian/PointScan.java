package org.isocenter.recon.cartesian;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.isocenter.model.Encoding;
import org.isocenter.model.EncodingCounters;
import org.isocenter.model.EncodingGeometry;
import org.isocenter.model.EncodingLimits;
import org.isocenter.model.Patient;
import org.isocenter.model.PatientPosition;
import org.isocenter.model.RawData;
import org.isocenter.model.Readout;
import org.isocenter.model.ReadoutHeader;
import org.isocenter.model.ScanHeader;
import org.isocenter.model.ScannerInfo;
import org.isocenter.model.SequenceParameters;
import org.isocenter.model.Study;
import org.isocenter.model.Vec3;

/** The exact k-space, s(k) = e^(-2πi k·r), of a point somewhere in the patient. */
public final class PointScan {
    private PointScan() {}

    /** Twofold oversampled along x, with voxels of 2 × 3 × 4 mm. */
    public static Encoding encoding(int x, int y, int z, int slices) {
        Vec3 fov = new Vec3(x * 2e-3, y * 3e-3, z * 4e-3);
        return new Encoding(
                2 * x,
                y,
                z,
                new Vec3(2 * fov.x(), fov.y(), fov.z()),
                x,
                y,
                z,
                fov,
                EncodingLimits.ofCount(y),
                EncodingLimits.ofCount(z),
                slices,
                1,
                1,
                1,
                slices > 1 ? 5e-3 : 0,
                Encoding.Trajectory.CARTESIAN,
                1);
    }

    public static ScanHeader header(Encoding... encodings) {
        Study study = new Study("", "", "", "", "", "", null, Patient.UNKNOWN, PatientPosition.HFS, "", true);
        ScannerInfo scanner = new ScannerInfo("", "", "", "", "", "", 0.05, 2.1e6, 1, "");
        SequenceParameters sequence = new SequenceParameters(
                "", List.of(), List.of(), "2D", Double.NaN, List.of(), Double.NaN, Double.NaN, 1, 1, 4e-3, 1e-5);
        return new ScanHeader("test", "", null, study, scanner, sequence, List.of(encodings), Map.of());
    }

    /** All lines of one slice or slab, in order. */
    public static List<Readout> lines(Encoding e, EncodingGeometry geometry, Vec3 pointMeters, int slice) {
        List<Readout> lines = new ArrayList<>();
        for (int z = 0; z < e.encodedZ(); z++) {
            for (int y = 0; y < e.encodedY(); y++) {
                EncodingCounters counters = new EncodingCounters(y, z, 0, slice, 0, 0, 0, 0, 0);
                lines.add(line(e, geometry, pointMeters, counters, 0, 0, e.encodedX(), e.encodedX() / 2, 1));
            }
        }
        return lines;
    }

    /**
     * One line.
     *
     * @param centerSample sample at k = 0
     * @param direction -1 for a line that runs backwards
     */
    public static Readout line(
            Encoding e,
            EncodingGeometry geometry,
            Vec3 pointMeters,
            EncodingCounters counters,
            int space,
            long flags,
            int samples,
            int centerSample,
            int direction) {
        Vec3 r = pointMeters.minus(geometry.centerMeters());
        Vec3 fov = e.encodedFovMeters();
        double turns = (counters.step1() - e.step1().center()) * r.dot(geometry.phase()) / fov.y()
                + (counters.step2() - e.step2().center()) * r.dot(geometry.slice()) / fov.z();
        float[] real = new float[samples];
        float[] imaginary = new float[samples];
        for (int s = 0; s < samples; s++) {
            double phase = -2 * Math.PI * (turns + direction * (s - centerSample) * r.dot(geometry.read()) / fov.x());
            real[s] = (float) Math.cos(phase);
            imaginary[s] = (float) Math.sin(phase);
        }
        ReadoutHeader header =
                new ReadoutHeader(0, flags, counters, samples, 1, centerSample, 0, 0, 1e-5, 0, space, geometry);
        return new Readout(header, real, imaginary);
    }

    public static RawData raw(Encoding encoding, List<Readout> readouts) {
        return RawData.of(header(encoding), readouts);
    }
}
