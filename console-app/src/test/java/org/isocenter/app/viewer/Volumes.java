package org.isocenter.app.viewer;

import org.isocenter.model.EncodingGeometry;
import org.isocenter.model.ImageVolume;
import org.isocenter.model.PatientGeometry;

/** Volumes whose voxels tell where they are. */
final class Volumes {
    private Volumes() {}

    /** 8 × 6 voxels of 2 × 3 mm, slices of 5 mm; the value is column + 10·row + 100·slice. */
    static ImageVolume numbered(EncodingGeometry geometry, int slices) {
        int columns = 8;
        int rows = 6;
        float[] pixels = new float[columns * rows * slices];
        for (int z = 0; z < slices; z++) {
            for (int y = 0; y < rows; y++) {
                for (int x = 0; x < columns; x++) {
                    pixels[(z * rows + y) * columns + x] = x + 10 * y + 100 * z;
                }
            }
        }
        PatientGeometry where = new PatientGeometry(
                geometry.pointMeters(-(columns / 2) * 0.002, -(rows / 2) * 0.003, -(slices - 1) / 2.0 * 0.005),
                geometry.read(),
                geometry.phase(),
                geometry.slice(),
                0.002,
                0.003,
                0.005,
                0.005);
        return new ImageVolume("", columns, rows, slices, pixels, where, 0, 1);
    }
}
