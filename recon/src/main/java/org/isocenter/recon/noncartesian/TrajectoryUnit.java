package org.isocenter.recon.noncartesian;

import java.util.List;
import java.util.Locale;
import org.isocenter.model.Encoding;
import org.isocenter.model.Readout;
import org.isocenter.model.ScanHeader;
import org.isocenter.model.Vec3;
import org.isocenter.recon.mrd.MrdNotes;

/** In which unit raw data give their trajectories, which MRD leaves open. */
enum TrajectoryUnit {
    PER_METER("1/m", "1/m"),
    PER_MILLIMETER("1/mm", "1/mm"),
    /** From -0.5 to 0.5 across the matrix. */
    CYCLES_PER_PIXEL("cycles/pixel", "cycles per pixel"),
    /** From -N/2 to N/2. */
    CYCLES_PER_FOV("cycles/fov", "cycles per field of view"),
    RADIANS_PER_PIXEL("rad/pixel", "radians per pixel");

    private final String key;
    private final String words;

    TrajectoryUnit(String key, String words) {
        this.key = key;
        this.words = words;
    }

    /** As the header says; if it does not, the unit in which the farthest sample comes nearest to the edge of the matrix. */
    static TrajectoryUnit of(ScanHeader header, Encoding encoding, List<Readout> readouts, MrdNotes notes) {
        String told = header.userParameters().getOrDefault(ScanHeader.TRAJECTORY_UNIT, "");
        for (TrajectoryUnit unit : values()) {
            if (unit.key.equals(told.strip().toLowerCase(Locale.ROOT))) {
                return unit;
            }
        }
        double farthest = 0;
        for (Readout readout : readouts) {
            for (float k : readout.trajectoryPerMeter()) {
                farthest = Math.max(farthest, Math.abs(k));
            }
        }
        TrajectoryUnit best = PER_METER;
        double smallest = Double.POSITIVE_INFINITY;
        for (TrajectoryUnit unit : values()) {
            double edge = encoding.reconX() / 2.0;
            double distance = Math.abs(Math.log(farthest * unit.turns(encoding)[0] / edge));
            if (distance < smallest) {
                smallest = distance;
                best = unit;
            }
        }
        notes.add("the unit of the trajectory is not told: taken to be " + best.words
                + ", in which it reaches closest to the edge of the matrix");
        return best;
    }

    /** What a position in this unit is to be multiplied by, per axis, to give turns across the field of view. */
    double[] turns(Encoding encoding) {
        Vec3 fov = encoding.reconFovMeters();
        double[] meters = {fov.x(), fov.y(), fov.z()};
        int[] pixels = {encoding.reconX(), encoding.reconY(), encoding.reconZ()};
        double[] factors = new double[3];
        for (int d = 0; d < 3; d++) {
            factors[d] = switch (this) {
                case PER_METER -> meters[d];
                case PER_MILLIMETER -> meters[d] * 1e3;
                case CYCLES_PER_PIXEL -> pixels[d];
                case CYCLES_PER_FOV -> 1;
                case RADIANS_PER_PIXEL -> pixels[d] / (2 * Math.PI);
            };
        }
        return factors;
    }
}
