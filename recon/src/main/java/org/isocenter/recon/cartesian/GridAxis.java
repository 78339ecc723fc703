package org.isocenter.recon.cartesian;

import org.isocenter.recon.mrd.MrdNotes;

/**
 * One axis on its way from k-space to pixels. K-space is laid on a grid of {@code gridSize} points whose transform has the
 * voxels that the image wants over the extent that was encoded; the middle {@code pixels} of those are the image. Zeros
 * are added in k-space where fewer points were encoded than that (interpolation), pixels cut off where more was encoded than
 * is wanted (oversampling).
 */
record GridAxis(int gridSize, int pixels) {
    private static final int LARGEST = 1 << 15;

    /** Matrix sizes and extents of the encoded and the wanted space along one axis. */
    static GridAxis of(
            String axis, int encoded, double encodedFovMeters, int wanted, double wantedFovMeters, MrdNotes notes) {
        double grid = Math.rint(encodedFovMeters * wanted / wantedFovMeters);
        boolean sensible =
                grid >= 1 && grid <= LARGEST && grid >= encoded / 8.0 && grid <= 8.0 * Math.max(encoded, wanted);
        if (!sensible) {
            notes.add("along " + axis + ", " + encoded + " points over " + encodedFovMeters + " m and " + wanted
                    + " pixels over " + wantedFovMeters + " m do not belong together: the extents were left aside");
            return new GridAxis(Math.max(encoded, wanted), wanted);
        }
        return new GridAxis((int) grid, wanted);
    }

    /** Where k = {@code step} (0 at the centre of k-space) lies on the grid; outside of it for what is not wanted. */
    int index(int step) {
        return gridSize / 2 + step;
    }

    boolean holds(int index) {
        return index >= 0 && index < gridSize;
    }

    /** The transform's first pixel that the image has; negative when the image reaches further than what was encoded. */
    int firstPixel() {
        return gridSize / 2 - pixels / 2;
    }
}
