package org.isocenter.hardware.virtual.phantom;

import java.util.List;
import org.isocenter.model.Vec3;

/** A round bottle of doped water, 110 mm wide and 160 mm long, lying along the bore. For adjustments and for SNR. */
public final class BottlePhantom implements Phantom {
    static final double RADIUS_METERS = 0.055;
    static final double HALF_LENGTH_METERS = 0.08;

    /** Some mmol/l of copper sulphate, which hardly changes how water diffuses at 20 °C. */
    static final Material DOPED_WATER = new Material("doped water", 1, 0.25, 0.21, 2.0e-9);

    @Override
    public String name() {
        return "bottle";
    }

    @Override
    public List<Material> materials() {
        return List.of(DOPED_WATER);
    }

    @Override
    public int materialAt(double x, double y, double z) {
        return x * x + y * y <= RADIUS_METERS * RADIUS_METERS && Math.abs(z) <= HALF_LENGTH_METERS ? 0 : -1;
    }

    @Override
    public Vec3 halfExtentMeters() {
        return new Vec3(RADIUS_METERS, RADIUS_METERS, HALF_LENGTH_METERS);
    }
}
