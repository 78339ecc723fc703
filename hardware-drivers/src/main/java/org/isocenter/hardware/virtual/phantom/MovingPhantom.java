package org.isocenter.hardware.virtual.phantom;

import java.util.List;
import java.util.Optional;
import org.isocenter.model.Vec3;

/** A phantom that is moved; what motion it has by itself is left out. */
public record MovingPhantom(Phantom still, Motion itsMotion) implements Phantom {
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
