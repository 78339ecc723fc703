package org.isocenter.hardware.virtual.phantom;

import java.util.List;
import java.util.Locale;
import java.util.function.DoubleFunction;

/** The built-in phantoms. */
public final class Phantoms {
    private static final List<Entry> ALL = List.of(
            fixed("bottle", "Bottle of doped water, 110 x 160 mm: adjustments and SNR", new BottlePhantom()),
            fixed(
                    "tubes",
                    "Two tubes, the left one relaxing slowly, the right one quickly: contrast",
                    VialsPhantom.tubes()),
            fixed(
                    "acr",
                    "Quality phantom like the ACR's: holes, slice ramps and wedges, grid, low-contrast discs",
                    new AcrPhantom()),
            fixed("spheres", "57 spheres, 40 mm apart: scale and bending of the gradients", new SpheresPhantom()),
            fixed(
                    "resolution",
                    "Bottle, 170 x 140 mm, with combs and rods of 1 to 5 mm, wedges and plates",
                    new ResolutionPhantom()),
            fixed(
                    "orientation",
                    "Letter F in two planes, arms to the left and to the front: orientation of images",
                    new OrientationPhantom()),
            new Entry(
                    "brain", "Head with the relaxation of the scanner's field; lesion on the left", BrainPhantom::new),
            new Entry("chest", "Thorax with lungs, heart, spine, liver and fat, breathing", ChestPhantom::new),
            fixed(
                    "flow",
                    "Tubes in gel: standing and flowing fluid, through the axial plane and in it",
                    FlowPhantom.bundle(FlowPhantom.METERS_PER_SECOND, true, 0, 1)),
            new Entry("fatwater", "Seven vials with 0 to 100 % of oil in water", VialsPhantom::fatWater),
            fixed("diffusion", "Seven vials in which water diffuses ever more slowly", VialsPhantom.diffusion()));

    private record Entry(String name, String description, DoubleFunction<Phantom> maker) {}

    private Phantoms() {}

    /** One that is the same at all fields. */
    private static Entry fixed(String name, String description, Phantom phantom) {
        return new Entry(name, description, fieldTesla -> phantom);
    }

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
