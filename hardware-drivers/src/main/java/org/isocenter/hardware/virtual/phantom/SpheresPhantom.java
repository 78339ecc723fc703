package org.isocenter.hardware.virtual.phantom;

import java.util.List;
import org.isocenter.model.Vec3;

/**
 * 57 spheres of doped water, 14 mm wide, 40 mm apart on a cubic grid about the isocentre, as far as 90 mm out: their centres
 * in an image give the gradients' scale and bending. Those at the isocentre and 80 mm to the left, to the back and to the head
 * are 20 mm wide, so that directions are known.
 */
final class SpheresPhantom implements Phantom {
    static final double PITCH_METERS = 0.040;
    static final double RADIUS_METERS = 0.007;
    static final double LARGE_RADIUS_METERS = 0.010;
    private static final double REACH_METERS = 0.090;
    private static final int OUTERMOST = 2;

    @Override
    public String name() {
        return "spheres";
    }

    @Override
    public List<Material> materials() {
        return List.of(BottlePhantom.DOPED_WATER);
    }

    @Override
    public int materialAt(double x, double y, double z) {
        long i = Math.round(x / PITCH_METERS);
        long j = Math.round(y / PITCH_METERS);
        long k = Math.round(z / PITCH_METERS);
        long square = i * i + j * j + k * k;
        if (square * PITCH_METERS * PITCH_METERS > REACH_METERS * REACH_METERS) {
            return -1;
        }
        boolean large = square == 0 || square == OUTERMOST * OUTERMOST && i + j + k == OUTERMOST;
        double radius = large ? LARGE_RADIUS_METERS : RADIUS_METERS;
        double dx = x - i * PITCH_METERS;
        double dy = y - j * PITCH_METERS;
        double dz = z - k * PITCH_METERS;
        return dx * dx + dy * dy + dz * dz <= radius * radius ? 0 : -1;
    }

    @Override
    public Vec3 halfExtentMeters() {
        double half = OUTERMOST * PITCH_METERS + LARGE_RADIUS_METERS;
        return new Vec3(half, half, half);
    }
}
