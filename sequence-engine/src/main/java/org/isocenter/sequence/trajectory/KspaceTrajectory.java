package org.isocenter.sequence.trajectory;

import java.util.HashMap;
import java.util.Map;
import org.isocenter.model.Rotation;
import org.isocenter.model.Vec3;
import org.isocenter.sequence.Adc;
import org.isocenter.sequence.Axis;
import org.isocenter.sequence.RfPulse;
import org.isocenter.sequence.RfUse;
import org.isocenter.sequence.Sequence;

/**
 * The position in k-space at every ADC sample, in 1/m, on the sequence's physical axes: gradients are integrated exactly as
 * the piecewise-linear functions that they are, after each block's rotation. At the centre of an excitation (Pulseq's use e
 * or u) k becomes 0; at that of a refocusing pulse (r) it changes sign; other pulses leave it. Samples are taken at
 * {@code delay + (n+½)·dwell}. The convention of Pulseq's toolboxes.
 *
 * <p>Streams: memory does not grow with the length of the sequence. Any thread; each call is on its own.
 */
public final class KspaceTrajectory {
    /** Corners of gradients kept integrated, at most. */
    private static final int CACHED_CORNERS = 4 << 20;

    /** Called for each ADC window in order. */
    @FunctionalInterface
    public interface WindowConsumer {
        /** @param window valid during the call only; the same object is used for the next */
        void window(Window window);
    }

    /** One ADC window on its way. */
    public static final class Window {
        private int adcIndex = -1;
        private int block;
        private long startPs;
        private Adc adc;
        private double[] kx = {};
        private double[] ky = {};
        private double[] kz = {};
        private int excitations;
        private int excitationBlock = -1;
        private double excitationPs = Double.NaN;
        private int refocusings;

        /** Running number of the ADC window, from 0. */
        public int adcIndex() {
            return adcIndex;
        }

        public int block() {
            return block;
        }

        public Adc adc() {
            return adc;
        }

        /** From the sequence's start to that of the ADC window, in picoseconds. */
        public long startPs() {
            return startPs;
        }

        public double startSeconds() {
            return startPs * 1e-12;
        }

        public double dwellSeconds() {
            return adc.dwellPs() * 1e-12;
        }

        public int samples() {
            return adc.samples();
        }

        /** Time of a sample from the sequence's start. */
        public double timeSeconds(int sample) {
            return (startPs + (sample + 0.5) * adc.dwellPs()) * 1e-12;
        }

        /** k in 1/m; the first {@link #samples} entries count. Reused for the next window. */
        public double[] kx() {
            return kx;
        }

        public double[] ky() {
            return ky;
        }

        public double[] kz() {
            return kz;
        }

        /** How many excitations came before. */
        public int excitations() {
            return excitations;
        }

        /** The block of the last excitation; -1 before the first. */
        public int excitationBlock() {
            return excitationBlock;
        }

        /** Time of the last excitation's centre from the sequence's start; NaN before the first. */
        public double excitationSeconds() {
            return excitationPs * 1e-12;
        }

        /** How many refocusing pulses came since the last excitation. */
        public int refocusings() {
            return refocusings;
        }
    }

    private final Sequence sequence;
    private final Map<Integer, GradientIntegral> integrals = new HashMap<>();
    private int cachedCorners;
    private final Window window = new Window();
    private final Played[] played = {new Played(), new Played(), new Played()};

    // Within a block k = base + rotation of the gradients' integral since the block's start; the base changes at the
    // pulse.
    private Vec3 base = Vec3.ZERO;
    private Vec3 baseAfterPulse = Vec3.ZERO;
    private double pulsePs; // from the block's start; infinite when no pulse of this block moves k

    /**
     * One axis' gradient in the block under way. Where a gradient goes on from the block before without a break, its first
     * value is that of the other's last: the file's six digits leave a small step there that was never meant.
     */
    private static final class Played {
        private static final double ROUNDING = 2e-5;
        private GradientIntegral integral = GradientIntegral.ZERO;
        private double step;
        private double lastBefore;
        private int segment;

        void start(GradientIntegral gradient) {
            integral = gradient;
            segment = 0;
            double difference = lastBefore - gradient.first();
            boolean rounding = Math.abs(difference) <= ROUNDING * Math.abs(lastBefore);
            step = gradient.first() != 0 && rounding ? difference : 0;
        }

        void end(long blockDurationPs) {
            if (blockDurationPs > 0) {
                lastBefore = integral.lastAt(blockDurationPs);
            }
        }

        double at(double timePs) {
            return integral.at(timePs) + integral.ofFirstStep(step, timePs);
        }

