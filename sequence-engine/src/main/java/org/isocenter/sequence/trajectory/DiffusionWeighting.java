package org.isocenter.sequence.trajectory;

import java.util.Arrays;
import java.util.function.IntUnaryOperator;
import org.isocenter.model.Rotation;
import org.isocenter.model.Vec3;
import org.isocenter.sequence.Adc;
import org.isocenter.sequence.Axis;
import org.isocenter.sequence.RfPulse;
import org.isocenter.sequence.RfUse;
import org.isocenter.sequence.Sequence;

/**
 * How much all of a sequence's gradients together weight its readouts by diffusion: the b-matrix (2π)²∫k·kᵀdt from the centre
 * of the last excitation to a sample, with k as {@link KspaceTrajectory} counts it (Mattiello, Basser and LeBihan 1994).
 * Between the gradients' corners k is quadratic in time and its products of fourth order, which Gauss's rule of three points
 * integrates exactly. Signal stored along z by preparation pulses is not followed.
 */
public final class DiffusionWeighting {

    /** The symmetric b-matrix on the sequence's physical axes, s/m². */
    public record BMatrix(double xx, double xy, double xz, double yy, double yz, double zz) {
        private static final BMatrix ZERO = new BMatrix(0, 0, 0, 0, 0, 0);

        /** The b-value: what an isotropic medium feels. */
        public double trace() {
            return xx + yy + zz;
        }

        private BMatrix plus(double weight, Vec3 k) {
            return new BMatrix(
                    xx + weight * k.x() * k.x(),
                    xy + weight * k.x() * k.y(),
                    xz + weight * k.x() * k.z(),
                    yy + weight * k.y() * k.y(),
                    yz + weight * k.y() * k.z(),
                    zz + weight * k.z() * k.z());
        }
    }

    private static final double[] NODES = {-Math.sqrt(0.6), 0, Math.sqrt(0.6)};
    private static final double[] WEIGHTS = {5 / 18.0, 8 / 18.0, 5 / 18.0};

    private final Sequence sequence;
    private final PlayedAxis[] played;
    private Vec3 base = Vec3.ZERO;
    private BMatrix sum = BMatrix.ZERO;

    private DiffusionWeighting(Sequence sequence) {
        this.sequence = sequence;
        IntegralCache cache = new IntegralCache(sequence);
        played = new PlayedAxis[] {new PlayedAxis(cache), new PlayedAxis(cache), new PlayedAxis(cache)};
    }

    /**
     * The weighting of every ADC window.
     *
     * @param sampleOfWindow the sample to weigh, by the window's running number
     */
    public static BMatrix[] of(Sequence sequence, IntUnaryOperator sampleOfWindow) {
        return new DiffusionWeighting(sequence).walk(sampleOfWindow);
    }

    private BMatrix[] walk(IntUnaryOperator sampleOfWindow) {
        BMatrix[] result = new BMatrix[sequence.adcWindows()];
        int window = 0;
        for (int block = 0; block < sequence.blockCount(); block++) {
            for (Axis axis : Axis.values()) {
                played[axis.ordinal()].start(sequence.gradientId(block, axis));
            }
            long end = sequence.blockDurationPs(block);
            double pulsePs = pulsePs(block);
            double samplePs = Double.POSITIVE_INFINITY;
            if (sequence.adcId(block) != 0) {
                Adc adc = sequence.adc(sequence.adcId(block));
                samplePs = adc.delayPs() + (sampleOfWindow.applyAsInt(window) + 0.5) * adc.dwellPs();
            }
            Rotation rotation = sequence.rotation(block);
            double from = 0;
            for (double to : stops(block, end, pulsePs, samplePs)) {
                integrate(from, to, rotation);
                if (to == pulsePs) {
                    pulse(block, to, rotation);
                }
                if (to == samplePs) {
                    result[window++] = sum;
                }
                from = to;
            }
            base = base.plus(moved(end, rotation));
            for (PlayedAxis axis : played) {
                axis.end(end);
            }
        }
        return result;
    }

    /** Where anything happens in the block, ascending, its end last. */
    private double[] stops(int block, long end, double pulsePs, double samplePs) {
        double[] times = {pulsePs, samplePs, end};
        for (Axis axis : Axis.values()) {
            int id = sequence.gradientId(block, axis);
            if (id != 0) {
                long[] corners =
                        sequence.gradient(id).waveform(sequence.rasters()).timesPs();
                int n = times.length;
                times = Arrays.copyOf(times, n + corners.length);
                for (int i = 0; i < corners.length; i++) {
                    times[n + i] = corners[i];
                }
            }
        }
        return Arrays.stream(times)
                .filter(t -> t >= 0 && t <= end)
                .sorted()
                .distinct()
                .toArray();
    }

    private void integrate(double from, double to, Rotation rotation) {
        double scale = 4 * Math.PI * Math.PI * (to - from) * 1e-12;
        for (int i = 0; scale > 0 && i < NODES.length; i++) {
            double t = 0.5 * (from + to) + 0.5 * (to - from) * NODES[i];
            sum = sum.plus(WEIGHTS[i] * scale, base.plus(moved(t, rotation)));
        }
    }

    private void pulse(int block, double at, Rotation rotation) {
        Vec3 moved = moved(at, rotation);
        if (sequence.rfPulse(sequence.rfId(block)).use() == RfUse.REFOCUSING) {
            base = base.plus(moved.scaled(2)).scaled(-1);
        } else {
            base = moved.scaled(-1);
            sum = BMatrix.ZERO;
        }
    }

    /** From the block's start; not a number where no pulse moves k. */
    private double pulsePs(int block) {
        int id = sequence.rfId(block);
        if (id == 0 || !sequence.rfPulse(id).use().movesKspace()) {
            return Double.NaN;
        }
        RfPulse pulse = sequence.rfPulse(id);
        return pulse.delayPs() + pulse.centerSeconds() * 1e12;
    }

    private Vec3 moved(double timePs, Rotation rotation) {
        return rotation.apply(new Vec3(played[0].at(timePs), played[1].at(timePs), played[2].at(timePs)));
    }
}
