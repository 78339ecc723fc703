package org.isocenter.app.viewer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import org.isocenter.model.EncodingGeometry;
import org.isocenter.model.ImageVolume;
import org.isocenter.model.PatientGeometry;
import org.isocenter.model.Vec3;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CutRendererTest {
    private static final DisplayWindow ALL = new DisplayWindow(1, 0.5);

    private static int[] draw(PlaneOfVolume plane, int slice, DisplayWindow window, int size, double scale) {
        int[] argb = new int[size * size];
        new CutRenderer().draw(plane, slice, window, Palette.GREY.argb(), argb, size, size, scale, 0.0013, -0.0007);
        return argb;
    }

    /** Keys 1981, straight from the definition, with clamped edges. */
    private static double cubic(double d) {
        double t = Math.abs(d);
        if (t < 1) {
            return 1.5 * t * t * t - 2.5 * t * t + 1;
        }
        return t < 2 ? -0.5 * t * t * t + 2.5 * t * t - 4 * t + 2 : 0;
    }

    private static double expected(PlaneOfVolume plane, int slice, double right, double down) {
        double column = plane.columnAt(right);
        double row = plane.rowAt(down);
        if (column < -0.5 || row < -0.5 || column >= plane.columns() - 0.5 || row >= plane.rows() - 0.5) {
            return Double.NaN;
        }
        double sum = 0;
        for (int r = (int) Math.floor(row) - 1; r <= Math.floor(row) + 2; r++) {
            for (int c = (int) Math.floor(column) - 1; c <= Math.floor(column) + 2; c++) {
                int inColumn = Math.max(0, Math.min(plane.columns() - 1, c));
                int inRow = Math.max(0, Math.min(plane.rows() - 1, r));
                int at = plane.offset(slice) + inColumn * plane.columnStride() + inRow * plane.rowStride();
                sum += cubic(column - c) * cubic(row - r) * plane.volume().pixels()[at];
            }
        }
        return sum;
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void everyPixelIsWhatTheDefinitionOfCubicInterpolationSays(long seed) {
        Random random = new Random(seed);
        float[] pixels = new float[9 * 7 * 5];
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = random.nextFloat();
        }
        PatientGeometry where = new PatientGeometry(
                new Vec3(-0.008, -0.006, -0.004), Vec3.X, Vec3.Y, Vec3.Z, 0.002, 0.002, 0.002, 0.002);
        ImageVolume volume = new ImageVolume("", 9, 7, 5, pixels, where, 0, 1);
        PlaneOfVolume plane = PlaneOfVolume.of(volume, ViewPlane.values()[random.nextInt(3)]);
        int slice = random.nextInt(plane.slices());
        double scale = 1000 * (0.3 + 6 * random.nextDouble());
        int size = 64;

        int[] argb = draw(plane, slice, ALL, size, scale);

        for (int y = 0; y < size; y++) {
            for (int x = 0; x < size; x++) {
                double right = (x + 0.5 - size / 2.0) / scale + 0.0013;
                double down = (y + 0.5 - size / 2.0) / scale - 0.0007;
                double value = expected(plane, slice, right, down);
                double grey = Double.isNaN(value) ? 0 : Math.max(0, Math.min(255, value * 255));
                assertThat((double) (argb[y * size + x] & 0xFF))
                        .as("x %d y %d", x, y)
                        .isBetween(grey - 1.01, grey + 0.01);
                assertThat(argb[y * size + x] >>> 24).isEqualTo(0xFF);
            }
        }
    }

    @Test
    void valuesBelowTheWindowAreBlackAndAboveItWhite() {
        PlaneOfVolume plane = PlaneOfVolume.of(Volumes.numbered(EncodingGeometry.AXIAL, 1), ViewPlane.AXIAL);

        int[] dark = draw(plane, 0, new DisplayWindow(1, 1000), 32, 1000);
        int[] bright = draw(plane, 0, new DisplayWindow(1, -1000), 32, 1000);

        assertThat(dark[16 * 32 + 16]).isEqualTo(0xFF000000);
        assertThat(bright[16 * 32 + 16]).isEqualTo(0xFFFFFFFF);
    }

    @Test
    void theWindowFoundForAnImageShowsTheObjectNotTheAir() {
        float[] pixels = new float[100 * 100];
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = i % 10 == 0 ? 800 : 3;
        }
        PatientGeometry where = new PatientGeometry(Vec3.ZERO, Vec3.X, Vec3.Y, Vec3.Z, 0.001, 0.001, 0.001, 0.001);

        DisplayWindow window = DisplayWindow.fitting(List.of(new ImageVolume("", 100, 100, 1, pixels, where, 0, 1)));

        assertThat(window.black()).isEqualTo(0);
        assertThat(window.width()).isBetween(800.0, 900.0);
    }
}
