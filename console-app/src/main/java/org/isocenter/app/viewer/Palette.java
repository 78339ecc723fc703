package org.isocenter.app.viewer;

import java.util.function.IntUnaryOperator;
import javafx.scene.paint.Color;
import javafx.scene.paint.CycleMethod;
import javafx.scene.paint.LinearGradient;
import javafx.scene.paint.Stop;
import org.isocenter.model.Quantity;

/** Which colours values have, from the display window's least to its most. */
enum Palette {
    GREY(i -> i * 0x010101),
    /** Black, red, yellow, white: brighter is more. */
    HEAT(i -> rgb(3 * i, 3 * i - 255, 3 * i - 510)),
    /** Light blue below the middle, black in it, yellow above: the sign is seen, also by who sees no red. */
    SIGNED(i -> rgb(2 * (i - 128), i < 128 ? 3 * (128 - i) / 2 : 3 * (i - 128) / 2, 2 * (128 - i)));

    private static final int STEPS = 256;
    private final int[] argb = new int[STEPS];

    Palette(IntUnaryOperator rgb) {
        for (int i = 0; i < STEPS; i++) {
            argb[i] = 0xFF000000 | rgb.applyAsInt(i);
        }
    }

    /** Images are grey; what is measured is coloured, so that nobody takes it for an image. */
    static Palette of(Quantity quantity) {
        return !quantity.isMap() ? GREY : quantity.isSigned() ? SIGNED : HEAT;
    }

    private static int rgb(int red, int green, int blue) {
        return clamp(red) << 16 | clamp(green) << 8 | clamp(blue);
    }

    private static int clamp(int value) {
        return Math.max(0, Math.min(255, value));
    }

    /** Opaque colours, 256 of them. */
    int[] argb() {
        return argb;
    }

    /** From the least at the bottom to the most at the top. */
    LinearGradient upwards() {
        Stop[] stops = new Stop[17];
        for (int i = 0; i < stops.length; i++) {
            int color = argb[Math.min(STEPS - 1, i * STEPS / (stops.length - 1))];
            stops[i] =
                    new Stop(i / (stops.length - 1.0), Color.rgb(color >> 16 & 0xFF, color >> 8 & 0xFF, color & 0xFF));
        }
        return new LinearGradient(0, 1, 0, 0, true, CycleMethod.NO_CYCLE, stops);
    }
}
