package org.isocenter.dicom.iod;

import org.isocenter.dicom.data.Attributes;
import org.isocenter.dicom.data.Tag;
import org.isocenter.model.ImageVolume;
import org.isocenter.model.PatientGeometry;
import org.isocenter.model.Vec3;

/** Where the pixels lie in the patient: image plane module (PS3.3 C.7.6.2), in mm, LPS. */
final class ImagePlane {
    private static final double MILLIMETERS = 1e3;
    private static final double ORTHONORMAL_TOLERANCE = 1e-6;
    /** Below this a component is what is left of rounding, and is written as 0. */
    private static final double ROUNDING = 1e-12;

    private final ImageVolume volume;
    private final PatientGeometry geometry;

    /** Throws {@link IllegalArgumentException} when the directions are not orthonormal or a spacing is not positive. */
    ImagePlane(ImageVolume volume) {
        this.volume = volume;
        this.geometry = volume.geometry();
        checkDirections();
        requirePositive("column spacing", geometry.columnSpacingMeters());
        requirePositive("row spacing", geometry.rowSpacingMeters());
        if (volume.slices() > 1) {
            requirePositive("slice spacing", geometry.sliceSpacingMeters());
        }
    }

    void writeShared(Attributes to) {
        writeOrientation(to);
        writeMeasures(to);
    }

    void writeOrientation(Attributes to) {
        Vec3 row = geometry.row();
        Vec3 column = geometry.column();
        to.setDouble(
                Tag.ImageOrientationPatient,
                clean(row.x()),
                clean(row.y()),
                clean(row.z()),
                clean(column.x()),
                clean(column.y()),
                clean(column.z()));
    }

    void writeMeasures(Attributes to) {
        to.setDouble(
                Tag.PixelSpacing,
                geometry.rowSpacingMeters() * MILLIMETERS,
                geometry.columnSpacingMeters() * MILLIMETERS);
        double thickness = geometry.sliceThicknessMeters() * MILLIMETERS;
        if (thickness > 0 && Double.isFinite(thickness)) {
            to.setDouble(Tag.SliceThickness, thickness);
        } else {
            to.setEmpty(Tag.SliceThickness);
        }
        if (volume.slices() > 1) {
            to.setDouble(Tag.SpacingBetweenSlices, geometry.sliceSpacingMeters() * MILLIMETERS);
        }
    }

    void writeSlice(Attributes to, int slice) {
        writePosition(to, slice);
        Vec3 first = geometry.voxelMeters(0, 0, slice).scaled(MILLIMETERS);
        to.setDouble(Tag.SliceLocation, clean(first.dot(geometry.slice())));
    }

    void writePosition(Attributes to, int slice) {
        Vec3 first = geometry.voxelMeters(0, 0, slice).scaled(MILLIMETERS);
        to.setDouble(Tag.ImagePositionPatient, clean(first.x()), clean(first.y()), clean(first.z()));
    }

    private void checkDirections() {
        Vec3 row = geometry.row();
        Vec3 column = geometry.column();
        double handedness = row.cross(column).dot(geometry.slice());
        boolean right = Math.abs(row.norm() - 1) < ORTHONORMAL_TOLERANCE
                && Math.abs(column.norm() - 1) < ORTHONORMAL_TOLERANCE
                && Math.abs(row.dot(column)) < ORTHONORMAL_TOLERANCE
                && Math.abs(Math.abs(handedness) - 1) < ORTHONORMAL_TOLERANCE;
        if (!right) {
            throw new IllegalArgumentException("image directions are not orthonormal: row " + row + ", column " + column
                    + ", slice " + geometry.slice());
        }
    }

    private static void requirePositive(String what, double meters) {
        if (!(meters > 0 && Double.isFinite(meters))) {
            throw new IllegalArgumentException("image " + what + " must be positive, not " + meters + " m");
        }
    }

    private static double clean(double value) {
        return Math.abs(value) < ROUNDING ? 0 : value;
    }
}
