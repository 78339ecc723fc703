package org.isocenter.hardware.virtual.phantom;

import java.util.List;
import org.isocenter.model.Vec3;

/**
 * A head: scalp, skull, cerebrospinal fluid, a folded cortex on white matter, ventricles, deep nuclei, cerebellum, brain
 * stem, eyes and a nose, and one lesion in the left hemisphere, by which left is known. Shapes are ellipsoids, the cortex
 * is folded by a product of waves. It looks like a head and has a head's relaxation times; it is nobody's anatomy.
 *
 * <p>The scalp has a pool of water and one of fat; relaxation depends on the field ({@link Tissue}).
 */
final class BrainPhantom implements Phantom {
    private static final int SCALP = 0;
    private static final int MARROW = 1;
    private static final int FLUID = 2;
    private static final int GREY = 3;
    private static final int WHITE = 4;
    private static final int NUCLEI = 5;
    private static final int LESION = 6;

    private static final Ellipsoid HEAD = new Ellipsoid(0, 0, 0, 0.076, 0.096, 0.105);
    private static final Ellipsoid NOSE = new Ellipsoid(0, -0.098, -0.035, 0.012, 0.014, 0.020);
    private static final Ellipsoid SKULL = new Ellipsoid(0, 0, 0, 0.0715, 0.0915, 0.1005);
    private static final Ellipsoid INNER_SKULL = new Ellipsoid(0, 0.001, 0.001, 0.066, 0.086, 0.095);
    private static final Ellipsoid CEREBRUM = new Ellipsoid(0, 0, 0.012, 0.065, 0.085, 0.082);
    private static final Ellipsoid CEREBELLUM = new Ellipsoid(0, 0.042, -0.058, 0.046, 0.030, 0.024);
    private static final Ellipsoid STEM = new Ellipsoid(0, 0.012, -0.062, 0.013, 0.012, 0.034);
    /** What joins the hemispheres in the middle. */
    private static final Ellipsoid CALLOSUM_AND_BELOW = new Ellipsoid(0, 0.003, -0.014, 0.076, 0.048, 0.046);

    private static final double FALX_HALF_WIDTH = 0.0012;
    private static final double FOLD_METERS = 0.020;

    /** One of a pair, given for the left side. */
    private static final Ellipsoid EYE = new Ellipsoid(0.031, -0.073, -0.026, 0.012, 0.012, 0.012);

    private static final Ellipsoid VENTRICLE_FRONT = new Ellipsoid(0.010, -0.018, 0.020, 0.006, 0.024, 0.009);
    private static final Ellipsoid VENTRICLE_BACK = new Ellipsoid(0.019, 0.026, 0.016, 0.007, 0.021, 0.010);
    private static final Ellipsoid THIRD_VENTRICLE = new Ellipsoid(0, 0.003, 0.006, 0.0025, 0.014, 0.012);
    private static final Ellipsoid CAUDATE = new Ellipsoid(0.017, -0.021, 0.015, 0.005, 0.013, 0.010);
    private static final Ellipsoid PUTAMEN = new Ellipsoid(0.028, -0.008, 0.008, 0.006, 0.017, 0.010);
    private static final Ellipsoid THALAMUS = new Ellipsoid(0.012, 0.010, 0.010, 0.008, 0.013, 0.009);

    /** Only on the left. */
    private static final Ellipsoid LESION_PLACE = new Ellipsoid(0.038, 0.030, 0.018, 0.008, 0.007, 0.008);

    private final Composition composition;

    BrainPhantom(double fieldTesla) {
        composition = Composition.of(List.of(
                List.of(Tissue.FAT.at(fieldTesla, 0.65), Tissue.SKIN.at(fieldTesla, 0.35)),
                List.of(Tissue.BONE.at(fieldTesla, 0.7), Tissue.FAT.at(fieldTesla, 0.03)),
                List.of(Tissue.CEREBROSPINAL_FLUID.at(fieldTesla)),
                List.of(Tissue.GREY_MATTER.at(fieldTesla)),
                List.of(Tissue.WHITE_MATTER.at(fieldTesla)),
                List.of(Tissue.DEEP_NUCLEI.at(fieldTesla)),
                List.of(Tissue.LESION.at(fieldTesla))));
    }

    @Override
    public String name() {
        return "brain";
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
    public Vec3 halfExtentMeters() {
        return new Vec3(0.077, 0.113, 0.106);
    }

    @Override
    public int materialAt(double x, double y, double z) {
        double side = Math.abs(x);
        if (!HEAD.contains(x, y, z)) {
            return NOSE.contains(x, y, z) ? SCALP : -1;
        }
        if (!SKULL.contains(x, y, z)) {
            return SCALP;
        }
        if (EYE.contains(side, y, z)) {
            return FLUID;
        }
        if (!INNER_SKULL.contains(x, y, z)) {
            return MARROW;
        }
        if (STEM.contains(x, y, z)) {
            return WHITE;
        }
        double cerebellum = CEREBELLUM.radius(x, y, z);
        if (cerebellum <= 1) {
            return folded(x, y, z, cerebellum, 0.0055, 0.16, 0.25);
        }
        return cerebrum(x, y, z, side);
    }

    private static int cerebrum(double x, double y, double z, double side) {
        double radius = CEREBRUM.radius(x, y, z);
        if (radius > 1) {
            return FLUID;
        }
        if (VENTRICLE_FRONT.contains(side, y, z)
                || VENTRICLE_BACK.contains(side, y, z)
                || THIRD_VENTRICLE.contains(x, y, z)) {
            return FLUID;
        }
        if (LESION_PLACE.contains(x, y, z)) {
            return LESION;
        }
        if (CAUDATE.contains(side, y, z) || PUTAMEN.contains(side, y, z) || THALAMUS.contains(side, y, z)) {
            return NUCLEI;
        }
        // Around the corpus callosum a cleft parts the hemispheres, with cortex on both sides.
        boolean cleft = !CALLOSUM_AND_BELOW.contains(0, y, z);
        if (cleft && side < FALX_HALF_WIDTH) {
            return FLUID;
        }
        if (cleft && side < FALX_HALF_WIDTH + 0.003) {
            return GREY;
        }
        return folded(x, y, z, radius, FOLD_METERS, 0.20, 0.07);
    }

    /** Fluid in the folds, cortex along them, white matter inside. */
    private static int folded(
            double x, double y, double z, double radius, double waveLength, double depth, double cortex) {
        double k = 2 * Math.PI / waveLength;
        double wave = Math.sin(k * x + 1.3 * Math.sin(40 * z))
                * Math.sin(k * y + 1.1 * Math.sin(35 * x))
                * Math.sin(0.9 * k * z + 1.2 * Math.sin(45 * y));
        double surface = 0.985 - depth * Math.max(0, 0.25 + wave);
        if (radius > surface) {
            return FLUID;
        }
        return radius > surface - cortex ? GREY : WHITE;
    }
}
