package org.isocenter.app.viewer;

import java.util.Arrays;

/**
 * Draws one cut through a volume into pixels: cubic interpolation (Catmull-Rom; Keys 1981, a = −1/2), window and level, colours.
 * Keeps its scratch arrays, so that drawing again at the same size allocates nothing. One thread at a time.
 */
final class CutRenderer {
    private static final int OPAQUE_BLACK = 0xFF000000;

    private float[] stretched = {};
    private int[] taps = {};
    private float[] weights = {};

    /**
     * @param colors 256 of them, from the window's least to its most
     * @param argb row by row, {@code width*height} at least
     * @param pixelsPerMeter scale
     * @param centerRightMeters plane coordinates of the middle of the picture
     */
    void draw(
            PlaneOfVolume plane,
            int slice,
            DisplayWindow window,
            int[] colors,
            int[] argb,
            int width,
            int height,
            double pixelsPerMeter,
            double centerRightMeters,
            double centerDownMeters) {
        Arrays.fill(argb, 0, width * height, OPAQUE_BLACK);
        double columnsPerPixel = 1 / (pixelsPerMeter * plane.columnSpacingMeters());
        double rowsPerPixel = 1 / (pixelsPerMeter * plane.rowSpacingMeters());
        double firstColumn = plane.columnAt(centerRightMeters) + (0.5 - width / 2.0) * columnsPerPixel;
        double firstRow = plane.rowAt(centerDownMeters) + (0.5 - height / 2.0) * rowsPerPixel;
        int x0 = firstInside(firstColumn, columnsPerPixel, width);
        int x1 = endInside(firstColumn, columnsPerPixel, plane.columns(), width);
        int y0 = firstInside(firstRow, rowsPerPixel, height);
        int y1 = endInside(firstRow, rowsPerPixel, plane.rows(), height);
        if (x0 >= x1 || y0 >= y1) {
            return;
        }
        int w = x1 - x0;
        stretchRows(plane, slice, firstColumn + x0 * columnsPerPixel, columnsPerPixel, w);
        prepare(plane.rows(), firstRow + y0 * rowsPerPixel, rowsPerPixel, y1 - y0);
        float black = (float) window.black();
        float scale = (float) (255 / window.width());
        for (int y = y0; y < y1; y++) {
            int t = 4 * (y - y0);
            blendRows(t, w, colors, argb, y * width + x0, black, scale);
        }
    }

    private static int firstInside(double first, double step, int pixels) {
        return (int) Math.max(0, Math.min(pixels, Math.ceil((-0.5 - first) / step)));
    }

    private static int endInside(double first, double step, int count, int pixels) {
        return (int) Math.max(0, Math.min(pixels, Math.ceil((count - 0.5 - first) / step)));
    }

    /** Every row of the cut, interpolated to {@code w} pixels. */
    private void stretchRows(PlaneOfVolume plane, int slice, double first, double step, int w) {
        prepare(plane.columns(), first, step, w);
        int rows = plane.rows();
        if (stretched.length < rows * w) {
            stretched = new float[rows * w];
        }
        float[] pixels = plane.volume().pixels();
        int columnStride = plane.columnStride();
        for (int row = 0; row < rows; row++) {
            int from = plane.offset(slice) + row * plane.rowStride();
            int to = row * w;
            for (int x = 0; x < w; x++) {
                int t = 4 * x;
                stretched[to + x] = weights[t] * pixels[from + taps[t] * columnStride]
                        + weights[t + 1] * pixels[from + taps[t + 1] * columnStride]
                        + weights[t + 2] * pixels[from + taps[t + 2] * columnStride]
                        + weights[t + 3] * pixels[from + taps[t + 3] * columnStride];
            }
        }
    }

    private void blendRows(int t, int w, int[] colors, int[] argb, int to, float black, float scale) {
        int a = taps[t] * w;
        int b = taps[t + 1] * w;
        int c = taps[t + 2] * w;
        int d = taps[t + 3] * w;
        float wa = weights[t];
        float wb = weights[t + 1];
        float wc = weights[t + 2];
        float wd = weights[t + 3];
        for (int x = 0; x < w; x++) {
            float value = wa * stretched[a + x] + wb * stretched[b + x] + wc * stretched[c + x] + wd * stretched[d + x];
            argb[to + x] = colors[Math.max(0, Math.min(255, (int) ((value - black) * scale)))];
        }
    }

    /** The four samples and weights for each of {@code pixels} positions {@code first + i·step} on a line of samples. */
    private void prepare(int count, double first, double step, int pixels) {
        if (taps.length < 4 * pixels) {
            taps = new int[4 * pixels];
            weights = new float[4 * pixels];
        }
        for (int i = 0; i < pixels; i++) {
            double at = first + i * step;
            int left = (int) Math.floor(at);
            float f = (float) (at - left);
            for (int k = 0; k < 4; k++) {
                taps[4 * i + k] = Math.max(0, Math.min(count - 1, left - 1 + k));
            }
            weights[4 * i] = f * (-0.5f + f * (1 - 0.5f * f));
            weights[4 * i + 1] = 1 + f * f * (-2.5f + 1.5f * f);
            weights[4 * i + 2] = f * (0.5f + f * (2 - 1.5f * f));
            weights[4 * i + 3] = f * f * (-0.5f + 0.5f * f);
        }
    }
}
