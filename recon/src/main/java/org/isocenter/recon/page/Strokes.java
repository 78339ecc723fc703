package org.isocenter.recon.page;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Letters of straight strokes, all of one width, for machines without fonts. On a grid of {@value #WIDTH} by {@value #HEIGHT}: feet
 * stand at 2 from below, small letters end at 6, capitals at 8. The file strokes.txt has a letter a line: its strokes, parted by
 * slashes, are points of two digits, x and y.
 */
final class Strokes {
    static final int WIDTH = 4;
    static final int HEIGHT = 8;
    /** From one letter to the next. */
    static final int ADVANCE = WIDTH + 2;

    /** A box, for what has no letter. */
    private static final int[][] UNKNOWN = {{0, 2, 0, 8, 4, 8, 4, 2, 0, 2}};

    private static final Map<Character, int[][]> GLYPHS = read();

    private Strokes() {}

    /** One letter's strokes: x and y of each point in turn, y from below. */
    static int[][] of(char letter) {
        return GLYPHS.getOrDefault(letter, UNKNOWN);
    }

    /** The text in letters that there are: without accents where there is no such letter, dashes as hyphens. */
    static String drawable(String text) {
        StringBuilder drawable = new StringBuilder();
        for (char letter : text.strip().replaceAll("\\s+", " ").toCharArray()) {
            if (GLYPHS.containsKey(letter)) {
                drawable.append(letter);
            } else if (letter == '–' || letter == '—' || letter == '−') {
                drawable.append('-');
            } else {
                char plain = Normalizer.normalize(String.valueOf(letter), Normalizer.Form.NFD)
                        .charAt(0);
                drawable.append(plain);
            }
        }
        return drawable.toString();
    }

    private static Map<Character, int[][]> read() {
        Map<Character, int[][]> glyphs = new HashMap<>(Map.of(' ', new int[0][]));
        try (BufferedReader lines = new BufferedReader(
                new InputStreamReader(Strokes.class.getResourceAsStream("strokes.txt"), StandardCharsets.UTF_8))) {
            for (String line : lines.lines().toList()) {
                List<int[]> strokes = new ArrayList<>();
                for (String stroke : line.substring(2).split("/")) {
                    strokes.add(stroke.chars()
                            .filter(Character::isDigit)
                            .map(c -> c - '0')
                            .toArray());
                }
                glyphs.put(line.charAt(0), strokes.toArray(int[][]::new));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Map.copyOf(glyphs);
    }
}
