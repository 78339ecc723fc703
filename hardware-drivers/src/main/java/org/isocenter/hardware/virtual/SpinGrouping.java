package org.isocenter.hardware.virtual;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.isocenter.hardware.virtual.phantom.Motion;
import org.isocenter.hardware.virtual.phantom.Phantom;

/** Gathers a phantom's spins in groups: those that stay where they are apart from those that move. */
final class SpinGrouping {
    private final Optional<Motion> motion;
    private final int materials;
    private final Surroundings surroundings;
    private final List<SpinGroup> staying = new ArrayList<>();
    private final List<SpinGroup> moving = new ArrayList<>();

    SpinGrouping(Phantom phantom, Surroundings surroundings) {
        motion = phantom.motion();
        materials = phantom.materials().size();
        this.surroundings = surroundings;
    }

    /** @param order of those that stay */
    void add(SpinPoints points, SpinOrder order) {
        if (motion.isEmpty()) {
            staying.addAll(points.groups(materials, surroundings, order));
            return;
        }
        staying.addAll(points.thatMove(motion.get(), false).groups(materials, surroundings, order));
        moving.addAll(points.thatMove(motion.get(), true).groups(materials, surroundings, order.ofNeighbours()));
    }

    Spins spins(double volumePerSpin, boolean listed) {
        return new Spins(staying, moving, volumePerSpin, listed);
    }
}
