package org.isocenter.sequence.trajectory;

import java.util.Arrays;
import org.isocenter.model.Rotation;
import org.isocenter.model.Vec3;
import org.isocenter.sequence.Adc;
import org.isocenter.sequence.Axis;
import org.isocenter.sequence.RfPulse;
import org.isocenter.sequence.RfUse;
import org.isocenter.sequence.Sequence;

/**
 * The position in k-space at every ADC sample, in 1/m, on the sequence's physical axes: gradients are integrated exactly as
 * they are played ({@link org.isocenter.sequence.Gradient#held}), after each block's rotation. At the centre of an excitation (Pulseq's use e
 * or u) k becomes 0; at that of a refocusing pulse (r) it changes sign; other pulses leave it. Samples are taken at
 * {@code delay + (n+½)·dwell}. The convention of Pulseq's toolboxes.
 *
 * <p>Streams: memory does not grow with the length of the sequence; each window's arrays are there for the length of a call.
 * What a gradient adds at the samples of a window is worked out once for the two and then only moved to where the block
 * begins. Any thread; each call is on its own.
 */
public final class KspaceTrajectory {
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

        /**
         * k on other axes in single precision, e.g. on a readout's logical ones (read, phase, slice).
         *
         * @param axes takes vectors on those axes to the device's: for a readout's logical axes
         *     {@code position.patientToDevice().after(header.geometry().rotation())}
         * @param read k along the first axis, 1/m; {@link #samples} values are written, from index 0. So for the others
         */
        public void copyTo(Rotation axes, float[] read, float[] phase, float[] slice) {
            double[] m = matrix(axes.inverse());
            for (int i = 0; i < adc.samples(); i++) {
                double x = kx[i];
                double y = ky[i];
                double z = kz[i];
                read[i] = (float) (m[0] * x + m[1] * y + m[2] * z);
                phase[i] = (float) (m[3] * x + m[4] * y + m[5] * z);
                slice[i] = (float) (m[6] * x + m[7] * y + m[8] * z);
            }
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

    private static final Axis[] AXES = Axis.values();
    private static final double[] UNTURNED = {1, 0, 0, 0, 1, 0, 0, 0, 1};

    private final Sequence sequence;
    private final Window window = new Window();
    private final PlayedAxis[] played;

    // Within a block k = base + rotation of the gradients' integral since the block's start; the base changes at the
    // pulse.
    private final double[] base = new double[3];
    private final double[] baseAfterPulse = new double[3];
    private final double[] moved = new double[3];
    private double[] matrix = UNTURNED;
    private Rotation rotation = Rotation.IDENTITY;
    private double pulsePs; // from the block's start; infinite when no pulse of this block moves k

    private KspaceTrajectory(Sequence sequence) {
        this.sequence = sequence;
        IntegralCache cache = new IntegralCache(sequence);
        this.played = new PlayedAxis[] {new PlayedAxis(cache), new PlayedAxis(cache), new PlayedAxis(cache)};
    }

    /** Walks the sequence once and hands over every ADC window. */
    public static void forEachWindow(Sequence sequence, WindowConsumer consumer) {
        new KspaceTrajectory(sequence).walk(consumer);
    }

    private void walk(WindowConsumer consumer) {
        for (int block = 0; block < sequence.blockCount(); block++) {
            turn(sequence.rotation(block));
            for (Axis axis : AXES) {
                played[axis.ordinal()].start(sequence.gradientId(block, axis));
            }
            preparePulse(block);
            int adcId = sequence.adcId(block);
            boolean pulseFirst = adcId == 0 || pulsePs <= sequence.adc(adcId).endPs();
            if (pulseFirst) {
                countPulse(block);
            }
            if (adcId != 0) {
                fill(block, adcId);
                consumer.window(window);
            }
            if (!pulseFirst) {
                countPulse(block);
            }
            long end = sequence.blockDurationPs(block);
            move(end);
            double[] from = pulsePs < Double.POSITIVE_INFINITY ? baseAfterPulse : base;
            for (int axis = 0; axis < 3; axis++) {
                base[axis] = from[axis] + moved[axis];
                played[axis].end(end);
            }
        }
    }

    private void turn(Rotation to) {
        if (!to.equals(rotation)) {
            rotation = to;
            matrix = to.isIdentity() ? UNTURNED : matrix(to);
        }
    }

    /** Row by row. */
    private static double[] matrix(Rotation rotation) {
        Vec3 x = rotation.apply(Vec3.X);
        Vec3 y = rotation.apply(Vec3.Y);
        Vec3 z = rotation.apply(Vec3.Z);
        return new double[] {x.x(), y.x(), z.x(), x.y(), y.y(), z.y(), x.z(), y.z(), z.z()};
    }

    /** Sets {@link #moved} to the way through k-space from the block's start to this time. */
    private void move(double timePs) {
        double x = played[0].at(timePs);
        double y = played[1].at(timePs);
        double z = played[2].at(timePs);
        for (int axis = 0; axis < 3; axis++) {
            moved[axis] = matrix[3 * axis] * x + matrix[3 * axis + 1] * y + matrix[3 * axis + 2] * z;
        }
    }

    private void preparePulse(int block) {
        pulsePs = Double.POSITIVE_INFINITY;
        int id = sequence.rfId(block);
        if (id == 0 || !sequence.rfPulse(id).use().movesKspace()) {
            return;
        }
        RfPulse pulse = sequence.rfPulse(id);
        pulsePs = pulse.delayPs() + pulse.centerSeconds() * 1e12;
        move(pulsePs);
        boolean refocusing = pulse.use() == RfUse.REFOCUSING;
        for (int axis = 0; axis < 3; axis++) {
            // What the gradients did before the pulse is still in their integral: it is taken off here.
            baseAfterPulse[axis] = refocusing ? -base[axis] - 2 * moved[axis] : -moved[axis];
        }
    }

    private void countPulse(int block) {
        if (pulsePs == Double.POSITIVE_INFINITY) {
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

    private void fill(int block, int adcId) {
        Adc adc = sequence.adc(adcId);
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
        int before = samplesBefore(pulsePs, adc);
        startFrom(0, window.kx, before, n);
        startFrom(1, window.ky, before, n);
        startFrom(2, window.kz, before, n);
        for (int from = 0; from < 3; from++) {
            double[] integral = played[from].atSamples(adcId, adc);
            if (integral != null) {
                add(matrix[from], integral, window.kx, n);
                add(matrix[3 + from], integral, window.ky, n);
                add(matrix[6 + from], integral, window.kz, n);
            }
        }
    }

    /** How many of the window's samples are taken before this time of the block. */
    private static int samplesBefore(double timePs, Adc adc) {
        double samples = Math.ceil((timePs - adc.delayPs()) / adc.dwellPs() - 0.5);
        return (int) Math.max(0, Math.min(adc.samples(), samples));
    }

    private void startFrom(int axis, double[] k, int before, int n) {
        Arrays.fill(k, 0, before, base[axis]);
        Arrays.fill(k, before, n, baseAfterPulse[axis]);
    }

    private static void add(double factor, double[] integral, double[] k, int n) {
        if (factor != 0) {
            for (int i = 0; i < n; i++) {
                k[i] += factor * integral[i];
            }
        }
    }
}
