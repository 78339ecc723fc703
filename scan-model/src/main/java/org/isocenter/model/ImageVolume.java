package org.isocenter.model;

/**
 * A reconstructed stack of images: magnitudes, or what was worked out from them. Voxel (column x, row y, slice z) is {@code pixels[(z*rows+y)*columns+x]}. Not
 * copied; must not be changed once made.
 *
 * @param name tells it from the scan's other volumes: "axial", "echo 2"; empty when there is one
 * @param contrast echo index from 0
 * @param acquiredFraction 1 when all data went into it; less for a preview or a scan cut short
 * @param diffusion its weighting, {@link Diffusion#NONE} for b = 0; null where the scan is not about diffusion
 * @param quantity what the pixels are
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
        Diffusion diffusion,
        Quantity quantity) {

    public ImageVolume {
        if (pixels.length != columns * rows * slices) {
            throw new IllegalArgumentException(
                    pixels.length + " pixels for " + columns + "×" + rows + "×" + slices + " voxels");
        }
    }

    /** Magnitudes. */
    public ImageVolume(
            String name,
            int columns,
            int rows,
            int slices,
            float[] pixels,
            PatientGeometry geometry,
            int contrast,
            double acquiredFraction,
            Diffusion diffusion) {
        this(name, columns, rows, slices, pixels, geometry, contrast, acquiredFraction, diffusion, Quantity.MAGNITUDE);
    }

    /** Magnitudes of a scan that is not about diffusion. */
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

    /** What was worked out for the same voxels, under a name of its own. */
    public ImageVolume withMap(String mapName, Quantity mapQuantity, float[] mapPixels) {
        return new ImageVolume(
                mapName,
                columns,
                rows,
                slices,
                mapPixels,
                geometry,
                contrast,
                acquiredFraction,
                diffusion,
                mapQuantity);
    }

    public float pixel(int column, int row, int slice) {
        return pixels[(slice * rows + row) * columns + column];
    }
}
