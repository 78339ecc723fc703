package org.isocenter.recon.iterative;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.isocenter.recon.fft.FftLanes;
import org.isocenter.recon.fft.FftPlan;
import org.isocenter.recon.fft.Lines;
import org.isocenter.recon.fft.Span;

/**
 * Some points of the grid of k-space, in any pattern, 2D or 3D. Data are laid out as the grid, k = 0 at N/2 (rounded down) of
 * each axis; points that were not measured are ignored and given as zero.
 *
 * <p>Along an axis where each line was measured wholly or not at all, a transform and its inverse cancel in the normal
 * operator and are left out: a 2D scan that skips lines needs transforms of its columns only. The axis that is transformed
 * last is masked and transformed back while its lines are in the cache.
 */
public final class CartesianSampling implements FourierSampling {
    /** From so many pixels on, the lines of one transform are shared out among threads; below, channels are. */
    private static final int LARGE = 1 << 20;

    private static final int WORKERS = 8;

    private final Axis x;
    private final Axis y;
    private final Axis z;
    /** For each point of k-space 1/√points, or 0. */
    private final float[] weights;
    /** The axes along which the pattern changes, the one to be masked last. */
    private final Axis[] varying;
    /** For each group of lines of the last of these axes, the weights of the normal operator as they lie in the group. */
    private final float[][] groupWeights;

    private CartesianSampling(int sizeX, int sizeY, int sizeZ, boolean[] measured) {
        x = new Axis(sizeX, 1, sizeY * sizeZ);
        y = new Axis(sizeY, sizeX, sizeZ);
        z = new Axis(sizeZ, sizeX * sizeY, 1);
        weights = new float[measured.length];
        float weight = (float) (1 / Math.sqrt(measured.length));
        for (int i = 0; i < measured.length; i++) {
            weights[i] = measured[i] ? weight : 0;
        }
        Axis[] all = {z, y, x};
        varying = Arrays.stream(all).filter(axis -> axis.varies(measured)).toArray(Axis[]::new);
        groupWeights = varying.length == 0 ? null : groupWeights(measured);
    }

    /**
     * @param measured for each point of k-space, x fastest, then y, then z
     * @throws IllegalArgumentException if there are not as many as points, or none was measured
     */
    public static CartesianSampling of(int sizeX, int sizeY, int sizeZ, boolean[] measured) {
        if (measured.length != sizeX * sizeY * sizeZ) {
            throw new IllegalArgumentException("a pattern of " + measured.length + " points for a k-space of " + sizeX
                    + "×" + sizeY + "×" + sizeZ);
        }
        for (boolean each : measured) {
            if (each) {
                return new CartesianSampling(sizeX, sizeY, sizeZ, measured);
            }
        }
        throw new IllegalArgumentException("no point of k-space was measured");
    }

    @Override
    public int sizeX() {
        return x.length;
    }

    @Override
    public int sizeY() {
        return y.length;
    }

    @Override
    public int sizeZ() {
        return z.length;
    }

    @Override
    public int samples() {
        return weights.length;
    }

    @Override
    public double normalBound() {
        return 1;
    }

    @Override
    public FourierSampling.Task task() {
        return new Transforms();
    }

    private float[][] groupWeights(boolean[] measured) {
        Axis last = varying[varying.length - 1];
        float weight = 1;
        for (Axis axis : varying) {
            weight /= axis.length;
        }
        float[][] groups = new float[last.groups()][];
        for (int group = 0; group < groups.length; group++) {
            Lines lines = last.lines(group);
            groups[group] = new float[last.length * lines.lines()];
            int at = 0;
            for (int k = 0; k < last.length; k++) {
                for (int line = 0; line < lines.lines(); line++) {
                    boolean taken = measured[lines.offset() + k * lines.stride() + line * lines.lineStride()];
                    groups[group][at++] = taken ? weight : 0;
                }
            }
        }
        return groups;
    }

    /** An axis of the grid, and its lines in groups that are transformed together. */
    private record Axis(int length, int stride, int blocks) {
        boolean varies(boolean[] measured) {
            int period = stride * length;
            for (int i = 0; i < measured.length; i++) {
                if (measured[i] != measured[i / period * period + i % stride]) {
                    return true;
                }
            }
            return false;
        }

        private int linesOfBlock() {
            return stride == 1 ? blocks : stride;
        }

        private int groupsOfBlock() {
            return (linesOfBlock() + FftLanes.LANES - 1) / FftLanes.LANES;
        }

        int groups() {
            return stride == 1 ? groupsOfBlock() : groupsOfBlock() * blocks;
        }

