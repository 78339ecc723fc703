package org.isocenter.hardware.virtual.phantom;

import java.util.List;
import java.util.Locale;

/** The built-in phantoms. */
public final class Phantoms {
    private static final List<Phantom> ALL =
            List.of(new BottlePhantom(), new ResolutionPhantom(), new BrainPhantom(), new OrientationPhantom());

    private Phantoms() {}

    /** "bottle", "resolution" … */
    public static List<String> names() {
        return ALL.stream().map(Phantom::name).toList();
    }

    /**
     * The phantom of this name.
     *
     * @throws IllegalArgumentException naming those that exist
     */
    public static Phantom named(String name) {
        for (Phantom phantom : ALL) {
            if (phantom.name().equals(name.toLowerCase(Locale.ROOT))) {
                return phantom;
            }
        }
        throw new IllegalArgumentException(
                "phantom '" + name + "' is not known; known are " + String.join(", ", names()));
    }
}
