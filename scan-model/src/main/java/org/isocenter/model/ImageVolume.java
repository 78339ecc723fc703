package org.isocenter.model;

/**
 * A reconstructed stack of magnitude images. Voxel (column x, row y, slice z) is {@code pixels[(z*rows+y)*columns+x]}. Not
 * copied; must not be changed once made.
 *
 * @param name tells it from the scan's other volumes: "axial", "echo 2"; empty when there is one
 * @param contrast echo index from 0
 * @param acquiredFraction 1 when all data went into it; less for a preview or a scan cut short
 * @param diffusion its weighting, {@link Diffusion#NONE} for b = 0; null where the scan is not about diffusion
 */
public record ImageVolume(
        String name,
        int columns,
        int rows,
        int slices,
        float[] pixels,
        PatientGeometry geometry,
        int contrast,
        double acquiredFraction,
        Diffusion diffusion) {

    public ImageVolume {
        if (pixels.length != columns * rows * slices) {
            throw new IllegalArgumentException(
                    pixels.length + " pixels for " + columns + "×" + rows + "×" + slices + " voxels");
        }
    }

    /** Of a scan that is not about diffusion. */
    public ImageVolume(
            String name,
            int columns,
            int rows,
            int slices,
            float[] pixels,
            PatientGeometry geometry,
            int contrast,
            double acquiredFraction) {
        this(name, columns, rows, slices, pixels, geometry, contrast, acquiredFraction, null);
    }

    public float pixel(int column, int row, int slice) {
        return pixels[(slice * rows + row) * columns + column];
    }
}
