package org.isocenter.recon.spectrum;

import java.awt.Graphics2D;
import java.util.Map;

/** Numbers and units in letters of three by five squares, for machines without fonts. */
final class TinyTextPicture {
    private static final int SQUARE = 2;
    static final int HEIGHT = 5 * SQUARE;
    private static final int ADVANCE = 4 * SQUARE;

    /** Five rows of three bits each, the left one highest; m is as wide as the others. */
    private static final Map<Character, int[]> GLYPHS = Map.ofEntries(
            Map.entry('0', new int[] {7, 5, 5, 5, 7}),
            Map.entry('1', new int[] {2, 6, 2, 2, 7}),
            Map.entry('2', new int[] {7, 1, 7, 4, 7}),
            Map.entry('3', new int[] {7, 1, 7, 1, 7}),
            Map.entry('4', new int[] {5, 5, 7, 1, 1}),
            Map.entry('5', new int[] {7, 4, 7, 1, 7}),
            Map.entry('6', new int[] {7, 4, 7, 5, 7}),
            Map.entry('7', new int[] {7, 1, 1, 2, 2}),
            Map.entry('8', new int[] {7, 5, 7, 5, 7}),
            Map.entry('9', new int[] {7, 5, 7, 1, 7}),
            Map.entry('.', new int[] {0, 0, 0, 0, 2}),
            Map.entry('-', new int[] {0, 0, 7, 0, 0}),
            Map.entry('+', new int[] {0, 2, 7, 2, 0}),
            Map.entry('e', new int[] {0, 7, 7, 4, 7}),
            Map.entry('H', new int[] {5, 5, 7, 5, 5}),
            Map.entry('z', new int[] {0, 7, 1, 4, 7}),
            Map.entry('m', new int[] {0, 7, 7, 5, 5}),
            Map.entry('s', new int[] {0, 7, 4, 1, 7}));

    private TinyTextPicture() {}

    static int width(String text) {
        return text.length() * ADVANCE - SQUARE;
    }

    /** In the present colour, the upper left corner at x and y; what has no letter is left blank. */
    static void draw(Graphics2D graphics, String text, int x, int y) {
        for (int i = 0; i < text.length(); i++) {
            int[] rows = GLYPHS.getOrDefault(text.charAt(i), new int[5]);
            for (int row = 0; row < 5; row++) {
                for (int column = 0; column < 3; column++) {
                    if ((rows[row] >> (2 - column) & 1) == 1) {
                        graphics.fillRect(x + i * ADVANCE + column * SQUARE, y + row * SQUARE, SQUARE, SQUARE);
                    }
                }
            }
        }
    }
}
