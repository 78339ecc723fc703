package org.isocenter.sequence.library;

import org.isocenter.model.EncodingGeometry;
import org.isocenter.model.Protocol;
import org.isocenter.model.Rotation;
import org.isocenter.model.Vec3;

/** Where a protocol's field of view lies in the patient. */
public final class Placement {
    private static final EncodingGeometry[] PLANES = {
        EncodingGeometry.AXIAL, EncodingGeometry.CORONAL, EncodingGeometry.SAGITTAL
    };

    private Placement() {}

    /**
     * The geometry that orientation, tilts, rotation and offsets of the protocol give: the orientation's plane, turned right-handed
     * by {@code tilt1} about its read axis, then by {@code tilt2} about the phase axis that this gave, then by {@code rotation}
     * about the slice axis that that gave; centred at the offsets.
     */
    public static EncodingGeometry of(Protocol protocol) {
        EncodingGeometry plane = PLANES[protocol.count("orientation")];
        EncodingGeometry tilted = turned(plane, plane.read(), protocol.number("tilt1"));
        tilted = turned(tilted, tilted.phase(), protocol.number("tilt2"));
        tilted = turned(tilted, tilted.slice(), protocol.number("rotation"));
        return tilted.centredAt(center(protocol));
    }

    /** One of the three standard planes about the protocol's centre. */
    static EncodingGeometry plane(int orientation, Protocol protocol) {
        return PLANES[orientation].centredAt(center(protocol));
    }

    /** Slice {@code index} of {@code count}; a stack is symmetric about its centre. */
    static EncodingGeometry slice(EncodingGeometry stack, int index, int count, double spacingMeters) {
        return stack.centredAt(stack.pointMeters(0, 0, (index - (count - 1) / 2.0) * spacingMeters));
    }

    /** The centre on the geometry's own axes: distances from the isocentre along read, phase and slice. */
    static Vec3 logicalCenter(EncodingGeometry geometry) {
        Vec3 center = geometry.centerMeters();
        return new Vec3(center.dot(geometry.read()), center.dot(geometry.phase()), center.dot(geometry.slice()));
    }

    private static Vec3 center(Protocol protocol) {
        return new Vec3(protocol.number("offsetX"), protocol.number("offsetY"), protocol.number("offsetZ"));
    }

    private static EncodingGeometry turned(EncodingGeometry geometry, Vec3 axis, double radians) {
        if (radians == 0) {
            return geometry;
        }
        Rotation turn = Rotation.about(axis, radians);
        return new EncodingGeometry(
                geometry.centerMeters(),
                turn.apply(geometry.read()),
                turn.apply(geometry.phase()),
                turn.apply(geometry.slice()));
    }
}
