package org.isocenter.sequence.trajectory;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.isocenter.model.AcquisitionFlags;
import org.isocenter.model.Encoding;
import org.isocenter.model.EncodingCounters;
import org.isocenter.model.EncodingGeometry;
import org.isocenter.model.EncodingLimits;
import org.isocenter.model.PatientPosition;
import org.isocenter.model.ReadoutHeader;
import org.isocenter.model.Vec3;
import org.isocenter.sequence.Sequence;
import org.isocenter.sequence.SequencePlan;

/**
 * Works out what the readouts of any sequence encode: from its own trajectory, with labels and definitions as witnesses. The
 * sequence's axes after rotation are the device's axes. Lines of a Cartesian sequence get the counters, matrices, fields of
 * view and geometry that a reconstruction needs; other trajectories get slices, matrix and field of view, and are numbered.
 * Whatever had to be assumed is told in the notes. Pure; any thread.
 */
public final class EncodingPlanner {
    /** A readout that moves less than this through k-space has no gradient. */
    private static final double STILL_PER_METER = 1e-3;

    private final Sequence sequence;
    private final double larmorHertz;
    private final PatientPosition position;
    private final List<String> notes = new ArrayList<>();
    private final List<PlannedReadout> readouts = new ArrayList<>();
    private final Map<String, int[]> labels;

    private EncodingPlanner(Sequence sequence, double larmorHertz, PatientPosition position) {
        this.sequence = sequence;
        this.larmorHertz = larmorHertz;
        this.position = position;
        this.labels = LabelState.atAdc(sequence);
        ReadoutLine.all(sequence).forEach(line -> readouts.add(new PlannedReadout(line)));
    }

    /**
     * @param larmorHertz of the scanner, for offsets in ppm
     * @param position how the patient lies, for the geometry
     */
    public static SequencePlan plan(Sequence sequence, double larmorHertz, PatientPosition position) {
        return new EncodingPlanner(sequence, larmorHertz, position).plan();
    }

    private SequencePlan plan() {
        readLabels();
        keepMajority();
        List<PlannedReadout> imaging = readouts.stream().filter(r -> r.imaging).toList();
        List<PlannedReadout> lines =
                imaging.stream().filter(r -> r.line.samples() > 1).toList();
        Encoding.Trajectory kind = kind(lines);
        if (kind == null) {
            return spectra(imaging);
        }
        if (kind != Encoding.Trajectory.CARTESIAN) {
            return nonCartesian(kind, imaging);
        }
        List<List<PlannedReadout>> stacks = Orientations.of(sequence, lines, larmorHertz);
        if (stacks.isEmpty()) {
            notes.add("The readouts run in different directions: the sequence is radial.");
            return nonCartesian(Encoding.Trajectory.RADIAL, imaging);
        }
        leaveOut(imaging.stream().filter(r -> r.line.samples() == 1).toList());
        return cartesian(stacks);
    }

    /** Single points are no lines. */
    private void leaveOut(List<PlannedReadout> points) {
        points.forEach(point -> {
            point.imaging = false;
            point.flags |= AcquisitionFlags.DUMMY_SCAN;
        });
        if (!points.isEmpty()) {
            notes.add(points.size() + " readouts of one sample are left out of the image");
        }
    }

    /** One encoding space for each stack. */
    private SequencePlan cartesian(List<List<PlannedReadout>> stacks) {
        List<CartesianPlan> plans = new ArrayList<>();
        Map<PlannedReadout, CartesianPlan> homes = new HashMap<>();
        for (List<PlannedReadout> stack : stacks) {
            CartesianPlan plan = new CartesianPlan(sequence, larmorHertz, position, labels, stack, plans.size(), notes);
            plans.add(plan);
            stack.forEach(readout -> homes.put(readout, plan));
        }
        if (plans.size() > 1) {
            notes.add("The readouts form " + plans.size() + " stacks of different orientation.");
        }
        List<ReadoutHeader> headers = new ArrayList<>();
        CartesianPlan current = plans.get(0);
        for (PlannedReadout readout : readouts) {
            current = homes.getOrDefault(readout, current);
            headers.add(current.header(readout));
        }
        return new SequencePlan(
                sequence,
                plans.stream().map(CartesianPlan::encoding).toList(),
                headers,
                plans.get(0).parameters(),
                notes.stream().distinct().toList());
    }

    private void readLabels() {
        for (PlannedReadout readout : readouts) {
            int at = readout.line.adcIndex();
            boolean reference = label("REF", at) != 0;
            boolean image = label("IMA", at) != 0;
            if (label("NOISE", at) != 0) {
                readout.flags |= AcquisitionFlags.NOISE_MEASUREMENT;
            }
            if (label("NAV", at) != 0) {
                readout.flags |= AcquisitionFlags.NAVIGATION;
            }
            if (reference) {
                readout.flags |= image
                        ? AcquisitionFlags.PARALLEL_CALIBRATION_AND_IMAGING
                        : AcquisitionFlags.PARALLEL_CALIBRATION;
            }
            readout.imaging = (readout.flags & AcquisitionFlags.NOT_IMAGING) == 0;
            readout.contrast = Math.max(label("ECO", at), 0);
            readout.phase = Math.max(label("PHS", at), 0);
            readout.repetition = Math.max(label("REP", at), 0);
            readout.set = Math.max(label("SET", at), 0);
            readout.segment = Math.max(label("SEG", at), 0);
        }
    }

