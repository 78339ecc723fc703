package org.isocenter.hardware.virtual.phantom;

import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.isocenter.model.Vec3;

/** A phantom with a motion in place of the one that it has by itself, if any. */
public record MovingPhantom(Phantom still, Motion itsMotion) implements Phantom {
    /** A phantom moved as a whole, with what motion it has by itself. */
    public static MovingPhantom carried(Phantom phantom, RigidMotion whole) {
        return new MovingPhantom(
                phantom,
                phantom.motion()
                        .<Motion>map(own -> new CarriedMotion(own, whole))
                        .orElse(whole));
    }

    @Override
    public String name() {
        return still.name();
    }

    @Override
    public List<Material> materials() {
        return still.materials();
    }

    @Override
    public List<List<Integer>> mixtures() {
        return still.mixtures();
    }

    @Override
    public int materialAt(double x, double y, double z) {
        return still.materialAt(x, y, z);
    }

    @Override
    public FieldShift fieldShift(Vec3 field, BooleanSupplier stopped) {
        return still.fieldShift(field, stopped);
    }

    @Override
    public Optional<SpinList> listed() {
        return still.listed();
    }

    @Override
    public Optional<Motion> motion() {
        return Optional.of(itsMotion);
    }

    @Override
    public Vec3 halfExtentMeters() {
        return still.halfExtentMeters();
    }
}
