package org.isocenter.hardware.virtual;

import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import org.isocenter.model.Vec3;

/**
 * Where in k-space coherences are while a table's windows are open, and how strong: the wanted one, which makes the image, and
 * those that crushers have dephased. A lattice of spins sees a coherence at k also at k less each vector of its reciprocal
 * lattice. What comes near the centre in this way, where the object sends most, is grain or stripes. So {@link #power} at a
 * reciprocal vector says how much of them the vector makes. One thread.
 */
final class CoherenceReach {
    private static final int CELLS_PER_EXTENT = 16;
    private static final int CELLS_PER_SLICE_WIDTH = 10;
    private static final double SIZES_PER_E = 7;

    private static final double LEAST_SHARE = 1e-9;

    /** So many cells from the centre a table of all is kept, across and along the axis; what lies farther is a list. */
    private static final int[] MOST_CELLS = {64, 64, 160};

    /** What is sent a cell away from where an object of some centimetres sends most, as power; again and again. */
    private static final float BESIDE = 0.01f;

    /** So many cells beyond the last coherence there is nothing, nearly. */
    private static final int MOST_BESIDE = 6;

    private final double cellPerMeter;
    private final Vec3[] frame;
    private Map<Cell, double[]> added = new HashMap<>();
    private final int[] half = new int[3];
    private float[] power = {0};
    private final Map<Cell, double[]> farther = new TreeMap<>();

    private record Cell(int along, int across, int axial) implements Comparable<Cell> {
        private static final Comparator<Cell> ORDER = Comparator.comparingInt(Cell::along)
                .thenComparingInt(Cell::across)
                .thenComparingInt(Cell::axial);

        @Override
        public int compareTo(Cell other) {
            return ORDER.compare(this, other);
        }
    }

    /** Is shown where coherences are. */
    interface Visitor {
        /** @param along in turns per metre, as {@code across} and {@code axial} */
        void at(double along, double across, double axial, double power);
    }

    /**
     * @param axis of the frame in which it is kept, as {@code edge}: unit vectors, perpendicular to one another
     * @param extentPerMeter of the longest readout, in turns per metre as all here
     * @param widthPerMeter that slice pulses have in k-space
     */
    CoherenceReach(Vec3 axis, Vec3 edge, double extentPerMeter, double widthPerMeter) {
        frame = new Vec3[] {edge, axis.cross(edge), axis};
        double cell = Math.max(extentPerMeter / CELLS_PER_EXTENT, widthPerMeter / CELLS_PER_SLICE_WIDTH);
        // Tables that differ by the rounding of some hardware shall have the same cells.
        cellPerMeter = Math.exp(Math.rint(Math.log(cell) * SIZES_PER_E) / SIZES_PER_E);
    }

    Vec3 edge() {
        return frame[0];
    }

    Vec3 axis() {
        return frame[2];
    }

    double cellPerMeter() {
        return cellPerMeter;
    }

    /**
     * A coherence of this power here; it counts from the next {@link #settle} on. The cells around share it by how near they are, so
     * that tables which differ a little have nearly the same.
     */
    void add(double x, double y, double z, double strength) {
        Vec3 k = new Vec3(x, y, z).scaled(1 / cellPerMeter);
        double along = k.dot(frame[0]);
        double across = k.dot(frame[1]);
        double axial = k.dot(frame[2]);
        int a = (int) Math.floor(along);
        int b = (int) Math.floor(across);
        int c = (int) Math.floor(axial);
        for (int corner = 0; corner < 8; corner++) {
            int da = corner & 1;
            int db = corner >> 1 & 1;
            int dc = corner >> 2;
            double share = share(along - a, da) * share(across - b, db) * share(axial - c, dc);
            if (share > LEAST_SHARE) {
                added.computeIfAbsent(new Cell(a + da, b + db, c + dc), none -> new double[1])[0] += share * strength;
            }
        }
    }

    private static double share(double beyond, int next) {
        return next == 0 ? 1 - beyond : beyond;
    }

