package org.isocenter.recon.layout;

import java.nio.file.Path;
import java.util.Arrays;

/**
 * What a user says about an array of raw data.
 *
 * @param variable its name in the file; null when there is no choice
 * @param layout null for what is usual in such files
 * @param fovMeters of none to three axes x, y, z
 * @param trajectory file of the samples' k-space positions; null where they lie on a grid, or in the data's own file
 * @param trajectoryVariable its name in that file; null when there is no choice
 * @param matrix of the image, x, y, z, where there is a trajectory; empty for what it reaches
 */
public record ArrayScan(
        String variable, Layout layout, double[] fovMeters, Path trajectory, String trajectoryVariable, int[] matrix) {
    /** As thick as slices are taken to be when nobody says. */
    private static final double SLICE_METERS = 5e-3;

    private static final double PIXEL_METERS = 1e-3;

    /** Nothing. */
    public static final ArrayScan UNTOLD = new ArrayScan(null, null, new double[0], null, null, new int[0]);

    /**
     * @throws IllegalArgumentException when there are more than three extents, or one is not positive
     */
    public ArrayScan {
        if (fovMeters.length > 3 || Arrays.stream(fovMeters).anyMatch(m -> !(m > 0 && m < 10))) {
            throw new IllegalArgumentException("a field of view has up to three extents between 0 and 10 m");
        }
        if (matrix.length > 3 || Arrays.stream(matrix).anyMatch(n -> n < 1 || n > 0xffff)) {
            throw new IllegalArgumentException("a matrix has up to three extents from 1 to 65535");
        }
    }

    /** Extents along x, y, z of a matrix: as told; y as x; a pixel of 1 mm, and slices of 5 mm, where nobody says. */
    double[] fov(int columns, int rows, int partitions) {
        double x = fovMeters.length > 0 ? fovMeters[0] : columns * PIXEL_METERS;
        double y = fovMeters.length > 1 ? fovMeters[1] : fovMeters.length > 0 ? x : rows * PIXEL_METERS;
        double z = fovMeters.length > 2 ? fovMeters[2] : partitions > 1 ? partitions * x / columns : SLICE_METERS;
        return new double[] {x, y, z};
    }
}
