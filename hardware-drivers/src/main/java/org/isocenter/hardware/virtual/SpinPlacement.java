package org.isocenter.hardware.virtual;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.isocenter.model.Rotation;
import org.isocenter.model.Vec3;

/**
 * Fills the excited part of a phantom with spins on a body-centred cubic lattice that stands askew to every axis of the
 * scanner. A lattice gives even surfaces, where random places would give grain. Its reciprocal lattice is the densest
 * packing, and being askew it does not answer to a crusher along an axis: neighbouring columns of spins lie at different
 * heights, so gradients of many turns per slice dephase the spins of each voxel as they do in nature.
 */
final class SpinPlacement {
    private static final Rotation ASKEW = Rotation.about(new Vec3(0.2719, 0.4142, 0.8684), 0.7854)
            .after(Rotation.about(new Vec3(1, 0.618, 0.3), 0.553));
    private static final double COARSE_METERS = 4e-3;
    private static final double FINEST_METERS = 0.2e-3;
    private static final int ENOUGH_TO_MEASURE = 3000;
    private static final double SORT_CELL_METERS = 6e-3;

    private final Phantom phantom;
    private final FieldMap field;
    private final ExcitedRegion region;
    private final WorkerPool pool;
    private final BooleanSupplier aborted;

    SpinPlacement(Phantom phantom, FieldMap field, ExcitedRegion region, WorkerPool pool, BooleanSupplier aborted) {
        this.phantom = phantom;
        this.field = field;
        this.region = region;
        this.pool = pool;
        this.aborted = aborted;
    }

    /** About so many spins. */
    Spins place(int wanted) {
        double edge = COARSE_METERS;
        Points coarse = lattice(edge);
        while (coarse.count < ENOUGH_TO_MEASURE && edge > 2 * FINEST_METERS && !aborted.getAsBoolean()) {
            edge *= 0.6;
            coarse = lattice(edge);
        }
        double fine = Math.max(FINEST_METERS, edge * Math.cbrt((double) Math.max(1, coarse.count) / wanted));
        Points points = lattice(fine);
        return new Spins(groups(points), fine * fine * fine / 2);
    }

    private static final class Points {
        private int count;
        private float[] xyz = new float[192];
        private byte[] material = new byte[64];

        void add(double x, double y, double z, int materialIndex) {
            if (count == material.length) {
                material = Arrays.copyOf(material, count * 2);
                xyz = Arrays.copyOf(xyz, count * 6);
            }
            xyz[3 * count] = (float) x;
            xyz[3 * count + 1] = (float) y;
            xyz[3 * count + 2] = (float) z;
            material[count++] = (byte) materialIndex;
        }
    }

    /** All lattice points in the phantom's excited part; {@code edge} is that of the cubic cell, which holds two points. */
    private Points lattice(double edge) {
        Vec3 half = phantom.halfExtentMeters();
        int reach = (int) Math.ceil(half.norm() / edge) + 1;
        Points[] planes = new Points[2 * reach + 1];
        pool.each(planes.length, (number, worker) -> planes[number] = plane(edge, number - reach, reach, half));
        int total = 0;
        for (Points plane : planes) {
            total += plane.count;
        }
        Points all = new Points();
        all.xyz = new float[3 * total];
        all.material = new byte[total];
        for (Points plane : planes) {
            System.arraycopy(plane.xyz, 0, all.xyz, 3 * all.count, 3 * plane.count);
            System.arraycopy(plane.material, 0, all.material, all.count, plane.count);
            all.count += plane.count;
        }
        return all;
    }

    private Points plane(double edge, int i, int reach, Vec3 half) {
        Points points = new Points();
        Vec3 along = ASKEW.apply(Vec3.Z).scaled(edge);
        for (int shifted = 0; shifted < 2; shifted++) {
            double shift = 0.5 * shifted;
            for (int j = -reach; j <= reach && !aborted.getAsBoolean(); j++) {
                Vec3 start = ASKEW.apply(new Vec3((i + shift) * edge, (j + shift) * edge, shift * edge));
                double low = -reach;
                double high = reach;
                double[] s = {start.x(), start.y(), start.z()};
                double[] d = {along.x(), along.y(), along.z()};
                double[] h = {half.x(), half.y(), half.z()};
                for (int axis = 0; axis < 3; axis++) {
                    double one = (-h[axis] - s[axis]) / d[axis];
                    double other = (h[axis] - s[axis]) / d[axis];
                    low = Math.max(low, Math.min(one, other));
                    high = Math.min(high, Math.max(one, other));
                }
                for (int k = (int) Math.ceil(low); k <= high; k++) {
                    double x = s[0] + k * d[0];
                    double y = s[1] + k * d[1];
                    double z = s[2] + k * d[2];
                    if (region.everywhere() || region.contains(x, y, z, field.hertzAt(x, y, z))) {
                        int material = phantom.materialAt(x, y, z);
                        if (material >= 0) {
                            points.add(x, y, z, material);
                        }
                    }
                }
            }
        }
        return points;
    }

    /** By material, then along a space-filling curve, so that the spins of a block are neighbours. */
    private List<SpinGroup> groups(Points points) {
        List<SpinGroup> groups = new ArrayList<>();
        for (int material = 0; material < phantom.materials().size(); material++) {
            long[] order = new long[points.count];
            int count = 0;
            for (int i = 0; i < points.count; i++) {
                if (points.material[i] == material) {
                    long key = curve(points.xyz[3 * i], points.xyz[3 * i + 1], points.xyz[3 * i + 2]);
                    order[count++] = key << 32 | i;
                }
            }
            Arrays.sort(order, 0, count);
            List<SpinBlock> blocks = new ArrayList<>();
            for (int from = 0; from < count; from += SpinBlock.LARGEST) {
                blocks.add(block(points, order, from, Math.min(count, from + SpinBlock.LARGEST), material));
            }
            for (int from = 0; from < blocks.size(); from += SpinGroup.MOST_BLOCKS) {
                groups.add(new SpinGroup(
                        material, blocks.subList(from, Math.min(blocks.size(), from + SpinGroup.MOST_BLOCKS))));
            }
        }
        return groups;
    }

    private SpinBlock block(Points points, long[] order, int from, int to, int material) {
        int n = to - from;
        float[] x = new float[n];
        float[] y = new float[n];
        float[] z = new float[n];
        float[] offset = new float[n];
        for (int i = 0; i < n; i++) {
            int at = 3 * (int) order[from + i];
            x[i] = points.xyz[at];
            y[i] = points.xyz[at + 1];
            z[i] = points.xyz[at + 2];
            offset[i] = (float) field.hertzAt(x[i], y[i], z[i]);
        }
        return new SpinBlock(material, x, y, z, offset);
    }

    /** Morton's curve: the bits of the three cell numbers, interleaved. */
    private static long curve(double x, double y, double z) {
        int[] cell = {
            (int) ((x + 1) / SORT_CELL_METERS), (int) ((y + 1) / SORT_CELL_METERS), (int) ((z + 1) / SORT_CELL_METERS)
        };
        long key = 0;
        for (int bit = 9; bit >= 0; bit--) {
            for (int c : cell) {
                key = key << 1 | (c >> bit & 1);
            }
        }
        return key;
    }
}
