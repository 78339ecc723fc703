package org.isocenter.app.viewer;

import org.isocenter.model.ImageVolume;
import org.isocenter.model.PatientGeometry;
import org.isocenter.model.Vec3;

/**
 * How one volume is cut for one viewport: along the volume's own axes, turned and mirrored so that they lie as near as they
 * can to the standard plane. So an acquired slice is always shown as it was acquired, however oblique, and the two other
 * planes stand square on it. Immutable.
 *
 * <p>Axes 0, 1, 2 are the volume's column, row and slice index. Plane coordinates are metres to the right and down from the
 * volume's centre.
 */
public final class PlaneOfVolume {
    private static final int[][] PERMUTATIONS = {{0, 1, 2}, {0, 2, 1}, {1, 0, 2}, {1, 2, 0}, {2, 0, 1}, {2, 1, 0}};

    private final ImageVolume volume;
    private final int rightAxis;
    private final int downAxis;
    private final int normalAxis;
    private final int rightSign;
    private final int downSign;

    private PlaneOfVolume(ImageVolume volume, int[] axes, int rightSign, int downSign) {
        this.volume = volume;
        this.rightAxis = axes[0];
        this.downAxis = axes[1];
        this.normalAxis = axes[2];
        this.rightSign = rightSign;
        this.downSign = downSign;
    }

    public static PlaneOfVolume of(ImageVolume volume, ViewPlane plane) {
        PatientGeometry g = volume.geometry();
        int[] best = PERMUTATIONS[0];
        double bestFit = -1;
        for (int[] p : PERMUTATIONS) {
            double fit = Math.abs(axis(g, p[0]).dot(plane.right()))
                    + Math.abs(axis(g, p[1]).dot(plane.down()))
                    + Math.abs(axis(g, p[2]).dot(plane.normal()));
            if (fit > bestFit + 1e-9) {
                bestFit = fit;
                best = p;
            }
        }
        int rightSign = axis(g, best[0]).dot(plane.right()) < 0 ? -1 : 1;
        int downSign = axis(g, best[1]).dot(plane.down()) < 0 ? -1 : 1;
        return new PlaneOfVolume(volume, best, rightSign, downSign);
    }

    private static Vec3 axis(PatientGeometry g, int axis) {
        return switch (axis) {
            case 0 -> g.row();
            case 1 -> g.column();
            default -> g.slice();
        };
    }

    private int count(int axis) {
        return switch (axis) {
            case 0 -> volume.columns();
            case 1 -> volume.rows();
            default -> volume.slices();
        };
    }

    private double spacing(int axis) {
        PatientGeometry g = volume.geometry();
        return switch (axis) {
            case 0 -> g.columnSpacingMeters();
            case 1 -> g.rowSpacingMeters();
            // A single slice is drawn as thick as it is.
            default -> g.sliceSpacingMeters() > 0 ? g.sliceSpacingMeters() : g.sliceThicknessMeters();
        };
    }

    private int stride(int axis) {
        return switch (axis) {
            case 0 -> 1;
            case 1 -> volume.columns();
            default -> volume.columns() * volume.rows();
        };
    }

    public ImageVolume volume() {
        return volume;
    }

    /** Whether the plane is one of acquired slices. */
    public boolean isAcquired() {
        return normalAxis == 2;
    }

    public Vec3 right() {
        return axis(volume.geometry(), rightAxis).scaled(rightSign);
    }

    public Vec3 down() {
        return axis(volume.geometry(), downAxis).scaled(downSign);
    }

    public Vec3 normal() {
        return axis(volume.geometry(), normalAxis);
    }

    /** How many cuts there are. */
    public int slices() {
        return count(normalAxis);
    }

    public double sliceSpacingMeters() {
        return spacing(normalAxis);
    }

    public int columns() {
        return count(rightAxis);
    }

    public int rows() {
        return count(downAxis);
    }

    public double columnSpacingMeters() {
        return spacing(rightAxis);
    }

    public double rowSpacingMeters() {
        return spacing(downAxis);
    }

    public double widthMeters() {
        return columns() * columnSpacingMeters();
    }

    public double heightMeters() {
        return rows() * rowSpacingMeters();
    }

    /** The middle of the volume, in patient LPS. */
    public Vec3 centerMeters() {
        PatientGeometry g = volume.geometry();
        return g.firstVoxelMeters()
                .plus(g.row().scaled((volume.columns() - 1) * spacing(0) / 2))
                .plus(g.column().scaled((volume.rows() - 1) * spacing(1) / 2))
                .plus(g.slice().scaled((volume.slices() - 1) * spacing(2) / 2));
    }

    /** The cut nearest to a point, from 0; the first or last one for a point outside. */
    public int sliceAt(Vec3 pointMeters) {
        double index = pointMeters.minus(volume.geometry().firstVoxelMeters()).dot(normal()) / sliceSpacingMeters();
        return (int) Math.max(0, Math.min(slices() - 1.0, Math.rint(index)));
    }

    /** {@code pointMeters} moved along the normal into the middle of cut {@code slice}. */
    public Vec3 ontoSlice(Vec3 pointMeters, int slice) {
        double now = pointMeters.minus(volume.geometry().firstVoxelMeters()).dot(normal());
        return pointMeters.plus(normal().scaled(slice * sliceSpacingMeters() - now));
    }

    /** Metres right of the volume's centre. */
    public double rightOf(Vec3 pointMeters) {
        return pointMeters.minus(centerMeters()).dot(right());
    }

    /** Metres below the volume's centre. */
    public double below(Vec3 pointMeters) {
        return pointMeters.minus(centerMeters()).dot(down());
    }

    /** The point at these plane coordinates in the middle of cut {@code slice}. */
    public Vec3 pointMeters(double rightMeters, double downMeters, int slice) {
        Vec3 inPlane = centerMeters().plus(right().scaled(rightMeters)).plus(down().scaled(downMeters));
        return ontoSlice(inPlane, slice);
    }

    /** The (fractional) column of the cut at this many metres right of the centre. */
    public double columnAt(double rightMeters) {
        return rightMeters / columnSpacingMeters() + (columns() - 1) / 2.0;
    }

    public double rowAt(double downMeters) {
        return downMeters / rowSpacingMeters() + (rows() - 1) / 2.0;
    }

    /** The value of the voxel at these plane coordinates; NaN outside. */
    public float valueAt(double rightMeters, double downMeters, int slice) {
        long column = Math.round(columnAt(rightMeters));
        long row = Math.round(rowAt(downMeters));
        if (column < 0 || row < 0 || column >= columns() || row >= rows()) {
            return Float.NaN;
        }
        return volume.pixels()[offset(slice) + (int) column * columnStride() + (int) row * rowStride()];
    }

    /** Where column 0, row 0 of a cut lies in the volume's pixels. */
    int offset(int slice) {
        int offset = slice * stride(normalAxis);
        if (rightSign < 0) {
            offset += (columns() - 1) * stride(rightAxis);
        }
        if (downSign < 0) {
            offset += (rows() - 1) * stride(downAxis);
        }
        return offset;
    }

    /** From one column of a cut to the next in the volume's pixels. */
    int columnStride() {
        return rightSign * stride(rightAxis);
    }

    int rowStride() {
        return downSign * stride(downAxis);
    }
}
