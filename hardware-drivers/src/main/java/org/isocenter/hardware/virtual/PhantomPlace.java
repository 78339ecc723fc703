package org.isocenter.hardware.virtual;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.isocenter.hardware.virtual.phantom.Phantom;
import org.isocenter.model.Rotation;
import org.isocenter.model.Vec3;

/**
 * Where a phantom lies and how it is turned, as in a scanner's address: {@code place=10mm,0,-0.02&rotate=0,0,30}. Both are in
 * device axes (x to the patient's left, y to the back, z to the head; right-handed turns). It is turned about the x axis
 * first, by the first angle, then about the scanner's own y axis, then about its z axis, and then moved.
 *
 * @param meters of the phantom's own centre from the isocentre
 */
record PhantomPlace(Vec3 meters, Rotation rotation) {
    static final PhantomPlace ISOCENTER = new PhantomPlace(Vec3.ZERO, Rotation.IDENTITY);
    private static final double MOST_METERS = 0.5;
    private static final double MOST_DEGREES = 360;
    private static final Pattern NUMBER =
            Pattern.compile("([-+]?(?:\\d+\\.?\\d*|\\.\\d+)(?:[eE][-+]?\\d+)?)\\s*(mm|m|deg|°)?");

    /**
     * The same turn at this place.
     *
     * @param text three lengths between commas, each in metres or with the unit m or mm
     * @throws IllegalArgumentException saying what is wrong and what to write
     */
    PhantomPlace at(String text) {
        return new PhantomPlace(lengths("place", text, MOST_METERS), rotation);
    }

    /**
     * The same place with this turn.
     *
     * @param text three angles in degrees between commas
     * @throws IllegalArgumentException saying what is wrong and what to write
     */
    PhantomPlace turned(String text) {
        Vec3 degrees = degrees("rotate", text, MOST_DEGREES);
        Rotation turn = Rotation.about(Vec3.Z, Math.toRadians(degrees.z()))
                .after(Rotation.about(Vec3.Y, Math.toRadians(degrees.y())))
                .after(Rotation.about(Vec3.X, Math.toRadians(degrees.x())));
        return new PhantomPlace(meters, turn);
    }

    Phantom of(Phantom phantom) {
        return equals(ISOCENTER) ? phantom : phantom.placed(meters, rotation);
    }

    /**
     * Three lengths of an option, in metres.
     *
     * @param most either way
     * @throws IllegalArgumentException saying what is wrong and what to write
     */
    static Vec3 lengths(String key, String text, double most) {
        String hint = "write three lengths to the left, back and head, e.g. " + key
                + "=10mm,0,-20mm; a bare number is in metres";
        return within(key, text, numbers(key, text, hint, "m", "mm"), most, "m", hint);
    }

    /**
     * Three angles of an option, in degrees.
     *
     * @param most either way
     * @throws IllegalArgumentException saying what is wrong and what to write
     */
    static Vec3 degrees(String key, String text, double most) {
        String hint = "write three angles in degrees, about x, y and z, e.g. " + key + "=0,0,30";
        return within(key, text, numbers(key, text, hint, "deg", "°"), most, "degrees", hint);
    }

    private static Vec3 within(String key, String text, double[] values, double most, String unit, String hint) {
        for (double value : values) {
            if (!(Math.abs(value) <= most)) {
                throw new IllegalArgumentException(
                        key + " '" + text + "' is out of range: each of the three must be from " + -most + " to " + most
                                + " " + unit + "; " + hint);
            }
        }
        return new Vec3(values[0], values[1], values[2]);
    }

    private static double[] numbers(String key, String text, String hint, String unit, String otherUnit) {
        String list = text.strip();
        if (list.startsWith("[") && list.endsWith("]")) {
            list = list.substring(1, list.length() - 1);
        }
        String[] parts = list.split(",", -1);
        if (parts.length != 3) {
            throw new IllegalArgumentException(key + " '" + text + "' is not three numbers: " + hint);
        }
        double[] values = new double[3];
        for (int i = 0; i < 3; i++) {
            Matcher number = NUMBER.matcher(parts[i].strip());
            boolean known = number.matches()
                    && (number.group(2) == null
                            || number.group(2).equals(unit)
                            || number.group(2).equals(otherUnit));
            if (!known) {
                throw new IllegalArgumentException(
                        key + " '" + text + "': '" + parts[i].strip() + "' is not understood: " + hint);
            }
            double scale = "mm".equals(number.group(2)) ? 1e-3 : 1;
            values[i] = Double.parseDouble(number.group(1)) * scale;
        }
        return values;
    }
}