    private int label(String name, int adcIndex) {
        int[] values = labels.get(name);
        return values == null ? 0 : values[adcIndex];
    }

    /** Readouts that are unlike most others in length or spacing are no lines of the same image. */
    private void keepMajority() {
        record Kind(int samples, long spacing) {}
        Map<Kind, List<PlannedReadout>> kinds = new HashMap<>();
        for (PlannedReadout readout : readouts) {
            if (readout.imaging && readout.line.samples() > 1) {
                Kind kind = new Kind(readout.line.samples(), Math.round(readout.line.spacing() * 10));
                kinds.computeIfAbsent(kind, k -> new ArrayList<>()).add(readout);
            }
        }
        int most = kinds.values().stream().mapToInt(List::size).max().orElse(0);
        int odd = 0;
        for (List<PlannedReadout> group : kinds.values()) {
            if (group.size() < 0.2 * most) {
                group.forEach(r -> {
                    r.imaging = false;
                    r.flags |= AcquisitionFlags.DUMMY_SCAN;
                });
                odd += group.size();
            }
        }
        if (odd > 0) {
            notes.add(odd + " readouts are unlike the others in length or spacing and are left out of the image");
        }
    }

    /** Null for readouts that encode no place. */
    private Encoding.Trajectory kind(List<PlannedReadout> imaging) {
        if (imaging.isEmpty()) {
            notes.add("The sequence has no imaging readout: there is nothing to reconstruct.");
            return null;
        }
        if (imaging.stream().allMatch(r -> r.line.chord().norm() < STILL_PER_METER)) {
            notes.add("No gradient is on during the readouts: these are spectra, not lines of k-space.");
            return null;
        }
        if (!imaging.stream().allMatch(r -> r.line.isStraight())) {
            notes.add("The readouts are curved in k-space: a spiral or the like.");
            return imaging.stream().allMatch(r -> r.line.samples() > 1 && r.line.nearest() == 0)
                    ? Encoding.Trajectory.SPIRAL
                    : Encoding.Trajectory.OTHER;
        }
        return Encoding.Trajectory.CARTESIAN;
    }

    private SequencePlan nonCartesian(Encoding.Trajectory kind, List<PlannedReadout> imaging) {
        NonCartesianPlan plan = new NonCartesianPlan(sequence, larmorHertz, position, imaging, kind, notes);
        Encoding encoding = plan.encoding();
        List<ReadoutHeader> headers = new ArrayList<>();
        Map<Integer, Integer> counts = new HashMap<>();
        for (PlannedReadout r : readouts) {
            int step = r.imaging ? counts.merge(r.slice, 1, Integer::sum) - 1 : 0;
            headers.add(plan.header(r, step));
        }
        return new SequencePlan(
                sequence,
                List.of(encoding),
                headers,
                plan.parameters(encoding),
                notes.stream().distinct().toList());
    }

    private SequencePlan spectra(List<PlannedReadout> imaging) {
        int samples = imaging.isEmpty() ? 1 : imaging.get(0).line.samples();
        FileDefinitions definitions = new FileDefinitions(sequence.definitions());
        double fov = definitions.fovMeters(0);
        double depth = definitions.fovMeters(2);
        Vec3 extent =
                new Vec3(Double.isNaN(fov) ? 1 : fov, Double.isNaN(fov) ? 1 : fov, Double.isNaN(depth) ? 1 : depth);
        int count = Math.max(imaging.size(), 1);
        Encoding encoding = new Encoding(
                samples,
                count,
                1,
                extent,
                samples,
                count,
                1,
                extent,
                EncodingLimits.ofCount(count),
                EncodingLimits.NONE,
                1,
                1,
                1,
                1,
                0,
                Encoding.Trajectory.OTHER,
                1);
        List<ReadoutHeader> headers = new ArrayList<>();
        int number = 0;
        for (PlannedReadout r : readouts) {
            headers.add(new ReadoutHeader(
                    r.line.adcIndex(),
                    r.flags,
                    new EncodingCounters(
                            r.imaging ? number++ : 0, 0, 0, 0, r.contrast, r.phase, r.repetition, r.set, r.segment),
                    r.line.samples(),
                    1,
                    r.line.nearest(),
                    0,
                    0,
                    r.line.dwellSeconds(),
                    r.line.startSeconds(),
                    0,
                    EncodingGeometry.AXIAL));
        }
        imaging.forEach(r -> r.center = r.line.nearest());
        return new SequencePlan(
                sequence,
                List.of(encoding),
                headers,
                new SequenceTiming(sequence, larmorHertz).parameters(imaging, "2D", depth, Encoding.Trajectory.OTHER),
                notes);
    }
}
