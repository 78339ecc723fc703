package org.isocenter.hardware.virtual.phantom;

import java.util.List;
import org.isocenter.model.Vec3;

/**
 * A bottle of doped water, 170 mm wide and 140 mm long, with solid inserts that give no signal. Within 30 mm of the
 * isocentre: six combs of bars as wide as the gaps between them (1, 1.5, 2, 3, 4 and 5 mm), standing along y in the back
 * half and along x in the front half, and rods of 2 to 10 mm along the middle. Further to the head a pair of opposed wedges
 * that show where a slice lies and how thick it is; further to the feet plates across z, 2, 3 and 5 mm apart.
 */
final class ResolutionPhantom implements Phantom {
    private static final double RADIUS = 0.085;
    private static final double HALF_LENGTH = 0.07;
    private static final double INSERT_HALF_LENGTH = 0.03;
    private static final double[] BAR_METERS = {0.001, 0.0015, 0.002, 0.003, 0.004, 0.005};
    private static final double[] ROD_RADIUS_METERS = {0.001, 0.0015, 0.002, 0.003, 0.004, 0.005};
    private static final double[] PLATE_METERS = {0.002, 0.003, 0.005};
    private static final double COMB_PITCH = 0.021;
    private static final double COMB_HALF_WIDTH = 0.009;
    private static final double WEDGE_SLOPE = 0.25;
    private static final double WEDGE_THICKNESS = 0.002;

    @Override
    public String name() {
        return "resolution";
    }

    @Override
    public List<Material> materials() {
        return List.of(BottlePhantom.DOPED_WATER);
    }

    @Override
    public int materialAt(double x, double y, double z) {
        if (x * x + y * y > RADIUS * RADIUS || Math.abs(z) > HALF_LENGTH) {
            return -1;
        }
        boolean solid;
        if (Math.abs(z) <= INSERT_HALF_LENGTH) {
            solid = combs(x, y) || rods(x, y);
        } else if (z > 0) {
            solid = wedges(x, y, z - 0.5 * (INSERT_HALF_LENGTH + HALF_LENGTH));
        } else {
            solid = plates(x, y, -z - INSERT_HALF_LENGTH);
        }
        return solid ? -1 : 0;
    }

    private static boolean combs(double x, double y) {
        int column = (int) Math.floor(x / COMB_PITCH + 3);
        if (column < 0 || column >= BAR_METERS.length) {
            return false;
        }
        double across = x - (column - 2.5) * COMB_PITCH;
        double along = Math.abs(y) - 0.030;
        if (Math.abs(across) > COMB_HALF_WIDTH || Math.abs(along) > COMB_HALF_WIDTH) {
            return false;
        }
        double period = 2 * BAR_METERS[column];
        double place = (y > 0 ? across : along) + COMB_HALF_WIDTH;
        return place % period < period / 2;
    }

    private static boolean rods(double x, double y) {
        int column = (int) Math.floor(x / COMB_PITCH + 3);
        if (column < 0 || column >= ROD_RADIUS_METERS.length) {
            return false;
        }
        return Math.hypot(x - (column - 2.5) * COMB_PITCH, y) <= ROD_RADIUS_METERS[column];
    }

    private static boolean wedges(double x, double y, double fromMiddle) {
        if (Math.abs(x) > 0.06 || Math.abs(y) > 0.03) {
            return false;
        }
        double height = (y > 0 ? 1 : -1) * WEDGE_SLOPE * x;
        return Math.abs(fromMiddle - height) <= WEDGE_THICKNESS / 2;
    }

    private static boolean plates(double x, double y, double depth) {
        int part = (int) Math.floor((x + 0.06) / 0.04);
        if (part < 0 || part >= PLATE_METERS.length || Math.abs(y) > 0.05) {
            return false;
        }
        return depth % (2 * PLATE_METERS[part]) < PLATE_METERS[part];
    }

    @Override
    public Vec3 halfExtentMeters() {
        return new Vec3(RADIUS, RADIUS, HALF_LENGTH);
    }
}
