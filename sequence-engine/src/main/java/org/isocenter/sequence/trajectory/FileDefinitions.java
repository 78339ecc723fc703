package org.isocenter.sequence.trajectory;

import java.util.Map;

/** Reads the definitions that files commonly carry. */
final class FileDefinitions {
    /** No field of view is this large in metres: older files give millimetres. */
    private static final double LARGEST_METERS = 2;

    private final Map<String, String> definitions;

    FileDefinitions(Map<String, String> definitions) {
        this.definitions = definitions;
    }

    /** Extent along the file's axis 0, 1 or 2, in metres; NaN when not told. */
    double fovMeters(int axis) {
        double[] fov = numbers("FOV");
        if (axis < 0 || fov.length < 3 || !(fov[axis] > 0)) {
            return Double.NaN;
        }
        boolean millimeters = Math.max(fov[0], Math.max(fov[1], fov[2])) > LARGEST_METERS;
        return millimeters ? fov[axis] / 1000 : fov[axis];
    }

    /** The first number of a definition, or NaN. */
    double number(String key) {
        double[] values = numbers(key);
        return values.length == 0 ? Double.NaN : values[0];
    }

    String text(String key) {
        return definitions.getOrDefault(key, "").trim();
    }

    private double[] numbers(String key) {
        String text = text(key);
        if (text.isEmpty()) {
            return new double[0];
        }
        String[] words = text.split("[ \t]+");
        double[] values = new double[words.length];
        for (int i = 0; i < words.length; i++) {
            try {
                values[i] = Double.parseDouble(words[i]);
            } catch (NumberFormatException e) {
                return new double[0];
            }
        }
        return values;
    }
}
