package org.isocenter.hardware.virtual.phantom;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.isocenter.model.Vec3;

/**
 * A volume whose voxels say by a number what they are filled with, at the place that its own coordinates give it. It is an
 * object with sharp edges like any other phantom, filled with as many spins as a sequence needs, many to a voxel: one spin in
 * the middle of each would send echoes that no crusher could spoil. Immutable, but that it keeps its field for the next scan.
 */
public final class LabelVolume implements Phantom {
    /** A volume of which no part is nearer to the isocentre than this is refused. */
    private static final double REACH_METERS = 0.3;

    private static final int MOST_LABELS = 127;

    /** The susceptibility of air, SI, ppm: that of all that is around a volume. */
    public static final double AIR_PPM = 0.36;

    private final String name;
    private final Composition composition;
    private final int[] size;
    private final byte[] mixture;
    private final double[][] toVoxel = new double[3][4];
    private final Vec3 halfExtent;
    /** What each voxel is magnetisable by more than air, ppm; null where nothing is told. */
    private final float[] susceptibility;

    private Magnetised last;

    /** What was worked out for a direction of the main field. */
    private record Magnetised(Vec3 field, FieldShift shift) {}

    /**
     * @param size voxels along i, j, k
     * @param labels of the voxels, i fastest
     * @param toDevice from voxel indices to the place of the voxel's middle in metres, device axes: a row of four for each
     *     of x, y, z
     * @param pools of each label; none for air
     * @param susceptibilityPpm of each label, SI; empty when it is not to be reckoned with
     * @throws IllegalArgumentException for a label that has no entry, axes that are not three, a volume out of reach
     */
    public LabelVolume(
            String name,
            int[] size,
            int[] labels,
            double[][] toDevice,
            Map<Integer, List<Material>> pools,
            Map<Integer, Double> susceptibilityPpm) {
        this.name = name;
        this.size = size.clone();
        mixture = new byte[labels.length];
        List<List<Material>> mixtures = new ArrayList<>();
        Map<Integer, Byte> known = new HashMap<>();
        for (int i = 0; i < labels.length; i++) {
            Byte found = known.get(labels[i]);
            if (found == null) {
                found = index(labels[i], pools, mixtures);
                known.put(labels[i], found);
            }
            mixture[i] = found;
        }
        if (mixtures.isEmpty()) {
            throw new IllegalArgumentException("all its voxels are air");
        }
        composition = Composition.of(mixtures);
        invert(toDevice);
        halfExtent = halfExtent(toDevice);
        susceptibility = susceptibilityPpm.isEmpty() ? null : new float[labels.length];
        for (int i = 0; susceptibility != null && i < labels.length; i++) {
            susceptibility[i] = (float) (susceptibilityPpm.get(labels[i]) - AIR_PPM);
        }
    }

    private static byte index(int label, Map<Integer, List<Material>> pools, List<List<Material>> mixtures) {
        List<Material> found = pools.get(label);
        if (found == null) {
            throw new IllegalArgumentException("it has voxels of label " + label
                    + ", which is not in the table of labels: " + "known are " + pools.keySet());
        }
        if (found.isEmpty()) {
            return -1;
        }
        if (mixtures.size() == MOST_LABELS) {
            throw new IllegalArgumentException("it has more than " + MOST_LABELS + " labels");
        }
        mixtures.add(found);
        return (byte) (mixtures.size() - 1);
    }

    private void invert(double[][] m) {
        Vec3 a = new Vec3(m[0][0], m[1][0], m[2][0]);
        Vec3 b = new Vec3(m[0][1], m[1][1], m[2][1]);
        Vec3 c = new Vec3(m[0][2], m[1][2], m[2][2]);
        double volume = a.cross(b).dot(c);
        if (!(Math.abs(volume) > 1e-6 * a.norm() * b.norm() * c.norm())) {
            throw new IllegalArgumentException("its axes do not span a space");
        }
        Vec3 origin = new Vec3(m[0][3], m[1][3], m[2][3]);
        Vec3[] rows = {b.cross(c), c.cross(a), a.cross(b)};
        for (int axis = 0; axis < 3; axis++) {
            Vec3 row = rows[axis].scaled(1 / volume);
            toVoxel[axis] = new double[] {row.x(), row.y(), row.z(), 0.5 - row.dot(origin)};
        }
    }

    private Vec3 halfExtent(double[][] m) {
        double[] low = {Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY};
        double[] high = {Double.NEGATIVE_INFINITY, Double.NEGATIVE_INFINITY, Double.NEGATIVE_INFINITY};
        for (int v = 0; v < mixture.length; v++) {
            if (mixture[v] < 0) {
                continue;
            }
            int i = v % size[0];
            int j = v / size[0] % size[1];
            int k = v / size[0] / size[1];
            for (int axis = 0; axis < 3; axis++) {
                double at = m[axis][0] * i + m[axis][1] * j + m[axis][2] * k + m[axis][3];
                double half = 0.5 * (Math.abs(m[axis][0]) + Math.abs(m[axis][1]) + Math.abs(m[axis][2]));
                low[axis] = Math.min(low[axis], at - half);
                high[axis] = Math.max(high[axis], at + half);
            }
        }
        double[] extent = new double[3];
        for (int axis = 0; axis < 3; axis++) {
            if (low[axis] > REACH_METERS || high[axis] < -REACH_METERS) {
                throw new IllegalArgumentException(String.format(
                        java.util.Locale.ROOT,
                        "it lies from %.0f to %.0f mm along %s, far from the isocentre at 0: give it another origin",
                        low[axis] * 1e3,
                        high[axis] * 1e3,
                        "xyz".charAt(axis)));
            }
            extent[axis] = Math.max(Math.abs(low[axis]), Math.abs(high[axis]));
        }
        return new Vec3(extent[0], extent[1], extent[2]);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public List<Material> materials() {
        return composition.materials();
    }

    @Override
    public List<List<Integer>> mixtures() {
        return composition.mixtures();
    }

    @Override
    public int materialAt(double x, double y, double z) {
        int voxel = 0;
        for (int axis = 2; axis >= 0; axis--) {
            double[] row = toVoxel[axis];
            double place = row[0] * x + row[1] * y + row[2] * z + row[3];
            if (!(place >= 0 && place < size[axis])) {
                return -1;
            }
            voxel = voxel * size[axis] + (int) place;
        }
        return mixture[voxel];
    }

    @Override
    public synchronized FieldShift fieldShift(Vec3 field, BooleanSupplier stopped) {
        if (susceptibility == null) {
            return FieldShift.NONE;
        }
        if (last == null || !last.field.equals(field)) {
            double[][] toMiddles = new double[3][];
            for (int axis = 0; axis < 3; axis++) {
                toMiddles[axis] = toVoxel[axis].clone();
                toMiddles[axis][3] -= 0.5;
            }
            FieldShift made = new SusceptibilityField(size, susceptibility, toMiddles, field, stopped);
            if (stopped.getAsBoolean()) {
                return made;
            }
            last = new Magnetised(field, made);
        }
        return last.shift;
    }

    @Override
    public Vec3 halfExtentMeters() {
        return halfExtent;
    }
}
