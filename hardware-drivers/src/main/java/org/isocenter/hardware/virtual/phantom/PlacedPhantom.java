package org.isocenter.hardware.virtual.phantom;

import java.util.List;
import java.util.Optional;
import org.isocenter.model.Rotation;
import org.isocenter.model.Vec3;

/** Another phantom, turned about its own centre and put somewhere else. */
final class PlacedPhantom implements Phantom {
    private final Phantom phantom;
    private final Vec3 place;
    private final Rotation rotation;
    /** The phantom's own axes, in the device's. */
    private final Vec3 ownX;

    private final Vec3 ownY;
    private final Vec3 ownZ;

    PlacedPhantom(Phantom phantom, Vec3 place, Rotation rotation) {
        this.phantom = phantom;
        this.place = place;
        this.rotation = rotation;
        ownX = rotation.apply(Vec3.X);
        ownY = rotation.apply(Vec3.Y);
        ownZ = rotation.apply(Vec3.Z);
    }

    @Override
    public String name() {
        return phantom.name();
    }

    @Override
    public List<Material> materials() {
        return phantom.materials();
    }

    @Override
    public List<List<Integer>> mixtures() {
        return phantom.mixtures();
    }

    @Override
    public int materialAt(double x, double y, double z) {
        double dx = x - place.x();
        double dy = y - place.y();
        double dz = z - place.z();
        return phantom.materialAt(
                ownX.x() * dx + ownX.y() * dy + ownX.z() * dz,
                ownY.x() * dx + ownY.y() * dy + ownY.z() * dz,
                ownZ.x() * dx + ownZ.y() * dy + ownZ.z() * dz);
    }

    @Override
    public Optional<Motion> motion() {
        return phantom.motion().map(own -> new PlacedMotion(own, place, rotation));
    }

    @Override
    public Vec3 halfExtentMeters() {
        Vec3 half = phantom.halfExtentMeters();
        return new Vec3(
                Math.abs(place.x()) + reach(ownX.x(), ownY.x(), ownZ.x(), half),
                Math.abs(place.y()) + reach(ownX.y(), ownY.y(), ownZ.y(), half),
                Math.abs(place.z()) + reach(ownX.z(), ownY.z(), ownZ.z(), half));
    }

    private static double reach(double x, double y, double z, Vec3 half) {
        return Math.abs(x) * half.x() + Math.abs(y) * half.y() + Math.abs(z) * half.z();
    }
}
