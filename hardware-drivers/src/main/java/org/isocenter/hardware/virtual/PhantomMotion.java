package org.isocenter.hardware.virtual;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.isocenter.hardware.virtual.phantom.BreathingMotion;
import org.isocenter.hardware.virtual.phantom.FlowPhantom;
import org.isocenter.hardware.virtual.phantom.MovingPhantom;
import org.isocenter.hardware.virtual.phantom.Phantom;
import org.isocenter.hardware.virtual.phantom.RigidMotion;
import org.isocenter.hardware.virtual.phantom.SpinList;
import org.isocenter.model.Vec3;

/**
 * How a phantom moves, as in a scanner's address. Any phantom can be moved as a whole, on device axes, counted from the
 * start of the scan: {@code motion.shift=0,5mm,0} and {@code motion.turn=0,0,5} (degrees, right-handed about that vector
 * through the isocentre) are reached to and fro in {@code motion.periodSeconds=4} as a sine, or once and for all from
 * {@code motion.startSeconds=10} on within {@code motion.durationSeconds=2} (0, a sudden step, when left out).
 *
 * <p>The chest breathes: {@code breathing.periodSeconds} (4), by {@code breathing.frontMeters} (0.008: the breastbone to
 * the front) and {@code breathing.diaphragmMeters} (0.015, to the feet). In the phantom flow fluid flows with {@code
 * flow.metersPerSecond} (0.05), {@code flow.profile} plug or laminar (laminar), times 1 + {@code flow.pulsation} (0) · sin
 * 2πt/{@code flow.periodSeconds} (1). {@code motion=none} lets the chest hold its breath, the fluid stand, and
 * a file's spins rest.
 */
final class PhantomMotion {
    private static final double MOST_METERS = 0.5;
    private static final double MOST_DEGREES = 360;
    private static final double SHORTEST_PERIOD_SECONDS = 0.05;
    private static final double LONGEST_SECONDS = 1e5;
    private static final List<String> KNOWN = List.of(
            "motion",
            "motion.shift",
            "motion.turn",
            "motion.periodSeconds",
            "motion.startSeconds",
            "motion.durationSeconds",
            "breathing.periodSeconds",
            "breathing.frontMeters",
            "breathing.diaphragmMeters",
            "flow.metersPerSecond",
            "flow.profile",
            "flow.pulsation",
            "flow.periodSeconds");

    private final Map<String, String> values = new LinkedHashMap<>();

    /** Whether an option is about motion. */
    static boolean owns(String key) {
        return key.equals("motion")
                || key.startsWith("motion.")
                || key.startsWith("breathing.")
                || key.startsWith("flow.");
    }

    /** @throws IllegalArgumentException when there is no such option */
    void set(String key, String value) {
        if (!KNOWN.contains(key)) {
            throw new IllegalArgumentException(
                    "option '" + key + "' is not known; of motion there are " + String.join(", ", KNOWN));
        }
        values.put(key, value);
    }

    /**
     * A phantom with what motion is its own.
     *
     * @throws IllegalArgumentException saying what is wrong and what to write
     */
    Phantom within(Phantom phantom) {
        refuseFor(phantom, "breathing.", "chest");
        refuseFor(phantom, "flow.", "flow");
        boolean still = values.containsKey("motion");
        if (still && !values.get("motion").equals("none")) {
            throw new IllegalArgumentException("motion '" + values.get("motion")
                    + "' is not known: write motion=none, or e.g. motion.shift=0,5mm,0&motion.periodSeconds=4");
        }
        if (still && values.size() > 1) {
            throw new IllegalArgumentException("motion=none contradicts the other options of motion: leave out either");
        }
        if (phantom.name().equals("chest") && !still) {
            return new MovingPhantom(
                    phantom,
                    BreathingMotion.ofChest(
                            number("breathing.frontMeters", 0.008, 0, 0.03),
                            number("breathing.diaphragmMeters", 0.015, 0, 0.05),
                            number("breathing.periodSeconds", 4, SHORTEST_PERIOD_SECONDS, LONGEST_SECONDS)));
        }
        if (phantom.name().equals("flow")) {
            return FlowPhantom.bundle(
                    still ? 0 : number("flow.metersPerSecond", FlowPhantom.METERS_PER_SECOND, -5, 5),
                    laminar(),
                    number("flow.pulsation", 0, 0, 10),
                    number("flow.periodSeconds", 1, SHORTEST_PERIOD_SECONDS, LONGEST_SECONDS));
        }
        return still && phantom instanceof SpinList list ? list.atRest() : phantom;
    }

    /**
     * A phantom that is moved as a whole, if that was asked for.
     *
     * @throws IllegalArgumentException saying what is wrong and what to write
     */
    Phantom whole(Phantom phantom) {
        if (values.keySet().stream().noneMatch(key -> key.startsWith("motion."))) {
            return phantom;
        }
        if (!values.containsKey("motion.shift") && !values.containsKey("motion.turn")) {
            throw new IllegalArgumentException(
                    "it is not said by how much the phantom moves: add e.g. motion.shift=0,5mm,0 or motion.turn=0,0,5");
        }
        boolean periodic = values.containsKey("motion.periodSeconds");
        boolean once = values.containsKey("motion.startSeconds");
        if (periodic == once || periodic && values.containsKey("motion.durationSeconds")) {
            throw new IllegalArgumentException(
                    "give either motion.periodSeconds, to move to and fro, or motion.startSeconds"
                            + " and perhaps motion.durationSeconds, to move once");
        }
        Vec3 meters = PhantomPlace.lengths("motion.shift", values.getOrDefault("motion.shift", "0,0,0"), MOST_METERS);
        Vec3 radians = PhantomPlace.degrees("motion.turn", values.getOrDefault("motion.turn", "0,0,0"), MOST_DEGREES)
                .scaled(Math.PI / 180);
        RigidMotion motion = periodic
                ? RigidMotion.periodic(
                        meters, radians, number("motion.periodSeconds", 0, SHORTEST_PERIOD_SECONDS, LONGEST_SECONDS))
                : RigidMotion.once(
                        meters,
                        radians,
                        number("motion.startSeconds", 0, 0, LONGEST_SECONDS),
                        number("motion.durationSeconds", 0, 0, LONGEST_SECONDS));
        return MovingPhantom.carried(phantom, motion);
    }

    private void refuseFor(Phantom phantom, String prefix, String name) {
        for (String key : values.keySet()) {
            if (key.startsWith(prefix) && !phantom.name().equals(name)) {
                throw new IllegalArgumentException("option '" + key + "' is for phantom=" + name + ", not for "
                        + phantom.name() + ": leave it out");
            }
        }
    }

    private boolean laminar() {
        String profile = values.getOrDefault("flow.profile", "laminar");
        return switch (profile) {
            case "laminar" -> true;
            case "plug" -> false;
            default ->
                throw new IllegalArgumentException(
                        "flow.profile '" + profile + "' is not known; known are laminar, plug");
        };
    }

    private double number(String key, double otherwise, double least, double most) {
        String text = values.get(key);
        if (text == null) {
            return otherwise;
        }
        double value;
        try {
            value = Double.parseDouble(text);
        } catch (NumberFormatException e) {
            value = Double.NaN;
        }
        if (!(value >= least && value <= most)) {
            throw new IllegalArgumentException(
                    key + " '" + text + "' is not understood: write a number from " + least + " to " + most);
        }
        return value;
    }
}
