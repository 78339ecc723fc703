package org.isocenter.dicom.nifti;

import java.util.Comparator;
import java.util.List;
import org.isocenter.dicom.data.Tag;
import org.isocenter.model.Vec3;

/**
 * Slices one above the other, each one or several times: the voxels of a NIfTI file. Rows are stored from the bottom up and
 * slices towards the patient's left, back or head, as dcm2niix does.
 *
 * @param places by slice, then by volume
 */
record Stack(List<List<Frame>> places) {
    private static final double EVEN_MILLIMETERS = 0.02;

    /** Puts the places into their order. */
    static Stack of(List<List<Frame>> places) {
        Frame first = places.get(0).get(0);
        Vec3 normal = first.row().cross(first.column());
        return new Stack(places.stream()
                .sorted(Comparator.comparingDouble(
                        place -> place.get(0).position().dot(normal)))
                .toList());
    }

    Frame first() {
        return places.get(0).get(0);
    }

    int slices() {
        return places.size();
    }

    int volumes() {
        return places.get(0).size();
    }

    Frame frame(int volume, int slice) {
        return places.get(slice).get(volume);
    }

    boolean isEven() {
        Vec3 step = sliceStep();
        for (int slice = 0; slice < slices(); slice++) {
            Vec3 wanted = first().position().plus(step.scaled(slice));
            if (frame(0, slice).position().minus(wanted).norm() > EVEN_MILLIMETERS) {
                return false;
            }
        }
        return true;
    }

    /** From one slice to the next, mm. */
    private Vec3 sliceStep() {
        if (slices() > 1) {
            Vec3 whole = frame(0, slices() - 1).position().minus(first().position());
            return whole.scaled(1.0 / (slices() - 1));
        }
        double thickness = first().number(Tag.SliceThickness);
        return first().row().cross(first().column()).scaled(thickness > 0 ? thickness : 1);
    }

    /** From voxel indices to mm, in NIfTI's axes: right, front, head (RAS). */
    double[][] affine() {
        double[] spacing = first().numbers(Tag.PixelSpacing);
        Vec3 column = first().column().scaled(spacing[0]);
        Vec3[] axes = {
            first().row().scaled(spacing[1]),
            column.scaled(-1),
            sliceStep(),
            first().position().plus(column.scaled(first().rows() - 1))
        };
        double[][] affine = new double[3][4];
        for (int axis = 0; axis < 4; axis++) {
            affine[0][axis] = -axes[axis].x();
            affine[1][axis] = -axes[axis].y();
            affine[2][axis] = axes[axis].z();
        }
        return affine;
    }

    /** The values of all voxels, little endian, 16 bits each. */
    byte[] voxels() {
        int rowBytes = 2 * first().columns();
        byte[] all = new byte[rowBytes * first().rows() * slices() * volumes()];
        int at = 0;
        for (int volume = 0; volume < volumes(); volume++) {
            for (int slice = 0; slice < slices(); slice++) {
                for (int row = first().rows() - 1; row >= 0; row--) {
                    frame(volume, slice).copyRow(row, all, at);
                    at += rowBytes;
                }
            }
        }
        return all;
    }
}
