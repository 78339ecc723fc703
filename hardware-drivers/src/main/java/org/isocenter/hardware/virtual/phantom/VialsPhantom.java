package org.isocenter.hardware.virtual.phantom;

import java.util.ArrayList;
import java.util.List;
import org.isocenter.model.Vec3;

/** Round vials that stand along z, each with its own content: for relaxation, fat fractions, diffusion. */
final class VialsPhantom implements Phantom {
    private static final double RING_METERS = 0.045;
    private static final double VIAL_RADIUS_METERS = 0.014;
    private static final double VIAL_HALF_LENGTH_METERS = 0.05;

    private final String name;
    private final Composition composition;
    private final List<Vial> vials;
    private final double halfLength;

    /** Where a vial's axis is, and how wide it is inside. */
    private record Vial(double x, double y, double radius) {}

    private VialsPhantom(String name, List<Vial> vials, double halfLength, List<List<Material>> contents) {
        this.name = name;
        this.vials = List.copyOf(vials);
        this.halfLength = halfLength;
        composition = Composition.of(contents);
    }

    /**
     * Two tubes, 36 mm wide and 120 mm long, side by side: the left one (x = 26 mm) relaxes slowly (T1 0.8 s, T2 0.6 s), the
     * right one quickly (T1 0.2 s, T2 0.05 s), as weak and strong manganese solutions do.
     */
    static VialsPhantom tubes() {
        return new VialsPhantom(
                "tubes",
                List.of(new Vial(0.026, 0, 0.018), new Vial(-0.026, 0, 0.018)),
                0.06,
                List.of(
                        List.of(new Material("slow solution", 1, 0.8, 0.6, 2.0e-9)),
                        List.of(new Material("quick solution", 1, 0.2, 0.05, 2.0e-9))));
    }

    /**
     * Seven vials of water and oil, finely mixed: 50 % oil in the middle; around it, from the left over the back, 0, 10, 20, 30,
     * 75 and 100 % of the signal. The oil is one line at -3.4 ppm with the relaxation of body fat at this field.
     */
    static VialsPhantom fatWater(double fieldTesla) {
        Material oil = Tissue.FAT.at(fieldTesla);
        List<List<Material>> contents = new ArrayList<>();
        for (double fat : new double[] {0.5, 0, 0.1, 0.2, 0.3, 0.75, 1}) {
            List<Material> pools = new ArrayList<>();
            if (fat < 1) {
                pools.add(new Material("water", 1 - fat, 0.5, 0.1, 1.5e-9));
            }
            if (fat > 0) {
                pools.add(new Material(
                        "oil",
                        fat,
                        oil.t1Seconds(),
                        oil.t2Seconds(),
                        oil.diffusionSquareMetersPerSecond(),
                        oil.chemicalShiftPpm(),
                        Double.POSITIVE_INFINITY));
            }
            contents.add(pools);
        }
        return new VialsPhantom("fatwater", ring(), VIAL_HALF_LENGTH_METERS, contents);
    }

    /**
     * Seven vials of water thickened with polyvinylpyrrolidone: pure water in the middle; around it, from the left over the
     * back, 10 to 50 % in which diffusion falls to a sixth, and in the last one an oil that hardly diffuses. Round numbers for
     * 20 °C of the order in Pierpaoli et al., Proc ISMRM 17:1414, 2009.
     */
    static VialsPhantom diffusion() {
        return new VialsPhantom(
                "diffusion",
                ring(),
                VIAL_HALF_LENGTH_METERS,
                List.of(
                        List.of(new Material("water", 1, 2.5, 1.8, 2.0e-9)),
                        List.of(new Material("10 % polymer", 0.95, 1.9, 1.3, 1.6e-9)),
                        List.of(new Material("20 % polymer", 0.90, 1.4, 0.9, 1.2e-9)),
                        List.of(new Material("30 % polymer", 0.84, 1.0, 0.6, 0.9e-9)),
                        List.of(new Material("40 % polymer", 0.78, 0.7, 0.4, 0.6e-9)),
                        List.of(new Material("50 % polymer", 0.71, 0.45, 0.25, 0.33e-9)),
                        List.of(new Material("silicone oil", 0.9, 0.9, 0.25, 0.005e-9))));
    }

    /** One vial in the middle, six around it: the first on the left, the second towards the back. */
    private static List<Vial> ring() {
        List<Vial> vials = new ArrayList<>();
        vials.add(new Vial(0, 0, VIAL_RADIUS_METERS));
        for (int i = 0; i < 6; i++) {
            double angle = Math.PI / 3 * i;
            vials.add(new Vial(RING_METERS * Math.cos(angle), RING_METERS * Math.sin(angle), VIAL_RADIUS_METERS));
        }
        return vials;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public List<Material> materials() {
        return composition.materials();
    }

    @Override
    public List<List<Integer>> mixtures() {
        return composition.mixtures();
    }

    @Override
    public int materialAt(double x, double y, double z) {
        if (Math.abs(z) > halfLength) {
            return -1;
        }
        for (int i = 0; i < vials.size(); i++) {
            Vial vial = vials.get(i);
            double dx = x - vial.x();
            double dy = y - vial.y();
            if (dx * dx + dy * dy <= vial.radius() * vial.radius()) {
                return i;
            }
        }
        return -1;
    }

    @Override
    public Vec3 halfExtentMeters() {
        double x = 0;
        double y = 0;
        for (Vial vial : vials) {
            x = Math.max(x, Math.abs(vial.x()) + vial.radius());
            y = Math.max(y, Math.abs(vial.y()) + vial.radius());
        }
        return new Vec3(x, y, halfLength);
    }
}
