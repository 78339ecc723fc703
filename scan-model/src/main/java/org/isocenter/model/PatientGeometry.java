package org.isocenter.model;

/**
 * Where the voxels of a volume lie in the patient (LPS): DICOM's image plane, for a stack.
 *
 * @param firstVoxelMeters centre of voxel (0,0,0)
 * @param row unit vector along which the column index grows
 * @param column unit vector along which the row index grows
 * @param slice unit vector along which the slice index grows; {@code row × column}, or its opposite
 * @param columnSpacingMeters between neighbouring columns (along {@code row})
 * @param rowSpacingMeters between neighbouring rows (along {@code column})
 * @param sliceSpacingMeters between neighbouring slices
 * @param sliceThicknessMeters nominal thickness
 */
public record PatientGeometry(
        Vec3 firstVoxelMeters,
        Vec3 row,
        Vec3 column,
        Vec3 slice,
        double columnSpacingMeters,
        double rowSpacingMeters,
        double sliceSpacingMeters,
        double sliceThicknessMeters) {

    /** The centre of the voxel at these (possibly fractional) indices. */
    public Vec3 voxelMeters(double columnIndex, double rowIndex, double sliceIndex) {
        return firstVoxelMeters
                .plus(row.scaled(columnIndex * columnSpacingMeters))
                .plus(column.scaled(rowIndex * rowSpacingMeters))
                .plus(slice.scaled(sliceIndex * sliceSpacingMeters));
    }
}
