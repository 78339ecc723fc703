package org.isocenter.hardware.virtual;

import java.util.List;
import org.isocenter.model.Vec3;

/** An object to scan, given as a function of the place, so that it can be sampled as finely as needed. Immutable. */
public interface Phantom {
    /** As in a scanner's address: "brain". */
    String name();

    List<Material> materials();

    /**
     * What is at a point.
     *
     * @param x metres to the left (device axes: those of a patient head first, supine)
     * @param y metres to the back
     * @param z metres to the head
     * @return index in {@link #materials}, or -1 where nothing gives a signal
     */
    int materialAt(double x, double y, double z);

    /** Half the size of the box about the isocentre that holds all of it. */
    Vec3 halfExtentMeters();
}
