package org.isocenter.hardware.virtual.phantom;

import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.isocenter.model.Rotation;
import org.isocenter.model.Vec3;

/** An object to scan, given as a function of the place, so that it can be sampled as finely as needed. Immutable. */
public interface Phantom {
    /** As in a scanner's address: "brain". */
    String name();

    List<Material> materials();

    /**
     * What shares a voxel: a mixture is a set of indices in {@link #materials}, whose densities are those that they have in
     * the mixture. Unless a phantom says otherwise each material is a mixture by itself, with the same index.
     */
    default List<List<Integer>> mixtures() {
        return IntStream.range(0, materials().size()).mapToObj(List::of).toList();
    }

    /**
     * What is at a point, at time 0 where the phantom moves.
     *
     * @param x metres to the left (device axes: those of a patient head first, supine)
     * @param y metres to the back
     * @param z metres to the head
     * @return index in {@link #mixtures}, or -1 where nothing gives a signal
     */
    int materialAt(double x, double y, double z);

    /**
     * The same object, turned about its own centre and then moved from the isocentre.
     *
     * @param placeMeters of what was at the isocentre, in device axes
     */
    default Phantom placed(Vec3 placeMeters, Rotation rotation) {
        return new PlacedPhantom(this, placeMeters, rotation);
    }

    /** Its spins, where it lists them: then these are simulated, and nothing is placed. */
    default Optional<SpinList> listed() {
        return Optional.empty();
    }

    /** How it moves; empty when all of it stays where it is. */
    default Optional<Motion> motion() {
        return Optional.empty();
    }

    /**
     * How what it is made of shifts the main field, at time 0. May take seconds.
     *
     * @param field direction of the main field, a unit vector in device axes
     * @param stopped when true the work is given up, and what is returned is not to be used
     */
    default FieldShift fieldShift(Vec3 field, BooleanSupplier stopped) {
        return FieldShift.NONE;
    }

    /** Half the size of the box about the isocentre that holds all of it, at time 0. */
    Vec3 halfExtentMeters();
}