        Lines lines(int group) {
            int first = group % groupsOfBlock() * FftLanes.LANES;
            int count = Math.min(FftLanes.LANES, linesOfBlock() - first);
            int lineStride = stride == 1 ? length : 1;
            int block = group / groupsOfBlock() * stride * length;
            return new Lines(block + first * lineStride, stride, lineStride, count);
        }
    }

    private final class Transforms implements FourierSampling.Task {
        private final Worker[] workers = new Worker[points() < LARGE ? 1 : WORKERS];

        Transforms() {
            Arrays.setAll(workers, worker -> new Worker());
        }

        @Override
        public void forward(float[] imageReal, float[] imageImaginary, float[] dataReal, float[] dataImaginary) {
            System.arraycopy(imageReal, 0, dataReal, 0, points());
            System.arraycopy(imageImaginary, 0, dataImaginary, 0, points());
            // The forward transform is the inverse one with the parts changing places.
            inverse(dataImaginary, dataReal);
            weigh(dataReal);
            weigh(dataImaginary);
        }

        @Override
        public void adjoint(float[] dataReal, float[] dataImaginary, float[] imageReal, float[] imageImaginary) {
            System.arraycopy(dataReal, 0, imageReal, 0, points());
            System.arraycopy(dataImaginary, 0, imageImaginary, 0, points());
            weigh(imageReal);
            weigh(imageImaginary);
            inverse(imageReal, imageImaginary);
        }

        @Override
        public void normal(float[] imageReal, float[] imageImaginary) {
            int last = varying.length - 1;
            for (int axis = 0; axis < last; axis++) {
                along(varying[axis], imageImaginary, imageReal);
            }
            if (last >= 0) {
                eachGroup(varying[last], (worker, group) -> worker.normal(group, imageReal, imageImaginary));
            }
            for (int axis = last - 1; axis >= 0; axis--) {
                along(varying[axis], imageReal, imageImaginary);
            }
        }

        private void inverse(float[] real, float[] imaginary) {
            along(x, real, imaginary);
            along(y, real, imaginary);
            along(z, real, imaginary);
        }

        private void along(Axis axis, float[] real, float[] imaginary) {
            if (axis.length > 1) {
                eachGroup(axis, (worker, group) -> worker.inverse(axis, group, real, imaginary));
            }
        }

        private void eachGroup(Axis axis, GroupWork work) {
            if (workers.length == 1) {
                share(axis, work, 0);
            } else {
                IntStream.range(0, workers.length).parallel().forEach(worker -> share(axis, work, worker));
            }
        }

        private void share(Axis axis, GroupWork work, int worker) {
            for (int group = worker; group < axis.groups(); group += workers.length) {
                work.on(workers[worker], group);
            }
        }
    }

    private void weigh(float[] values) {
        for (int i = 0; i < weights.length; i++) {
            values[i] *= weights[i];
        }
    }

    private interface GroupWork {
        void on(Worker worker, int group);
    }

    /** The scratch of one thread. */
    private final class Worker {
        private final FftLanes alongX = lanes(x);
        private final FftLanes alongY = lanes(y);
        private final FftLanes alongZ = lanes(z);
        private final float[] groupReal;
        private final float[] groupImaginary;

        Worker() {
            int size = varying.length == 0 ? 0 : varying[varying.length - 1].length * FftLanes.LANES;
            groupReal = new float[size];
            groupImaginary = new float[size];
        }

        private static FftLanes lanes(Axis axis) {
            return axis.length == 1 ? null : new FftLanes(FftPlan.of(axis.length));
        }

        private FftLanes lanesOf(Axis axis) {
            return axis == x ? alongX : axis == y ? alongY : alongZ;
        }

        void inverse(Axis axis, int group, float[] real, float[] imaginary) {
            FftLanes lanes = lanesOf(axis);
            Span whole = Span.whole(axis.length);
            Lines lines = axis.lines(group);
            lanes.load(real, imaginary, lines, whole);
            lanes.inverse();
            lanes.store(real, imaginary, lines, whole);
        }

        /** To k-space, weigh, and back. */
        void normal(int group, float[] real, float[] imaginary) {
            Axis axis = varying[varying.length - 1];
            FftLanes lanes = lanesOf(axis);
            Span whole = Span.whole(axis.length);
            Lines lines = axis.lines(group);
            Lines packed = new Lines(0, lines.lines(), 1, lines.lines());
            lanes.load(imaginary, real, lines, whole);
            lanes.inverse();
            lanes.store(groupImaginary, groupReal, packed, whole);
            multiply(groupWeights[group], groupReal);
            multiply(groupWeights[group], groupImaginary);
            lanes.load(groupReal, groupImaginary, packed, whole);
            lanes.inverse();
            lanes.store(real, imaginary, lines, whole);
        }

        private void multiply(float[] by, float[] values) {
            for (int i = 0; i < by.length; i++) {
                values[i] *= by[i];
            }
        }
    }
}
