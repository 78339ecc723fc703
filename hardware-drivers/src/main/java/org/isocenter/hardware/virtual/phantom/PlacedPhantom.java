package org.isocenter.hardware.virtual.phantom;

import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
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
        return phantom.materialAt(along(ownX, dx, dy, dz), along(ownY, dx, dy, dz), along(ownZ, dx, dy, dz));
    }

    private static double along(Vec3 axis, double x, double y, double z) {
        return axis.x() * x + axis.y() * y + axis.z() * z;
    }

    @Override
    public FieldShift fieldShift(Vec3 field, BooleanSupplier stopped) {
        FieldShift own = phantom.fieldShift(new Vec3(ownX.dot(field), ownY.dot(field), ownZ.dot(field)), stopped);
        return own == FieldShift.NONE ? own : new Shift(own);
    }

    /** Its own, placed with it. */
    private final class Shift implements FieldShift {
        private final FieldShift own;

        Shift(FieldShift own) {
            this.own = own;
        }

        @Override
        public double ppmAt(double x, double y, double z) {
            double dx = x - place.x();
            double dy = y - place.y();
            double dz = z - place.z();
            return own.ppmAt(along(ownX, dx, dy, dz), along(ownY, dx, dy, dz), along(ownZ, dx, dy, dz));
        }

        @Override
        public double largestPpm() {
            return own.largestPpm();
        }
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
