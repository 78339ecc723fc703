package org.isocenter.recon.noncartesian;

import java.util.Locale;
import org.isocenter.model.Encoding.Trajectory;
import org.isocenter.model.RawData;
import org.isocenter.model.Readout;
import org.isocenter.recon.chain.ChainContext;

/**
 * Moves the positions of samples along their own trajectory, by delays of the gradients that are known: what was at k(t) is at
 * k(t - delay), axis by axis (Peters et al., Magn Reson Med 50:1, 2003; for spirals Robison et al., Magn Reson Med 63:1683, 2010). For
 * any trajectory that is not a line of the grid. Between samples by cubic polynomials.
 *
 * @param seconds along the trajectory's axes: x, y and z
 */
record KnownDelays(double... seconds) {

    RawData applied(RawData raw, ChainContext context) {
        int size = raw.size();
        RawData moved = new RawData(raw.header(), raw.expected());
        int count = 0;
        for (int i = 0; i < size; i++) {
            Readout readout = raw.readout(i);
            boolean concerned = concerns(raw, readout);
            count += concerned ? 1 : 0;
            moved.append(concerned ? moved(readout) : readout);
        }
        if (count == 0) {
            context.notes().add("gradient delays: there are no positions that they could move");
            return raw;
        }
        context.notes()
                .add(String.format(
                        Locale.ROOT,
                        "gradient delays of %.2f, %.2f and %.2f µs were taken off the positions of %d readouts",
                        1e6 * seconds[0],
                        1e6 * seconds[1],
                        1e6 * seconds[2],
                        count));
        return moved;
    }

    private static boolean concerns(RawData raw, Readout readout) {
        int space = readout.header().encodingSpace();
        if (space >= raw.header().encodings().size()) {
            return false;
        }
        Trajectory kind = raw.header().encodings().get(space).trajectory();
        return kind != Trajectory.CARTESIAN
                && kind != Trajectory.EPI
                && readout.trajectoryDimensions() > 0
                && readout.header().samples() > 1
                && readout.header().dwellSeconds() > 0;
    }

    private Readout moved(Readout readout) {
        int stride = readout.trajectoryDimensions();
        int samples = readout.header().samples();
        float[] nominal = readout.trajectoryPerMeter();
        float[] k = nominal.clone();
        for (int axis = 0; axis < Math.min(stride, seconds.length); axis++) {
            double delay = seconds[axis] / readout.header().dwellSeconds();
            for (int s = 0; s < samples && delay != 0; s++) {
                k[s * stride + axis] = (float) at(nominal, stride, axis, samples, s - delay);
            }
        }
        return new Readout(readout.header(), readout.samples(), stride, k);
    }

    /** The position at a time in samples, by the polynomial through the four samples about it, or at the end nearest to it. */
    private static double at(float[] k, int stride, int axis, int samples, double time) {
        int points = Math.min(4, samples);
        int first = (int) Math.max(0, Math.min(samples - points, Math.floor(time) - 1));
        // Further than a sample beyond either end the polynomial would run away: there the speed stays.
        double within = Math.max(-1, Math.min(samples, time));
        double value = polynomial(k, stride, axis, first, points, within);
        if (within != time) {
            double inside = within < 0 ? 0 : samples - 1;
            value += (value - polynomial(k, stride, axis, first, points, inside)) * Math.abs(time - within);
        }
        return value;
    }

    private static double polynomial(float[] k, int stride, int axis, int first, int points, double time) {
        double sum = 0;
        for (int i = 0; i < points; i++) {
            double weight = 1;
            for (int j = 0; j < points; j++) {
                weight *= j == i ? 1 : (time - first - j) / (i - j);
            }
            sum += weight * k[(first + i) * stride + axis];
        }
        return sum;
    }
}
