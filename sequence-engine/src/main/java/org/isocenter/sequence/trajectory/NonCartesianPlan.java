package org.isocenter.sequence.trajectory;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.isocenter.model.Encoding;
import org.isocenter.model.Encoding.Trajectory;
import org.isocenter.model.EncodingCounters;
import org.isocenter.model.EncodingGeometry;
import org.isocenter.model.EncodingLimits;
import org.isocenter.model.PatientPosition;
import org.isocenter.model.ReadoutHeader;
import org.isocenter.model.SequenceParameters;
import org.isocenter.model.Vec3;
import org.isocenter.sequence.Sequence;

/**
 * The plan of readouts that are no parallel lines: what a gridding reconstruction needs. Slices from what the excitations
 * select, or a volume; the matrix from how far k-space is covered; the field of view from the definitions, or from the spacing of
 * the samples. One encoding space of one orientation.
 */
final class NonCartesianPlan {
    private static final double SAME_SLICE_METERS = 1e-4;
    private static final double PARALLEL = 0.999;
    /** A direction along which k-space is covered by less than this share of the others is not encoded. */
    private static final double FLAT = 0.1;

    private static final int LARGEST_MATRIX = 1024;
    private static final int LARGEST_VOLUME_MATRIX = 320;

    private static final List<EncodingGeometry> PLANES =
            List.of(EncodingGeometry.AXIAL, EncodingGeometry.CORONAL, EncodingGeometry.SAGITTAL);

    private final Sequence sequence;
    private final double larmorHertz;
    private final PatientPosition position;
    private final List<PlannedReadout> imaging;
    private final Trajectory kind;
    private final List<String> notes;
    private final FileDefinitions definitions;
    private final EncodingGeometry frame; // in the patient
    private final Vec3[] axes; // of the frame, on the device's axes
    private final double[] reach = new double[3];
    private double largestStep;
    private final boolean volume;
    private final TreeMap<Integer, Vec3> centers = new TreeMap<>();
    private double sliceSpacingMeters;

    /** @param imaging the readouts; their counters are set here */
    NonCartesianPlan(
            Sequence sequence,
            double larmorHertz,
            PatientPosition position,
            List<PlannedReadout> imaging,
            Trajectory kind,
            List<String> notes) {
        this.sequence = sequence;
        this.larmorHertz = larmorHertz;
        this.position = position;
        this.imaging = imaging;
        this.kind = kind;
        this.notes = notes;
        this.definitions = new FileDefinitions(sequence.definitions());
        Map<Integer, SliceSelection> selections = new HashMap<>();
        imaging.forEach(r -> selections.computeIfAbsent(
                r.line.excitationBlock(), block -> SliceSelection.of(sequence, block, larmorHertz)));
        SliceSelection first = selections.get(imaging.get(0).line.excitationBlock());
        boolean selective = selections.values().stream()
                .allMatch(s -> s.isSelective()
                        && Math.abs(s.normal().dot(first.gradient()))
                                > PARALLEL * first.gradient().norm());
        measure(new Vec3[] {Vec3.X, Vec3.Y, Vec3.Z});
        frame = selective ? across(toPatient(first.normal())) : flattest();
        axes = new Vec3[] {toDevice(frame.read()), toDevice(frame.phase()), toDevice(frame.slice())};
        measure(axes);
        volume = reach[2] > FLAT * Math.max(reach[0], reach[1]);
        if (selective && !volume) {
            locateSlices(selections);
        } else if (!volume && selections.values().stream().anyMatch(SliceSelection::isSelective)) {
            notes.add("The excitations select slices of different directions: the image mixes them.");
        }
        imaging.forEach(r -> r.center = r.line.nearest());
        locateCenters();
    }

