package org.isocenter.app.viewer;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.isocenter.model.EncodingGeometry;
import org.isocenter.model.Protocol;
import org.isocenter.model.Vec3;
import org.isocenter.sequence.library.Placement;

/**
 * Where a scan that is being planned will look: a box, and the middle planes of its slices.
 *
 * @param readMeters extent along read
 * @param depthMeters extent across all slices, or of the slab
 * @param slices 1 for a slab
 * @param spacingMeters centre to centre of neighbouring slices
 */
public record PlannedStack(
        EncodingGeometry geometry,
        double readMeters,
        double phaseMeters,
        double depthMeters,
        int slices,
        double spacingMeters) {

    /** A point on a viewport's plane, in metres right of and below the middle of the volume shown there. */
    public record PlanePoint(double rightMeters, double downMeters) {}

    /** What this protocol plans; empty when it is not one stack or slab. */
    public static Optional<PlannedStack> of(Protocol protocol) {
        if (!protocol.has("orientation") || !protocol.has("FOV") || !protocol.has("FOVphase")) {
            return Optional.empty();
        }
        EncodingGeometry geometry = Placement.of(protocol);
        double read = protocol.number("FOV");
        double phase = protocol.number("FOVphase");
        if (protocol.has("slab")) {
            return Optional.of(new PlannedStack(geometry, read, phase, protocol.number("slab"), 1, 0));
        }
        if (!protocol.has("thickness") || !protocol.has("slices")) {
            return Optional.empty();
        }
        double thickness = protocol.number("thickness");
        double spacing = thickness + (protocol.has("gap") ? protocol.number("gap") : 0);
        int slices = protocol.count("slices");
        return Optional.of(
                new PlannedStack(geometry, read, phase, (slices - 1) * spacing + thickness, slices, spacing));
    }

    /** Where the box meets a cut: a convex polygon; empty when it does not, or lies along it. */
    List<PlanePoint> outline(PlaneOfVolume cut, int slice) {
        if (isAlong(cut)) {
            return List.of();
        }
        List<PlanePoint> points = new ArrayList<>();
        for (int corner = 0; corner < 8; corner++) {
            for (int axis = 1; axis < 8; axis <<= 1) {
                if ((corner & axis) == 0) {
                    crossing(corner(corner), corner(corner | axis), cut, slice).ifPresent(points::add);
                }
            }
        }
        double right =
                points.stream().mapToDouble(PlanePoint::rightMeters).average().orElse(0);
        double down =
                points.stream().mapToDouble(PlanePoint::downMeters).average().orElse(0);
        points.sort((a, b) -> Double.compare(
                Math.atan2(a.downMeters() - down, a.rightMeters() - right),
                Math.atan2(b.downMeters() - down, b.rightMeters() - right)));
        return points;
    }

    /** Where the middles of the slices meet a cut: pairs of points. */
    List<PlanePoint> sliceLines(PlaneOfVolume cut, int slice) {
        List<PlanePoint> lines = new ArrayList<>();
        if (isAlong(cut) || slices < 2) {
            return lines;
        }
        for (int i = 0; i < slices; i++) {
            double across = (i - (slices - 1) / 2.0) * spacingMeters;
            List<PlanePoint> ends = new ArrayList<>(2);
            for (int side = 0; side < 4; side++) {
                Vec3 from = edge(side, across);
                Vec3 to = edge((side + 1) % 4, across);
                crossing(from, to, cut, slice).ifPresent(ends::add);
            }
            if (ends.size() == 2) {
                lines.addAll(ends);
            }
        }
        return lines;
    }

    /** A cut that is (nearly) one of the slices shows the field of view itself, not where it lies. */
    private boolean isAlong(PlaneOfVolume cut) {
        return Math.abs(cut.normal().dot(geometry.slice())) > 0.95;
    }

    private Vec3 corner(int bits) {
        return geometry.pointMeters(
                half(readMeters, bits & 1), half(phaseMeters, bits & 2), half(depthMeters, bits & 4));
    }

    private Vec3 edge(int side, double acrossMeters) {
        boolean atRight = side == 1 || side == 2;
        return geometry.pointMeters(half(readMeters, atRight ? 1 : 0), half(phaseMeters, side & 2), acrossMeters);
    }

    private static double half(double extent, int bit) {
        return bit == 0 ? -extent / 2 : extent / 2;
    }

    private static Optional<PlanePoint> crossing(Vec3 from, Vec3 to, PlaneOfVolume cut, int slice) {
        double offset = cut.pointMeters(0, 0, slice).dot(cut.normal());
        double a = from.dot(cut.normal()) - offset;
        double b = to.dot(cut.normal()) - offset;
        if (a < 0 == b < 0) {
            return Optional.empty();
        }
        Vec3 point = from.plus(to.minus(from).scaled(a / (a - b)));
        return Optional.of(new PlanePoint(cut.rightOf(point), cut.below(point)));
    }
}
