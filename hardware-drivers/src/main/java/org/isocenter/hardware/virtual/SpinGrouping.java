package org.isocenter.hardware.virtual;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.isocenter.hardware.virtual.phantom.Motion;
import org.isocenter.hardware.virtual.phantom.Phantom;
import org.isocenter.model.Vec3;

/** Gathers a phantom's spins in groups: those that stay where they are apart from those that move. */
final class SpinGrouping {
    private final Optional<Motion> motion;
    private final int materials;
    private final FieldMap field;
    private final TransmitField transmit;
    private final List<SpinGroup> staying = new ArrayList<>();
    private final List<SpinGroup> moving = new ArrayList<>();

    SpinGrouping(Phantom phantom, Surroundings surroundings) {
        motion = phantom.motion();
        materials = phantom.materials().size();
        field = surroundings.field();
        transmit = surroundings.transmit();
    }

    /** @param direction of slice selection, or null: see {@link SpinPoints#groups} */
    void add(SpinPoints points, Vec3 direction) {
        if (motion.isEmpty()) {
            staying.addAll(points.groups(materials, field, transmit, direction));
            return;
        }
        staying.addAll(points.thatMove(motion.get(), false).groups(materials, field, transmit, direction));
        moving.addAll(points.thatMove(motion.get(), true).groups(materials, field, transmit, direction));
    }

    Spins spins(double volumePerSpin, boolean listed) {
        return new Spins(staying, moving, volumePerSpin, listed);
    }
}
