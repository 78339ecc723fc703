package org.isocenter.app.viewer;

import org.isocenter.model.Vec3;

/** Names of patient directions: L R A P H F. */
final class OrientationLetters {
    /** A component smaller than this (about 14°) is not named. */
    private static final double NAMED = 0.25;

    private static final String POSITIVE = "LPH";
    private static final String NEGATIVE = "RAF";

    private OrientationLetters() {}

    /** "L", or "LA" for an oblique direction: its components by size. {@code direction} is a unit vector in LPS. */
    static String of(Vec3 direction) {
        double[] components = {direction.x(), direction.y(), direction.z()};
        StringBuilder letters = new StringBuilder(3);
        boolean[] used = new boolean[3];
        for (int n = 0; n < 3; n++) {
            int largest = -1;
            for (int i = 0; i < 3; i++) {
                if (!used[i] && (largest < 0 || Math.abs(components[i]) > Math.abs(components[largest]))) {
                    largest = i;
                }
            }
            used[largest] = true;
            if (Math.abs(components[largest]) >= NAMED) {
                letters.append((components[largest] > 0 ? POSITIVE : NEGATIVE).charAt(largest));
            }
        }
        return letters.toString();
    }
}
