package org.isocenter.hardware.virtual.phantom;

import java.util.List;
import java.util.Optional;
import org.isocenter.model.Vec3;

/**
 * A block of gel with tubes through it, in which a blood-like fluid stands or flows. {@link #bundle}: through the axial plane, at
 * y = 0 and from the right to the left, tubes with standing fluid and with the velocity forwards (towards the head), the
 * double of it forwards and backwards; across, in the axial plane at y = 30 mm, one with the velocity to the left and below it,
 * at y = -30 mm, one with standing fluid.
 */
public final class FlowPhantom implements Phantom {
    /** Of {@link #bundle}, unless one says otherwise. */
    public static final double METERS_PER_SECOND = 0.05;

    private static final List<Material> MATERIALS =
            List.of(new Material("gel", 0.6, 0.6, 0.08, 1e-9), new Material("fluid", 1, 1.0, 0.2, 1e-9));
    private static final double HALF_WIDTH_METERS = 0.05;
    private static final double HALF_LENGTH_METERS = 0.04;
    private static final double TUBE_RADIUS_METERS = 0.008;

    private final List<FlowTube> tubes;
    private final FlowMotion motion;

    /**
     * Tubes in a block of gel of 100 mm by 100 mm, 80 mm long, which they must not leave.
     *
     * @param pulsation the velocities are their means times 1 + pulsation · sin 2πt/period; 0 for steady flow
     */
    public FlowPhantom(List<FlowTube> tubes, double pulsation, double periodSeconds) {
        this.tubes = List.copyOf(tubes);
        motion = new FlowMotion(tubes, pulsation, periodSeconds);
    }

    /** @param metersPerSecond mean velocity over the cross-section and over time, of the slower tubes */
    public static FlowPhantom bundle(double metersPerSecond, boolean laminar, double pulsation, double periodSeconds) {
        double through = 2 * HALF_LENGTH_METERS;
        double across = 2 * HALF_WIDTH_METERS;
        return new FlowPhantom(
                List.of(
                        tube(new Vec3(-0.036, 0, 0), Vec3.Z, through, 0, laminar),
                        tube(new Vec3(-0.012, 0, 0), Vec3.Z, through, metersPerSecond, laminar),
                        tube(new Vec3(0.012, 0, 0), Vec3.Z, through, 2 * metersPerSecond, laminar),
                        tube(new Vec3(0.036, 0, 0), Vec3.Z, through, -2 * metersPerSecond, laminar),
                        tube(new Vec3(0, 0.03, 0), Vec3.X, across, metersPerSecond, laminar),
                        tube(new Vec3(0, -0.03, 0), Vec3.X, across, 0, laminar)),
                pulsation,
                periodSeconds);
    }

    private static FlowTube tube(Vec3 middle, Vec3 direction, double length, double velocity, boolean laminar) {
        return new FlowTube(middle, direction, length, TUBE_RADIUS_METERS, velocity, laminar);
    }

    @Override
    public String name() {
        return "flow";
    }

    @Override
    public List<Material> materials() {
        return MATERIALS;
    }

    @Override
    public int materialAt(double x, double y, double z) {
        if (Math.abs(x) > HALF_WIDTH_METERS || Math.abs(y) > HALF_WIDTH_METERS || Math.abs(z) > HALF_LENGTH_METERS) {
            return -1;
        }
        return tubes.stream().anyMatch(tube -> tube.contains(x, y, z)) ? 1 : 0;
    }

    @Override
    public Optional<Motion> motion() {
        return Optional.of(motion);
    }

    @Override
    public Vec3 halfExtentMeters() {
        return new Vec3(HALF_WIDTH_METERS, HALF_WIDTH_METERS, HALF_LENGTH_METERS);
    }
}
