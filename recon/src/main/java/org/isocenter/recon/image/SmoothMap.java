package org.isocenter.recon.image;

import org.isocenter.model.ImageVolume;
import org.isocenter.model.PatientGeometry;
import org.isocenter.model.Vec3;

/**
 * What a map tells at any point, of something that changes slowly like the main or the transmit field: smoothed a little, and
 * continued smoothly to where the map is 0 because there was no signal. Immutable.
 */
public final class SmoothMap {
    /** In voxels of the map. Fields are smooth, maps noisy. */
    private static final double SMOOTH = 0.8;

    /** Each continues twice as far as the one before. */
    private static final int REACHES = 7;

    private static final int ROUNDS = 5;

    private final PatientGeometry geometry;
    private final int columns;
    private final int rows;
    private final int slices;
    private final float[] values;

    private SmoothMap(ImageVolume map, float[] values) {
        geometry = map.geometry();
        columns = map.columns();
        rows = map.rows();
        slices = map.slices();
        this.values = values;
    }

    /** @param map 0 where it is not known */
    public static SmoothMap of(ImageVolume map) {
        return new SmoothMap(map, continued(map));
    }

    /**
     * @param map of the main field's offset in Hz; 0 where it is not known
     * @param shift by how many voxels along its columns, rows and slices 1 Hz moves what the map itself shows: it is taken back
     */
    public static SmoothMap ofField(ImageVolume map, Vec3 shift) {
        SmoothMap seen = new SmoothMap(map, continued(map));
        float[] straight = new float[seen.values.length];
        int at = 0;
        for (int slice = 0; slice < map.slices(); slice++) {
            for (int row = 0; row < map.rows(); row++) {
                for (int column = 0; column < map.columns(); column++) {
                    double value = seen.values[at];
                    for (int i = 0; i < ROUNDS; i++) {
                        value = seen.atVoxel(
                                column + value * shift.x(), row + value * shift.y(), slice + value * shift.z());
                    }
                    straight[at++] = (float) value;
                }
            }
        }
        return new SmoothMap(map, straight);
    }

    private static float[] continued(ImageVolume map) {
        float[] known = new float[map.pixels().length];
        boolean any = false;
        for (int i = 0; i < known.length; i++) {
            known[i] = map.pixels()[i] == 0 ? 0 : 1;
            any |= known[i] == 1;
        }
        if (!any) {
            throw new IllegalArgumentException("the " + map.quantity().words() + " map holds no value but 0");
        }
        float[] filled = new float[known.length];
        double sigma = SMOOTH;
        for (int reach = 0; reach < REACHES; reach++, sigma *= 2) {
            float[] mean = GaussianBlur.weightedMean(
                    map.pixels(), known, map.columns(), map.rows(), map.slices(), sigma, sigma, sigma);
            for (int i = 0; i < filled.length; i++) {
                filled[i] = filled[i] == 0 ? mean[i] : filled[i];
            }
        }
        return filled;
    }

    /** In the map's unit, at a point of the patient; beyond the map as at its border. */
    public double atMeters(Vec3 point) {
        Vec3 from = point.minus(geometry.firstVoxelMeters());
        return atVoxel(
                from.dot(geometry.row()) / geometry.columnSpacingMeters(),
                from.dot(geometry.column()) / geometry.rowSpacingMeters(),
                slices == 1 ? 0 : from.dot(geometry.slice()) / geometry.sliceSpacingMeters());
    }

    private double atVoxel(double column, double row, double slice) {
        int x = lower(column, columns);
        int y = lower(row, rows);
        int z = lower(slice, slices);
        double dx = share(column, x, columns);
        double dy = share(row, y, rows);
        double dz = share(slice, z, slices);
        double below = plane(x, dx, y, dy, z);
        return dz == 0 ? below : below + dz * (plane(x, dx, y, dy, z + 1) - below);
    }

    private double plane(int x, double dx, int y, double dy, int z) {
        int at = (z * rows + y) * columns + x;
        int right = dx == 0 ? 0 : 1;
        int down = dy == 0 ? 0 : columns;
        double upper = values[at] + dx * (values[at + right] - values[at]);
        double lower = values[at + down] + dx * (values[at + down + right] - values[at + down]);
        return upper + dy * (lower - upper);
    }

    private static int lower(double index, int count) {
        return (int) Math.max(0, Math.min(count - 1, Math.floor(index)));
    }

    private static double share(double index, int lower, int count) {
        return lower == count - 1 ? 0 : Math.max(0, index - lower);
    }
}
