package org.isocenter.recon.epi;

import java.util.Map;
import org.isocenter.model.AcquisitionFlags;
import org.isocenter.model.Encoding;
import org.isocenter.model.Readout;
import org.isocenter.model.ReadoutHeader;
import org.isocenter.model.TrajectoryDescription;

/**
 * Where along read the samples of a readout lie, in 1/m: by its own trajectory, or by the trapezoid that the header
 * describes, or evenly, as if no gradient ever changed.
 */
final class ReadPositions {
    private final Encoding encoding;
    private final boolean trajectoriesInPerMeter;

    ReadPositions(Encoding encoding, boolean trajectoriesInPerMeter) {
        this.encoding = encoding;
        this.trajectoriesInPerMeter = trajectoriesInPerMeter;
    }

    double[] of(Readout readout) {
        ReadoutHeader header = readout.header();
        int dimensions = readout.trajectoryDimensions();
        double[] positions = new double[header.samples()];
        if (trajectoriesInPerMeter && dimensions > 0) {
            for (int s = 0; s < positions.length; s++) {
                positions[s] = readout.trajectoryPerMeter()[s * dimensions];
            }
            return positions;
        }
        boolean reverse = header.has(AcquisitionFlags.REVERSE);
        if (!isDescribed()) {
            double step = (reverse ? -1 : 1) / encoding.encodedFovMeters().x();
            for (int s = 0; s < positions.length; s++) {
                positions[s] = (s - center(header)) * step;
            }
            return positions;
        }
        double[] forward = onTrapezoid(header.samples());
        for (int s = 0; s < positions.length; s++) {
            positions[s] = forward[reverse ? positions.length - 1 - s : s];
        }
        return positions;
    }

    private boolean isDescribed() {
        TrajectoryDescription description = encoding.description();
        return description.identifier().equals(TrajectoryDescription.EPI)
                && number(description, "flatTopTime") + number(description, "rampUpTime") > 0
                && number(description, "dwellTime") > 0;
    }

    /** In the order of time. One that says the middle of a line that runs backward was counted after turning it round. */
    private static int center(ReadoutHeader header) {
        int samples = header.samples();
        int center = header.centerSample() == 0 ? samples / 2 : header.centerSample();
        return header.has(AcquisitionFlags.REVERSE) && 2 * center == samples ? center - 1 : center;
    }

    private double[] onTrapezoid(int samples) {
        double[] positions = new double[samples];
        for (int s = 0; s < samples; s++) {
            positions[s] = area(encoding.description(), s);
        }
        scale(positions, encoding.description());
        return positions;
    }

    /** Area of the trapezoid up to a sample from its middle on, for an amplitude of 1, in µs. */
    private static double area(TrajectoryDescription description, int sample) {
        double up = number(description, "rampUpTime");
        double flat = number(description, "flatTopTime");
        double down = number(description, "rampDownTime");
        double t = number(description, "acqDelayTime") + (sample + 0.5) * number(description, "dwellTime");
        double area = up > 0 ? 0.5 * Math.pow(Math.min(t, up), 2) / up : 0;
        area += Math.min(Math.max(t - up, 0), flat);
        double falling = Math.min(Math.max(t - up - flat, 0), down);
        area += down > 0 ? falling - 0.5 * falling * falling / down : 0;
        return area - 0.5 * (0.5 * up + flat + 0.5 * down);
    }

    /** The description has no amplitude: the flat top's samples are as far apart as the encoded field of view wants. */
    private void scale(double[] positions, TrajectoryDescription description) {
        double amplitude = 1
                / (number(description, "dwellTime")
                        * encoding.encodedFovMeters().x());
        int steps = encoding.encodedX();
        double extent = (positions[positions.length - 1] - positions[0])
                * amplitude
                * encoding.encodedFovMeters().x();
        // Consoles that sample faster than the encoded extent needs write the matrix that they regrid to: its width
        // counts.
        if (extent > 1.25 * steps || extent < 0.8 * steps) {
            amplitude *= steps / extent;
        }
        for (int s = 0; s < positions.length; s++) {
            positions[s] *= amplitude;
        }
    }

    private static double number(TrajectoryDescription description, String name) {
        Map<String, Long> whole = description.whole();
        return whole.containsKey(name) ? whole.get(name) : description.numbers().getOrDefault(name, 0.0);
    }
}
