package org.isocenter.sequence.trajectory;

import java.util.List;
import org.isocenter.model.PatientPosition;
import org.isocenter.model.Rotation;
import org.isocenter.model.Vec3;

/**
 * The directions along which a Cartesian sequence encodes, as unit vectors on the device's axes, and how they lie in the
 * patient. Their signs are free; they are chosen so that the image is upright by radiological custom: indices grow to the
 * patient's left, back and feet. {@code read × phase = slice}.
 *
 * @param fileAxes for read, phase and slice the index of the file's own axis, or -1 when the encoding is oblique to these
 * @param dimensions 1 read only, 2 phase encoded, 3 partitions too
 */
record EncodingFrame(Vec3 read, Vec3 phase, Vec3 slice, int[] fileAxes, int dimensions) {
    private static final double PARALLEL = 0.9999;

    /**
     * @param lines the imaging readouts, straight and parallel
     * @param rotation of the readouts' block: the file's axes on the device
     * @param selection of one excitation; its normal settles which axis is the slice's when the trajectory does not
     * @param smallest a spread of k below this encodes nothing, 1/m
     */
    static EncodingFrame of(
            List<ReadoutLine> lines,
            Rotation rotation,
            SliceSelection selection,
            double smallest,
            PatientPosition position) {
        Vec3 read = lines.get(0).chord().normalized();
        Vec3[] axes = {rotation.apply(Vec3.X), rotation.apply(Vec3.Y), rotation.apply(Vec3.Z)};
        int readAxis = -1;
        for (int i = 0; i < 3; i++) {
            if (Math.abs(axes[i].dot(read)) > PARALLEL) {
                readAxis = i;
            }
        }
        if (readAxis < 0) {
            return oblique(lines, read, selection, smallest, position);
        }
        int a = (readAxis + 1) % 3;
        int b = (readAxis + 2) % 3;
        boolean encodesA = spread(lines, axes[a]) > smallest;
        boolean encodesB = spread(lines, axes[b]) > smallest;
        boolean phaseIsA;
        if (encodesA && encodesB) {
            phaseIsA = partitionIsB(lines, axes[a], axes[b], selection);
        } else if (encodesA || encodesB) {
            phaseIsA = encodesA;
        } else {
            phaseIsA = !selection.isSelective() || Math.abs(selection.normal().dot(axes[a])) < 0.5;
        }
        int p = phaseIsA ? a : b;
        int dimensions = 1 + (encodesA ? 1 : 0) + (encodesB ? 1 : 0);
        return upright(axes[readAxis], axes[p], new int[] {readAxis, p, phaseIsA ? b : a}, dimensions, position);
    }

    /** For gradients that the file itself has turned: the axes come from the lines' own places. */
    private static EncodingFrame oblique(
            List<ReadoutLine> lines, Vec3 read, SliceSelection selection, double smallest, PatientPosition position) {
        Vec3 shortest = null;
        Vec3 origin = across(lines.get(0), read);
        for (ReadoutLine line : lines) {
            Vec3 place = across(line, read).minus(origin);
            if (place.norm() > smallest && (shortest == null || place.norm() < shortest.norm())) {
                shortest = place;
            }
        }
        if (shortest == null) {
            Vec3 normal = selection.isSelective() ? selection.normal() : Vec3.Z;
            Vec3 phase = normal.cross(read).norm() > 0.1 ? normal.cross(read) : Vec3.X.cross(read);
            return upright(read, phase.normalized(), new int[] {-1, -1, -1}, 1, position);
        }
        Vec3 first = shortest.normalized();
        Vec3 second = read.cross(first);
        boolean both = spread(lines, second) > smallest;
        Vec3 phase = !both || partitionIsB(lines, first, second, selection) ? first : second;
        return upright(read, phase, new int[] {-1, -1, -1}, both ? 3 : 2, position);
    }

    private static Vec3 across(ReadoutLine line, Vec3 read) {
        Vec3 k = line.at(line.samples() / 2.0);
        return k.minus(read.scaled(k.dot(read)));
    }

    private static double spread(List<ReadoutLine> lines, Vec3 axis) {
        double min = Double.POSITIVE_INFINITY;
        double max = Double.NEGATIVE_INFINITY;
        for (ReadoutLine line : lines) {
            double k = line.at(line.samples() / 2.0).dot(axis);
            min = Math.min(min, k);
            max = Math.max(max, k);
        }
        return max - min;
    }

    /** The partition axis is that of the slab; without one, that which changes less often from readout to readout. */
    private static boolean partitionIsB(List<ReadoutLine> lines, Vec3 a, Vec3 b, SliceSelection selection) {
        if (selection.isSelective()) {
            double alongA = Math.abs(selection.normal().dot(a));
            double alongB = Math.abs(selection.normal().dot(b));
            if (Math.max(alongA, alongB) > PARALLEL) {
                return alongB > alongA;
            }
        }
        return changes(lines, a) >= changes(lines, b);
    }

    private static int changes(List<ReadoutLine> lines, Vec3 axis) {
        int changes = 0;
        for (int i = 1; i < lines.size(); i++) {
            Vec3 step = lines.get(i)
                    .at(lines.get(i).samples() / 2.0)
                    .minus(lines.get(i - 1).at(lines.get(i - 1).samples() / 2.0));
            if (Math.abs(step.dot(axis)) > 1e-3 * lines.get(i).spacing()) {
                changes++;
            }
        }
        return changes;
    }

    private static EncodingFrame upright(
            Vec3 read, Vec3 phase, int[] fileAxes, int dimensions, PatientPosition position) {
        Vec3 r = read.scaled(sign(toPatient(read, position)));
        Vec3 p = phase.scaled(sign(toPatient(phase, position)));
        return new EncodingFrame(r, p, r.cross(p), fileAxes, dimensions);
    }

    /** +1 when the direction runs mainly to the left, the back or the feet. */
    private static int sign(Vec3 patient) {
        double x = Math.abs(patient.x());
        double y = Math.abs(patient.y());
        double z = Math.abs(patient.z());
        if (z > x && z > y) {
            return patient.z() < 0 ? 1 : -1;
        }
        return (y > x ? patient.y() : patient.x()) > 0 ? 1 : -1;
    }

    static Vec3 toPatient(Vec3 device, PatientPosition position) {
        return position.patientToDevice().inverse().apply(device);
    }
}