    /** How far samples get from the centre of k-space along these axes, and from one another. */
    private void measure(Vec3[] along) {
        boolean[] wanted = new boolean[sequence.adcWindows()];
        imaging.forEach(r -> wanted[r.line.adcIndex()] = true);
        Arrays.fill(reach, 0);
        KspaceTrajectory.forEachWindow(sequence, w -> {
            if (!wanted[w.adcIndex()]) {
                return;
            }
            for (int i = 0; i < w.samples(); i++) {
                for (int d = 0; d < 3; d++) {
                    double k = w.kx()[i] * along[d].x() + w.ky()[i] * along[d].y() + w.kz()[i] * along[d].z();
                    reach[d] = Math.max(reach[d], Math.abs(k));
                }
                if (i > 0) {
                    double step = Math.hypot(
                            Math.hypot(w.kx()[i] - w.kx()[i - 1], w.ky()[i] - w.ky()[i - 1]),
                            w.kz()[i] - w.kz()[i - 1]);
                    largestStep = Math.max(largestStep, step);
                }
            }
        });
    }

    /** The standard plane that is nearest to one across this direction, tilted onto it. */
    private static EncodingGeometry across(Vec3 direction) {
        EncodingGeometry nearest = PLANES.get(0);
        for (EncodingGeometry plane : PLANES) {
            if (Math.abs(plane.slice().dot(direction))
                    > Math.abs(nearest.slice().dot(direction)) + 1e-6) {
                nearest = plane;
            }
        }
        Vec3 slice =
                direction.scaled(Math.signum(nearest.slice().dot(direction))).normalized();
        Vec3 read =
                nearest.read().minus(slice.scaled(nearest.read().dot(slice))).normalized();
        return new EncodingGeometry(Vec3.ZERO, read, slice.cross(read), slice);
    }

    /** Without slices, the plane across the direction in which k-space is covered least. */
    private EncodingGeometry flattest() {
        int least = 2;
        for (int d = 0; d < 3; d++) {
            least = reach[d] < reach[least] - 1e-6 ? d : least;
        }
        return across(toPatient(new Vec3[] {Vec3.X, Vec3.Y, Vec3.Z}[least]));
    }

    private Vec3 toPatient(Vec3 device) {
        return EncodingFrame.toPatient(device, position);
    }

    private Vec3 toDevice(Vec3 patient) {
        return position.patientToDevice().apply(patient);
    }

    private void locateSlices(Map<Integer, SliceSelection> selections) {
        List<Double> places = new ArrayList<>();
        for (PlannedReadout r : imaging) {
            SliceSelection s = selections.get(r.line.excitationBlock());
            r.sliceOffsetMeters = s.offsetMeters() * s.normal().dot(axes[2]);
            if (places.stream().noneMatch(p -> Math.abs(p - r.sliceOffsetMeters) < SAME_SLICE_METERS)) {
                places.add(r.sliceOffsetMeters);
            }
        }
        places.sort(Double::compare);
        for (PlannedReadout r : imaging) {
            while (Math.abs(places.get(r.slice) - r.sliceOffsetMeters) >= SAME_SLICE_METERS) {
                r.slice++;
            }
        }
        int count = places.size();
        sliceSpacingMeters = count > 1 ? (places.get(count - 1) - places.get(0)) / (count - 1) : 0;
    }

    private void locateCenters() {
        Map<Integer, ReceiverCentre> receivers = new TreeMap<>();
        for (PlannedReadout r : imaging) {
            if (r.line.samples() > 1) {
                Vec3[] encoded = volume ? axes : new Vec3[] {axes[0], axes[1]};
                receivers
                        .computeIfAbsent(r.slice, slice -> new ReceiverCentre(encoded))
                        .add(r.line.chord(), r.line.adc(), larmorHertz);
            }
        }
        receivers.forEach((slice, receiver) -> {
            Vec3 center = receiver.center();
            if (center == null) {
                notes.add(
                        "The receiver's frequencies belong to no single place; the image is taken to be centred at the"
                                + " isocentre.");
            }
            centers.put(slice, center == null ? Vec3.ZERO : center);
        });
    }

