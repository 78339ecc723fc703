package org.isocenter.hardware.virtual.phantom;

import java.util.List;
import org.isocenter.model.Vec3;

/**
 * A thorax, 330 mm wide, 220 mm deep and 280 mm long: skin and fat, muscle with ribs, breastbone, spine with its canal, two
 * lungs on a domed diaphragm with liver and spleen below it, and between them the heart with its two chambers, leaning to the
 * left, and the aorta. It looks like a chest and is nobody's anatomy. It has breathed out; {@link
 * BreathingMotion} lets it breathe.
 */
final class ChestPhantom implements Phantom {
    private static final int SUBCUTANEOUS = 0;
    private static final int MUSCLE = 1;
    private static final int RIB = 2;
    private static final int VERTEBRA = 3;
    private static final int DISC = 4;
    private static final int FLUID = 5;
    private static final int CORD = 6;
    private static final int LUNG = 7;
    private static final int HEART_MUSCLE = 8;
    private static final int BLOOD = 9;
    private static final int LIVER = 10;
    private static final int SPLEEN = 11;
    private static final int INNER_FAT = 12;

    private static final double HALF_WIDTH = 0.165;
    private static final double HALF_DEPTH = 0.110;
    private static final double HALF_LENGTH = 0.140;
    private static final double FAT_METERS = 0.011;
    private static final double WALL_METERS = 0.018;
    private static final double RIB_METERS = 0.007;
    private static final double RIB_PITCH = 0.030;
    private static final double RIB_WIDTH = 0.012;
    private static final double RIB_SLOPE = 0.4;

    private static final double SPINE_Y = 0.062;
    private static final double SPINE_RADIUS = 0.018;
    private static final double DISC_PITCH = 0.027;
    private static final double DISC_METERS = 0.006;
    private static final double CANAL_Y = 0.088;
    private static final double CANAL_RADIUS = 0.008;
    private static final double CORD_RADIUS = 0.005;
    private static final double AORTA_X = 0.024;
    private static final double AORTA_Y = 0.040;
    private static final double AORTA_RADIUS = 0.011;
    private static final double MEDIASTINUM_HALF_WIDTH = 0.024;

    /** Where the diaphragm's two domes are highest. */
    private static final double DOME_Z = -0.045;

    private static final double DOME_X = 0.070;
    private static final double DOME_CURVATURE_PER_METER = 7;

    private static final Ellipsoid PERICARDIUM = new Ellipsoid(0.028, -0.026, -0.012, 0.055, 0.044, 0.058);
    private static final Ellipsoid HEART = new Ellipsoid(0.028, -0.026, -0.012, 0.050, 0.039, 0.053);
    private static final Ellipsoid LEFT_VENTRICLE = new Ellipsoid(0.046, -0.018, -0.016, 0.020, 0.020, 0.034);
    private static final Ellipsoid RIGHT_VENTRICLE = new Ellipsoid(0.005, -0.033, -0.010, 0.014, 0.019, 0.034);
    private static final Ellipsoid BREASTBONE = new Ellipsoid(0, -0.092, 0.020, 0.020, 0.006, 0.085);

    private final Composition composition;

    ChestPhantom(double fieldTesla) {
        composition = Composition.of(List.of(
                List.of(Tissue.FAT.at(fieldTesla, 0.85), Tissue.SKIN.at(fieldTesla, 0.12)),
                List.of(Tissue.MUSCLE.at(fieldTesla, 0.95), Tissue.FAT.at(fieldTesla, 0.05)),
                List.of(Tissue.BONE.at(fieldTesla), Tissue.FAT.at(fieldTesla, 0.15)),
                List.of(Tissue.RED_MARROW.at(fieldTesla, 0.5), Tissue.FAT.at(fieldTesla, 0.4)),
                List.of(Tissue.SKIN.at(fieldTesla)),
                List.of(Tissue.CEREBROSPINAL_FLUID.at(fieldTesla)),
                List.of(Tissue.WHITE_MATTER.at(fieldTesla)),
                List.of(Tissue.LUNG.at(fieldTesla)),
                List.of(Tissue.HEART_MUSCLE.at(fieldTesla)),
                List.of(Tissue.BLOOD.at(fieldTesla)),
                List.of(Tissue.LIVER.at(fieldTesla)),
                List.of(Tissue.SPLEEN.at(fieldTesla)),
                List.of(Tissue.FAT.at(fieldTesla))));
    }

    @Override
    public String name() {
        return "chest";
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
        return new Vec3(HALF_WIDTH, HALF_DEPTH, HALF_LENGTH);
    }

    @Override
    public int materialAt(double x, double y, double z) {
        if (Math.abs(z) > HALF_LENGTH || !insideBy(0, x, y)) {
            return -1;
        }
        if (!insideBy(FAT_METERS, x, y)) {
            return SUBCUTANEOUS;
        }
        int bones = bones(x, y, z);
        if (bones >= 0) {
            return bones;
        }
        if (!insideBy(FAT_METERS + WALL_METERS, x, y)) {
            return wall(x, y, z);
        }
        return cavity(x, y, z);
    }

    /** Whether the nearest point of the skin is at least about so far away; the outline is a rounded rectangle. */
    private static boolean insideBy(double depth, double x, double y) {
        double u = Math.abs(x) / (HALF_WIDTH - depth);
        double v = Math.abs(y) / (HALF_DEPTH - depth);
        return Math.pow(u, 2.5) + Math.pow(v, 2.5) <= 1;
    }

    private static int bones(double x, double y, double z) {
        double fromSpine = Math.hypot(x, y - SPINE_Y);
        double fromCanal = Math.hypot(x, y - CANAL_Y);
        if (fromCanal <= CORD_RADIUS) {
            return CORD;
        }
        if (fromCanal <= CANAL_RADIUS) {
            return FLUID;
        }
        if (fromSpine <= SPINE_RADIUS) {
            return phase(z, DISC_PITCH) < DISC_METERS ? DISC : VERTEBRA;
        }
        return BREASTBONE.contains(x, y, z) ? VERTEBRA : -1;
    }

    private static int wall(double x, double y, double z) {
        double outside = FAT_METERS + 0.5 * (WALL_METERS - RIB_METERS);
        boolean depthOfRibs = insideBy(outside, x, y) && !insideBy(outside + RIB_METERS, x, y);
        // Ribs come down from the spine to the front.
        boolean rib = phase(z - RIB_SLOPE * y, RIB_PITCH) < RIB_WIDTH;
        return depthOfRibs && rib ? RIB : MUSCLE;
    }

    private static int cavity(double x, double y, double z) {
        if (LEFT_VENTRICLE.contains(x, y, z) || RIGHT_VENTRICLE.contains(x, y, z)) {
            return BLOOD;
        }
        if (HEART.contains(x, y, z)) {
            return HEART_MUSCLE;
        }
        if (Math.hypot(x - AORTA_X, y - AORTA_Y) <= AORTA_RADIUS) {
            return BLOOD;
        }
        if (PERICARDIUM.contains(x, y, z)) {
            return INNER_FAT;
        }
        double fromDome = Math.abs(x) - DOME_X;
        double diaphragm = DOME_Z - DOME_CURVATURE_PER_METER * (fromDome * fromDome + y * y);
        if (z < diaphragm) {
            return x < 0.03 ? LIVER : x > 0.06 && y > -0.03 ? SPLEEN : INNER_FAT;
        }
        return Math.abs(x) < MEDIASTINUM_HALF_WIDTH ? INNER_FAT : LUNG;
    }

    private static double phase(double place, double pitch) {
        return place - pitch * Math.floor(place / pitch);
    }
}