        /** Like {@link #at} for times that do not decrease within the block. */
        double next(double timePs) {
            segment = integral.segment(timePs, segment);
            return integral.after(segment, timePs) + integral.ofFirstStep(step, timePs);
        }
    }

    private KspaceTrajectory(Sequence sequence) {
        this.sequence = sequence;
    }

    /** Walks the sequence once and hands over every ADC window. */
    public static void forEachWindow(Sequence sequence, WindowConsumer consumer) {
        new KspaceTrajectory(sequence).walk(consumer);
    }

    private void walk(WindowConsumer consumer) {
        for (int block = 0; block < sequence.blockCount(); block++) {
            Rotation rotation = sequence.rotation(block);
            for (Axis axis : Axis.values()) {
                played[axis.ordinal()].start(integral(sequence.gradientId(block, axis)));
            }
            preparePulse(block, rotation);
            int adcId = sequence.adcId(block);
            boolean pulseFirst = adcId == 0 || pulsePs <= sequence.adc(adcId).endPs();
            if (pulseFirst) {
                countPulse(block);
            }
            if (adcId != 0) {
                fill(block, sequence.adc(adcId), rotation);
                consumer.window(window);
            }
            if (!pulseFirst) {
                countPulse(block);
            }
            long end = sequence.blockDurationPs(block);
            base = (Double.isFinite(pulsePs) ? baseAfterPulse : base).plus(moved(end, rotation));
            for (Played axis : played) {
                axis.end(end);
            }
        }
    }

    private Vec3 moved(double timePs, Rotation rotation) {
        return rotation.apply(new Vec3(played[0].at(timePs), played[1].at(timePs), played[2].at(timePs)));
    }

    private void preparePulse(int block, Rotation rotation) {
        pulsePs = Double.POSITIVE_INFINITY;
        int id = sequence.rfId(block);
        if (id == 0 || !sequence.rfPulse(id).use().movesKspace()) {
            return;
        }
        RfPulse pulse = sequence.rfPulse(id);
        pulsePs = pulse.delayPs() + pulse.centerSeconds() * 1e12;
        Vec3 moved = moved(pulsePs, rotation);
        baseAfterPulse =
                pulse.use() == RfUse.REFOCUSING ? base.plus(moved.scaled(2)).scaled(-1) : moved.scaled(-1);
    }

    private void countPulse(int block) {
        if (!Double.isFinite(pulsePs)) {
            return;
        }
        if (sequence.rfPulse(sequence.rfId(block)).use() == RfUse.REFOCUSING) {
            window.refocusings++;
        } else {
            window.excitations++;
            window.excitationBlock = block;
            window.excitationPs = sequence.startPs(block) + pulsePs;
            window.refocusings = 0;
        }
    }

    private void fill(int block, Adc adc, Rotation rotation) {
        int n = adc.samples();
        window.adcIndex++;
        window.block = block;
        window.adc = adc;
        window.startPs = sequence.startPs(block) + adc.delayPs();
        if (window.kx.length < n) {
            window.kx = new double[n];
            window.ky = new double[n];
            window.kz = new double[n];
        }
        boolean turned = !rotation.isIdentity();
        Vec3 rx = rotation.apply(Vec3.X);
        Vec3 ry = rotation.apply(Vec3.Y);
        Vec3 rz = rotation.apply(Vec3.Z);
        for (int i = 0; i < n; i++) {
            double t = adc.delayPs() + (i + 0.5) * adc.dwellPs();
            Vec3 k0 = t < pulsePs ? base : baseAfterPulse;
            double x = played[0].next(t);
            double y = played[1].next(t);
            double z = played[2].next(t);
            window.kx[i] = k0.x() + (turned ? rx.x() * x + ry.x() * y + rz.x() * z : x);
            window.ky[i] = k0.y() + (turned ? rx.y() * x + ry.y() * y + rz.y() * z : y);
            window.kz[i] = k0.z() + (turned ? rx.z() * x + ry.z() * y + rz.z() * z : z);
        }
    }

    private GradientIntegral integral(int id) {
        if (id == 0) {
            return GradientIntegral.ZERO;
        }
        GradientIntegral integral = integrals.get(id);
        if (integral == null) {
            integral = new GradientIntegral(sequence.gradient(id).waveform(sequence.rasters()));
            if (cachedCorners + integral.corners() > CACHED_CORNERS) {
                integrals.clear();
                cachedCorners = 0;
            }
            integrals.put(id, integral);
            cachedCorners += integral.corners();
        }
        return integral;
    }
}
