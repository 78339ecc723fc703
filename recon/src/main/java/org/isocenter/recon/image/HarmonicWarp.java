package org.isocenter.recon.image;

import org.isocenter.model.GradientHarmonics;
import org.isocenter.model.PatientGeometry;
import org.isocenter.model.PatientPosition;
import org.isocenter.model.Rotation;
import org.isocenter.model.Vec3;

/**
 * Where gradients that are not quite linear show a point (Glover and Pelc 1986; Janke et al. 2004). The harmonics tell it of each
 * point, so nothing has to be inverted. Of single slices, which are bent where they are excited, each voxel shows the point of the
 * bent slice above or below it.
 */
public final class HarmonicWarp implements Warp {
    /** The harmonics change little over the distance: each round is some tens of times nearer. */
    private static final int ROUNDS = 3;

    /** For a slice's own thickness, in spacings. */
    private static final double STEP = 0.05;

    /** From the middle of an image to its edge. */
    private static final int PROBES = 5;

    private final GradientHarmonics harmonics;
    private final boolean encodedAcross;
    private final Vec3 origin;
    private final Vec3 column;
    private final Vec3 row;
    private final Vec3 slice;
    private final double columnSpacing;
    private final double rowSpacing;
    private final double sliceSpacing;

    /**
     * @param geometry of the volume, in the patient; its axes are at right angles
     * @param encodedAcross whether the volume was encoded along its slice axis too (3D), so that values may move between slices
     */
    public HarmonicWarp(
            GradientHarmonics harmonics, PatientGeometry geometry, PatientPosition position, boolean encodedAcross) {
        this.harmonics = harmonics;
        this.encodedAcross = encodedAcross;
        Rotation toDevice = position.patientToDevice();
        origin = toDevice.apply(geometry.firstVoxelMeters());
        column = toDevice.apply(geometry.row());
        row = toDevice.apply(geometry.column());
        slice = toDevice.apply(geometry.slice());
        columnSpacing = geometry.columnSpacingMeters();
        rowSpacing = geometry.rowSpacingMeters();
        // Of a single slice the spacing may be unknown; any length serves.
        sliceSpacing = geometry.sliceSpacingMeters() > 0 ? geometry.sliceSpacingMeters() : rowSpacing;
    }

    @Override
    public void at(double columnIndex, double rowIndex, double sliceIndex, double[] to) {
        if (encodedAcross) {
            seen(columnIndex, rowIndex, sliceIndex, to);
            to[3] = 1;
            return;
        }
        double at = bent(columnIndex, rowIndex, sliceIndex, to);
        seen(columnIndex, rowIndex, at + STEP, to);
        double above = to[2];
        double x = to[0];
        double y = to[1];
        seen(columnIndex, rowIndex, at - STEP, to);
        to[3] = (above - to[2]) / (2 * STEP);
        to[0] = (x + to[0]) / 2;
        to[1] = (y + to[1]) / 2;
        to[2] = sliceIndex;
    }

    /** How far at most the bent slices of this volume lie off the flat ones, within the ellipse that fills the image. */
    double largestBendMeters(int columns, int rows, int slices) {
        double largest = 0;
        double[] to = new double[4];
        for (int slice = 0; slice < slices; slice++) {
            for (int i = -PROBES; i <= PROBES; i++) {
                for (int k = -PROBES; k <= PROBES; k++) {
                    if (i * i + k * k <= PROBES * PROBES) {
                        double column = 0.5 * columns * (1 + (double) i / PROBES);
                        double row = 0.5 * rows * (1 + (double) k / PROBES);
                        largest = Math.max(largest, Math.abs(bent(column, row, slice, to) - slice));
                    }
                }
            }
        }
        return largest * sliceSpacing;
    }

    /** The slice index of the point that is excited as if it were in this slice. */
    private double bent(double columnIndex, double rowIndex, double sliceIndex, double[] to) {
        double at = sliceIndex;
        for (int i = 0; i < ROUNDS; i++) {
            seen(columnIndex, rowIndex, at, to);
            at += sliceIndex - to[2];
        }
        return at;
    }

    /** All in voxels. */
    private void seen(double columnIndex, double rowIndex, double sliceIndex, double[] to) {
        double u = columnIndex * columnSpacing;
        double v = rowIndex * rowSpacing;
        double w = sliceIndex * sliceSpacing;
        harmonics.seen(
                origin.x() + u * column.x() + v * row.x() + w * slice.x(),
                origin.y() + u * column.y() + v * row.y() + w * slice.y(),
                origin.z() + u * column.z() + v * row.z() + w * slice.z(),
                to);
        double x = to[0] - origin.x();
        double y = to[1] - origin.y();
        double z = to[2] - origin.z();
        to[0] = (x * column.x() + y * column.y() + z * column.z()) / columnSpacing;
        to[1] = (x * row.x() + y * row.y() + z * row.z()) / rowSpacing;
        to[2] = (x * slice.x() + y * slice.y() + z * slice.z()) / sliceSpacing;
    }
}
