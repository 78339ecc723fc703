package org.isocenter.recon.image;

import org.isocenter.model.PatientGeometry;
import org.isocenter.model.Vec3;

/**
 * Where a point is shown whose resonance is off the carrier: moved along read, and in echo-planar images much farther along
 * phase (Jezzard and Balaban 1995).
 */
public final class FieldWarp implements Warp {
    private final SmoothMap offsets;
    private final PatientGeometry geometry;
    private final Vec3 shift;

    /**
     * @param geometry of the volume that is to be corrected
     * @param shift by how many voxels along its columns, rows and slices 1 Hz moves what it shows
     */
    public FieldWarp(SmoothMap offsets, PatientGeometry geometry, Vec3 shift) {
        this.offsets = offsets;
        this.geometry = geometry;
        this.shift = shift;
    }

    @Override
    public void at(double column, double row, double slice, double[] to) {
        double hertz = offsets.atMeters(geometry.voxelMeters(column, row, slice));
        to[0] = column + hertz * shift.x();
        to[1] = row + hertz * shift.y();
        to[2] = slice + hertz * shift.z();
        to[3] = 1;
    }
}
