package org.isocenter.recon.noncartesian;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.isocenter.model.Encoding.Trajectory;
import org.isocenter.model.RawData;
import org.isocenter.model.Readout;
import org.isocenter.recon.chain.ChainContext;
import org.isocenter.recon.chain.RawStep;

/**
 * Moves the positions of samples by the delays of the gradients: those that are known, of any trajectory, or those that {@link
 * DelayEstimate} finds in plane whole spokes.
 *
 * @param known all zero for none
 */
record GradientDelayStep(KnownDelays known) implements RawStep {
    /** More than this is no delay but a failure of the search, in samples. */
    private static final double MOST_SAMPLES = 4;

    private static final double STRAIGHT = 1e-3;

    @Override
    public RawData apply(RawData raw, ChainContext context) {
        if (Arrays.stream(known.seconds()).anyMatch(delay -> delay != 0)) {
            return known.applied(raw, context);
        }
        int size = raw.size();
        List<DelayEstimate.Spoke> spokes = new ArrayList<>();
        double sampleSeconds = 0;
        for (int i = 0; i < size; i++) {
            DelayEstimate.Spoke spoke = spoke(raw, raw.readout(i));
            if (spoke != null) {
                spokes.add(spoke);
                sampleSeconds = raw.readout(i).header().dwellSeconds();
            }
        }
        if (spokes.isEmpty()) {
            return raw;
        }
        double[] shift = DelayEstimate.of(spokes);
        if (shift == null || Math.abs(shift[0]) + Math.abs(shift[1]) + Math.abs(shift[2]) > MOST_SAMPLES) {
            context.notes().add("the spokes do not tell the delays of the gradients: left as they are");
            return raw;
        }
        double micros = -1e6 * sampleSeconds;
        context.notes()
                .add(String.format(
                        Locale.ROOT,
                        "gradient delays found in the spokes and corrected: x %.2f µs, y %.2f µs, between them %.2f µs",
                        micros * shift[0],
                        micros * shift[1],
                        micros * shift[2]));
        RawData corrected = new RawData(raw.header(), raw.expected());
        for (int i = 0; i < size; i++) {
            Readout readout = raw.readout(i);
            corrected.append(spoke(raw, readout) == null ? readout : moved(readout, shift));
        }
        return corrected;
    }

    /** Null when it is not a whole spoke in the plane. */
    private static DelayEstimate.Spoke spoke(RawData raw, Readout readout) {
        int space = readout.header().encodingSpace();
        int samples = readout.header().samples();
        boolean radial = space < raw.header().encodings().size()
                && raw.header().encodings().get(space).trajectory() == Trajectory.RADIAL
                && raw.header().encodings().get(space).encodedZ() <= 1;
        int stride = readout.trajectoryDimensions();
        if (!radial || stride < 2 || samples < 16) {
            return null;
        }
        float[] k = readout.trajectoryPerMeter();
        double x = k[(samples - 1) * stride] - k[0];
        double y = k[(samples - 1) * stride + 1] - k[1];
        double length = Math.hypot(x, y);
        if (!(length > 0)) {
            return null;
        }
        double across = (k[0] * y - k[1] * x) / length;
        double center = -(k[0] * x + k[1] * y) / length / length * (samples - 1);
        boolean whole = center > samples / 4.0 && center < samples * 3 / 4.0;
        return whole && Math.abs(across) < STRAIGHT * length
                ? new DelayEstimate.Spoke(x / length, y / length, center, samples, readout.real(), readout.imaginary())
                : null;
    }

    private static Readout moved(Readout readout, double[] shift) {
        int samples = readout.header().samples();
        int stride = readout.trajectoryDimensions();
        float[] k = readout.trajectoryPerMeter().clone();
        // A step along the spoke, in 1/m, is its direction times the length of a step.
        double x = (k[(samples - 1) * stride] - k[0]) / (samples - 1);
        double y = (k[(samples - 1) * stride + 1] - k[1]) / (samples - 1);
        float byX = (float) (shift[0] * x + shift[2] * y);
        float byY = (float) (shift[2] * x + shift[1] * y);
        for (int s = 0; s < samples; s++) {
            k[s * stride] += byX;
            k[s * stride + 1] += byY;
        }
        return new Readout(readout.header(), readout.real(), readout.imaginary(), stride, k);
    }
}