    /**
     * Takes in what was added since the last time, each widened by a slice's profile.
     *
     * @param direction in which the slice is selected
     * @param profile power at 0, 1, 2 … cells from the middle, either way
     */
    void settle(Vec3 direction, double[] profile) {
        double[] step = {direction.dot(frame[0]), direction.dot(frame[1]), direction.dot(frame[2])};
        makeRoom(step, profile.length);
        added.forEach((cell, strength) -> {
            for (int n = 1 - profile.length; n < profile.length; n++) {
                double along = cell.along + n * step[0];
                double across = cell.across + n * step[1];
                double axial = cell.axial + n * step[2];
                double widened = strength[0] * profile[Math.abs(n)];
                int at = index(along, across, axial);
                if (at >= 0) {
                    power[at] += (float) widened;
                } else {
                    Cell far = new Cell((int) Math.rint(along), (int) Math.rint(across), (int) Math.rint(axial));
                    farther.computeIfAbsent(far, none -> new double[1])[0] += widened;
                }
            }
        });
        added = new HashMap<>();
    }

    private void makeRoom(double[] step, int widening) {
        int[] before = half.clone();
        for (Cell cell : added.keySet()) {
            int[] at = {cell.along, cell.across, cell.axial};
            for (int axis = 0; axis < 3; axis++) {
                int most = (int) (Math.abs(at[axis]) + Math.ceil(Math.abs(step[axis]) * widening)) + MOST_BESIDE;
                half[axis] = Math.max(half[axis], Math.min(most, MOST_CELLS[axis]));
            }
        }
        float[] old = power;
        power = new float[size(0) * size(1) * size(2)];
        int i = 0;
        for (int a = -before[0]; a <= before[0]; a++) {
            for (int b = -before[1]; b <= before[1]; b++) {
                for (int c = -before[2]; c <= before[2]; c++) {
                    power[index(a, b, c)] = old[i++];
                }
            }
        }
    }

    private int size(int axis) {
        return 2 * half[axis] + 1;
    }

    private int index(double along, double across, double axial) {
        int a = (int) Math.rint(along) + half[0];
        int b = (int) Math.rint(across) + half[1];
        int c = (int) Math.rint(axial) + half[2];
        boolean inside = a >= 0 && b >= 0 && c >= 0 && a < size(0) && b < size(1) && c < size(2);
        return inside ? (a * size(1) + b) * size(2) + c : -1;
    }

    /** Widens all by what objects send beside the middle. Once, after all is settled. */
    void finish() {
        int[] strides = {size(1) * size(2), size(2), 1};
        for (int axis = 0; axis < 3; axis++) {
            int stride = strides[axis];
            for (int i = 0; i < power.length; i++) {
                power[i] += i / stride % size(axis) > 0 ? BESIDE * power[i - stride] : 0;
            }
            for (int i = power.length - 1; i >= 0; i--) {
                power[i] += i / stride % size(axis) < size(axis) - 1 ? BESIDE * power[i + stride] : 0;
            }
        }
    }

    /** What a reciprocal vector here makes: its components along the edge, across it, and along the axis. */
    double power(double along, double across, double axial) {
        int at = index(along / cellPerMeter, across / cellPerMeter, axial / cellPerMeter);
        return at < 0 ? 0 : power[at];
    }

    /** All that is farther than the largest: the gradients of diffusion weighting dephase by so much. */
    void eachFarther(Visitor visitor) {
        farther.forEach((cell, strength) -> visitor.at(
                cell.along * cellPerMeter, cell.across * cellPerMeter, cell.axial * cellPerMeter, strength[0]));
    }

    /** Beyond this there is only what {@link #eachFarther} shows, either way; as for the other two. */
    double largestAlong() {
        return (half[0] + 0.5) * cellPerMeter;
    }

    double largestAcross() {
        return (half[1] + 0.5) * cellPerMeter;
    }

    double largestAxial() {
        return (half[2] + 0.5) * cellPerMeter;
    }
}