    Encoding encoding() {
        double[] fov = new double[3];
        int[] matrix = new int[3];
        double plane = Math.max(reach[0], reach[1]);
        for (int d = 0; d < 3; d++) {
            fov[d] = fieldOfView(d);
            double covered = d < 2 ? plane : reach[2];
            matrix[d] = d == 2 && !volume ? 1 : matrix(2 * covered * fov[d]);
        }
        if (!volume) {
            fov[2] = thickness();
        }
        notes.add(String.format(
                Locale.ROOT,
                "The matrix, %d×%d×%d, is taken from how far k-space is covered.",
                matrix[0],
                matrix[1],
                matrix[2]));
        Vec3 extent = new Vec3(fov[0], fov[1], fov[2]);
        int slices = 1 + imaging.stream().mapToInt(r -> r.slice).max().orElse(0);
        return new Encoding(
                matrix[0],
                matrix[1],
                matrix[2],
                extent,
                matrix[0],
                matrix[1],
                matrix[2],
                extent,
                EncodingLimits.ofCount((imaging.size() + slices - 1) / slices),
                EncodingLimits.NONE,
                slices,
                1,
                1 + imaging.stream().mapToInt(r -> r.contrast).max().orElse(0),
                1 + imaging.stream().mapToInt(r -> r.repetition).max().orElse(0),
                sliceSpacingMeters,
                kind,
                1);
    }

    private int matrix(double pixels) {
        int largest = volume ? LARGEST_VOLUME_MATRIX : LARGEST_MATRIX;
        if (pixels > largest) {
            notes.add(String.format(
                    Locale.ROOT,
                    "k-space is covered as far as a matrix of %.0f needs; the image has %d.",
                    pixels,
                    largest));
        }
        return Math.max(2, Math.min(largest, 2 * (int) Math.round(pixels / 2)));
    }

    private double fieldOfView(int axis) {
        double told = definitions.fovMeters(axis);
        boolean alongFileAxis = axis < 2 || volume;
        if (told > 0 && alongFileAxis) {
            return told;
        }
        // Sampled twice as finely as needed along the readout, as is the custom.
        double assumed = largestStep > 0 ? 0.5 / largestStep : 1;
        if (axis == 0) {
            notes.add(String.format(
                    Locale.ROOT,
                    "The file does not tell the field of view; %.0f mm are assumed, half of what the samples' spacing"
                            + " resolves.",
                    assumed * 1e3));
        }
        return assumed;
    }

    private double thickness() {
        double told = definitions.number("SliceThickness");
        if (told > 0 && told < 1) {
            return told;
        }
        double fov = definitions.fovMeters(2);
        if (fov > 0 && (sliceSpacingMeters == 0 || fov <= 1.05 * sliceSpacingMeters)) {
            return fov;
        }
        int block = imaging.get(0).line.excitationBlock();
        double measured = block < 0
                ? Double.NaN
                : SliceSelection.of(sequence, block, larmorHertz)
                        .thicknessMeters(sequence.rfPulse(sequence.rfId(block)), sequence.rasters());
        if (measured > 0) {
            notes.add("The slice thickness is estimated from the excitation's bandwidth.");
            return measured;
        }
        notes.add("The excitation selects no slice: the image is a projection.");
        return fieldOfView(0);
    }

    SequenceParameters parameters(Encoding encoding) {
        double depth = encoding.reconFovMeters().z() / encoding.reconZ();
        return new SequenceTiming(sequence, larmorHertz).parameters(imaging, volume ? "3D" : "2D", depth, kind);
    }

    /** @param step number of the readout among those of its slice */
    ReadoutHeader header(PlannedReadout r, int step) {
        Vec3 center = centers.getOrDefault(r.slice, Vec3.ZERO).plus(axes[2].scaled(r.sliceOffsetMeters));
        return new ReadoutHeader(
                r.line.adcIndex(),
                r.flags,
                new EncodingCounters(step, 0, 0, r.slice, r.contrast, r.phase, r.repetition, r.set, r.segment),
                r.line.samples(),
                1,
                r.line.nearest(),
                0,
                0,
                r.line.dwellSeconds(),
                r.line.startSeconds(),
                0,
                frame.centredAt(toPatient(center)));
    }
}
