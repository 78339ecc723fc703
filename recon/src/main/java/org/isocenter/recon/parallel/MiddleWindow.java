package org.isocenter.recon.parallel;

import org.isocenter.recon.array.ChannelGrid;

/** A window over the rows of k-space: 1 in the middle, softly down to 0 where its first gap is. Immutable. */
final class MiddleWindow {
    /** Rows over which it falls; an edge would ring. */
    private static final int FALL = 6;

    /** Fewer rows are no image. */
    private static final int LEAST = 8;

    private final float[] alongY;
    private final float[] alongZ;

    private MiddleWindow(float[] alongY, float[] alongZ) {
        this.alongY = alongY;
        this.alongZ = alongZ;
    }

    /** Of the rows of a k-space that is zero where nothing was measured; all zero where the middle is too small for one. */
    static MiddleWindow of(ChannelGrid kspace) {
        CalibrationRegion middle = CalibrationRegion.find(kspace, kspace.sizeX(), kspace.sizeY(), kspace.sizeZ());
        return new MiddleWindow(
                window(kspace.sizeY(), middle.firstY(), middle.sizeY()),
                window(kspace.sizeZ(), middle.firstZ(), middle.sizeZ()));
    }

    /** Symmetric about k = 0, so that it brings no phase. */
    private static float[] window(int size, int first, int count) {
        float[] window = new float[size];
        if (count < Math.min(size, LEAST)) {
            return window;
        }
        int reach = count == size ? Integer.MAX_VALUE : Math.min(size / 2 - first, first + count - 1 - size / 2);
        for (int i = 0; i < size; i++) {
            int distance = Math.abs(i - size / 2);
            double fallen = Math.max(0, Math.min(1, 1 - (reach + 1.0 - distance) / FALL));
            window[i] = (float) (0.5 + 0.5 * Math.cos(Math.PI * fallen));
        }
        return window;
    }

    float weight(int y, int z) {
        return alongY[y] * alongZ[z];
    }
}
