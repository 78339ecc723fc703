package org.isocenter.hardware.virtual.phantom;

import java.util.List;
import java.util.Locale;
import java.util.function.DoubleFunction;

/** The built-in phantoms. */
public final class Phantoms {
    private static final List<Entry> ALL = List.of(
            new Entry("bottle", "Bottle of doped water, 110 x 160 mm: adjustments and SNR", b0 -> new BottlePhantom()),
            new Entry(
                    "resolution",
                    "Bottle, 170 x 140 mm, with combs and rods of 1 to 5 mm, wedges for slices, and plates",
                    b0 -> new ResolutionPhantom()),
            new Entry(
                    "brain",
                    "Head with tissues as they are at the scanner's field; lesion on the left",
                    BrainPhantom::new),
            new Entry(
                    "orientation",
                    "Letter F in two planes, arms to the left and to the front: orientation of images",
                    b0 -> new OrientationPhantom()),
            new Entry(
                    "chest", "Thorax with lungs, heart, spine, liver and fat, holding its breath", ChestPhantom::new));

    private record Entry(String name, String description, DoubleFunction<Phantom> maker) {}

    private Phantoms() {}

    /** "bottle", "resolution" … */
    public static List<String> names() {
        return ALL.stream().map(Entry::name).toList();
    }

    /**
     * What it is and what it is for, in one line.
     *
     * @throws IllegalArgumentException naming those that exist
     */
    public static String description(String name) {
        return entry(name).description();
    }

    /**
     * The phantom of this name.
     *
     * @param fieldTesla of the scanner, on which relaxation times depend
     * @throws IllegalArgumentException naming those that exist
     */
    public static Phantom named(String name, double fieldTesla) {
        return entry(name).maker().apply(fieldTesla);
    }

    private static Entry entry(String name) {
        for (Entry entry : ALL) {
            if (entry.name().equals(name.toLowerCase(Locale.ROOT))) {
                return entry;
            }
        }
        throw new IllegalArgumentException(
                "phantom '" + name + "' is not known; known are " + String.join(", ", names()));
    }
}
