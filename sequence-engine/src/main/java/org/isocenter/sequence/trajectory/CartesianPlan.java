package org.isocenter.sequence.trajectory;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.isocenter.model.AcquisitionFlags;
import org.isocenter.model.Encoding;
import org.isocenter.model.EncodingCounters;
import org.isocenter.model.EncodingGeometry;
import org.isocenter.model.EncodingLimits;
import org.isocenter.model.PatientPosition;
import org.isocenter.model.ReadoutHeader;
import org.isocenter.model.SequenceParameters;
import org.isocenter.model.Vec3;
import org.isocenter.sequence.RfPulse;
import org.isocenter.sequence.Sequence;

/** The plan of readouts that are parallel straight lines: one encoding space. */
final class CartesianPlan {
    private static final double SAME_SLICE_METERS = 1e-4;

    private final Sequence sequence;
    private final double larmorHertz;
    private final PatientPosition position;
    private final Map<String, int[]> labels;
    private final List<PlannedReadout> imaging;
    private final int encodingSpace;
    private final List<String> notes;
    private final FileDefinitions definitions;

    private final EncodingFrame frame;
    private final double readSpacing;
    private final GridAxis phaseGrid;
    private final GridAxis partitionGrid;
    private final SliceSelection selection;
    private final boolean alternating;
    /** Of lines that must be resampled, or null. */
    private final ReadGrid readGrid;

    private final double thicknessMeters;
    private int encodedX;
    private int slices = 1;
    private double sliceSpacingMeters;

    /** @param imaging the readouts, parallel and straight; their counters are set here */
    CartesianPlan(
            Sequence sequence,
            double larmorHertz,
            PatientPosition position,
            Map<String, int[]> labels,
            List<PlannedReadout> imaging,
            int encodingSpace,
            List<String> notes) {
        this.sequence = sequence;
        this.larmorHertz = larmorHertz;
        this.position = position;
        this.labels = labels;
        this.imaging = imaging;
        this.encodingSpace = encodingSpace;
        this.notes = notes;
        this.definitions = new FileDefinitions(sequence.definitions());
        ReadoutLine first = imaging.get(0).line;
        readSpacing = first.spacing();
        selection = SliceSelection.of(sequence, first.excitationBlock(), larmorHertz);
        frame = EncodingFrame.of(
                imaging.stream().map(r -> r.line).toList(),
                sequence.rotation(first.block()),
                selection,
                0.05 * readSpacing,
                position);
        boolean bothWays = readAxis();
        phaseGrid = grid(frame.phase(), frame.fileAxes()[1], frame.dimensions() > 1, "LIN");
        partitionGrid = grid(frame.slice(), frame.fileAxes()[2], frame.dimensions() > 2, "PAR");
        for (int i = 0; i < imaging.size(); i++) {
            imaging.get(i).step1 = phaseGrid.index()[i];
            imaging.get(i).step2 = partitionGrid.index()[i];
        }
        locateSlices();
        thicknessMeters = thickness();
        RepeatCounter.count(imaging, labels.containsKey("ECO"));
        if (averages() > 1) {
            notes.add("Some lines are read " + averages() + " times; the repeats are taken as averages.");
        }
        alternating = bothWays && SequenceTiming.longestTrain(imaging) > contrasts();
        readGrid = readGrid();
    }

    private int averages() {
        return 1 + imaging.stream().mapToInt(r -> r.average).max().orElse(0);
    }

    private int contrasts() {
        return 1 + imaging.stream().mapToInt(r -> r.contrast).max().orElse(0);
    }

    private Encoding.Trajectory trajectory() {
        return alternating ? Encoding.Trajectory.EPI : Encoding.Trajectory.CARTESIAN;
    }

    SequenceParameters parameters() {
        return new SequenceTiming(sequence, larmorHertz)
                .parameters(imaging, frame.dimensions() > 2 ? "3D" : "2D", thicknessMeters, trajectory());
    }

    /** Finds the centre of each readout and which run backwards; true when some do and some do not. */
    private boolean readAxis() {
        int backwards = 0;
        double[] centers = new double[imaging.size()];
        for (int i = 0; i < centers.length; i++) {
            PlannedReadout r = imaging.get(i);
            r.center = r.line.zeroCrossing(frame.read());
            if (!(r.center >= 0 && r.center <= r.line.samples() - 1)) {
                r.center = r.line.nearest();
            }
            boolean reverse = r.line.chord().dot(frame.read()) < 0;
            if (reverse) {
                r.flags |= AcquisitionFlags.REVERSE;
                backwards++;
            }
            centers[i] = reverse ? r.line.samples() - 1 - r.center : r.center;
        }
        Arrays.sort(centers);
        double center = centers[centers.length / 2];
        int samples = imaging.get(0).line.samples();
        boolean wholeEcho = Math.abs(center - samples / 2) <= 1;
        encodedX = wholeEcho ? samples : 2 * (int) Math.ceil(Math.max(center, samples - center));
        if (!wholeEcho) {
            notes.add(String.format(
                    Locale.ROOT, "The echo is asymmetric: its centre is sample %.1f of %d.", center, samples));
        }
        return backwards > 0 && backwards < imaging.size();
    }

    private ReadGrid readGrid() {
        double uneven =
                imaging.stream().mapToDouble(r -> r.line.unevenness()).max().orElse(0);
        if (uneven <= 0.5) {
            return null;
        }
        if (!alternating) {
            notes.add(
                    "Samples are taken on the gradient's ramps and are not evenly spaced; without regridding the image is"
                            + " blurred along the readout.");
            return null;
        }
        notes.add("Samples are taken on the gradient's ramps: the lines are resampled to an even grid.");
        double step =
                imaging.stream().mapToDouble(r -> r.line.largestStep()).max().orElse(0);
        double reach = imaging.stream()
                .mapToDouble(r -> Math.min(
                        Math.abs(r.line.first().dot(frame.read())),
                        Math.abs(r.line.last().dot(frame.read()))))
                .min()
                .orElse(0);
        return ReadGrid.of(step, reach, definitions.fovMeters(frame.fileAxes()[0]));
    }

    private GridAxis grid(Vec3 axis, int fileAxis, boolean encodes, String label) {
        if (!encodes) {
            return new GridAxis(0, 1, new int[imaging.size()]);
        }
        double[] values =
                imaging.stream().mapToDouble(r -> r.line.at(r.center).dot(axis)).toArray();
        GridAxis grid = GridAxis.of(values, 0.05 * readSpacing, definitions.fovMeters(fileAxis));
        int[] label1 = labels.get(label);
        if (grid != null) {
            if (label1 != null && isUsed(label1) && !agrees(label1, grid)) {
                notes.add("The " + label + " labels do not follow the trajectory; the trajectory is used.");
            }
            return grid;
        }
        if (label1 == null) {
            notes.add("The lines are not on an even grid and the file has no " + label
                    + " labels; each takes the nearest place of a grid as fine as the largest step.");
            return coarse(values);
        }
        notes.add("The lines are not on an even grid; the " + label + " labels are used.");
        int max =
                imaging.stream().mapToInt(r -> label1[r.line.adcIndex()]).max().orElse(0);
        int[] index = imaging.stream()
                .mapToInt(r -> Math.max(label1[r.line.adcIndex()], 0))
                .toArray();
        double range = Arrays.stream(values).max().orElse(0)
                - Arrays.stream(values).min().orElse(0);
        return new GridAxis(range / Math.max(max, 1), max + 1, index);
    }

    /** A grid with as many places as there are different lines. */
    private static GridAxis coarse(double[] values) {
        double max = Arrays.stream(values).map(Math::abs).max().orElse(1);
        Set<Long> places = new HashSet<>();
        for (double value : values) {
            places.add(Math.round(value * 1000));
        }
        int size = Math.max(2, places.size());
        double spacing = 2 * max / size;
        int[] index = Arrays.stream(values)
                .mapToInt(v -> Math.min(Math.max((int) Math.rint(v / spacing) + size / 2, 0), size - 1))
                .toArray();
        return new GridAxis(spacing, size, index);
    }

    private boolean isUsed(int[] label) {
        int first = label[imaging.get(0).line.adcIndex()];
        return imaging.stream().anyMatch(r -> label[r.line.adcIndex()] != first);
    }

    private boolean agrees(int[] label, GridAxis grid) {
        boolean up = true;
        boolean down = true;
        int n = grid.size();
        for (int i = 0; i < imaging.size(); i++) {
            int value = label[imaging.get(i).line.adcIndex()];
            int start = label[imaging.get(0).line.adcIndex()];
            int moved = grid.index()[i] - grid.index()[0];
            up &= Math.floorMod(value - start - moved, n) == 0;
            down &= Math.floorMod(value - start + moved, n) == 0;
        }
        return up || down;
    }

    /** Slices by the place that their excitation selects, counted along the slice direction. */
    private void locateSlices() {
        Map<Integer, SliceSelection> byBlock = new HashMap<>();
        List<Double> places = new ArrayList<>();
        for (PlannedReadout r : imaging) {
            SliceSelection s = byBlock.computeIfAbsent(
                    r.line.excitationBlock(), block -> SliceSelection.of(sequence, block, larmorHertz));
            r.sliceOffsetMeters =
                    s.isSelective() ? s.offsetMeters() * s.normal().dot(frame.slice()) : 0;
            if (places.stream().noneMatch(p -> Math.abs(p - r.sliceOffsetMeters) < SAME_SLICE_METERS)) {
                places.add(r.sliceOffsetMeters);
            }
        }
        if (selection.isSelective() && Math.abs(selection.normal().dot(frame.slice())) < 0.99) {
            notes.add("The excitation does not select along the slice direction; the image's position is uncertain.");
        }
        places.sort(Double::compare);
        slices = places.size();
        for (PlannedReadout r : imaging) {
            while (Math.abs(places.get(r.slice) - r.sliceOffsetMeters) >= SAME_SLICE_METERS) {
                r.slice++;
            }
        }
        if (slices > 1) {
            sliceSpacingMeters = (places.get(slices - 1) - places.get(0)) / (slices - 1);
            for (int i = 1; i < slices; i++) {
                if (Math.abs(places.get(i) - places.get(i - 1) - sliceSpacingMeters) > 10 * SAME_SLICE_METERS) {
                    notes.add("The slices are not evenly spaced; the mean spacing is given.");
                    break;
                }
            }
        }
        int[] label = labels.get("SLC");
        if (slices == 1 && label != null && isUsed(label)) {
            imaging.forEach(r -> r.slice = Math.max(label[r.line.adcIndex()], 0));
            slices = 1 + imaging.stream().mapToInt(r -> r.slice).max().orElse(0);
            sliceSpacingMeters = thickness();
            notes.add("All slices that the SLC labels tell apart are excited at the same place.");
        }
    }

    private double thickness() {
        if (partitionGrid.spacing() > 0) {
            return partitionGrid.fovMeters() / partitionGrid.size();
        }
        double told = definitions.number("SliceThickness");
        if (told > 0 && told < 1) {
            return told;
        }
        double fov = definitions.fovMeters(frame.fileAxes()[2]);
        if (fov > 0 && (slices == 1 || fov <= 1.05 * sliceSpacingMeters)) {
            return fov;
        }
        ReadoutLine first = imaging.get(0).line;
        if (first.excitationBlock() >= 0) {
            RfPulse pulse = sequence.rfPulse(sequence.rfId(first.excitationBlock()));
            double measured = selection.thicknessMeters(pulse, sequence.rasters());
            if (measured > 0) {
                notes.add("The slice thickness is estimated from the excitation's bandwidth.");
                return measured;
            }
        }
        notes.add("The excitation selects no slice: the image is a projection.");
        return 1 / readSpacing;
    }

    Encoding encoding() {
        ReadGrid read = readGrid == null ? evenGrid() : readGrid;
        double phaseFov = phaseGrid.spacing() > 0 ? phaseGrid.fovMeters() : read.fovMeters();
        double depth = partitionGrid.spacing() > 0 ? partitionGrid.fovMeters() : thicknessMeters;
        return new Encoding(
                read.points(),
                phaseGrid.size(),
                partitionGrid.size(),
                new Vec3(read.encodedFovMeters(), phaseFov, depth),
                read.pixels(),
                phaseGrid.size(),
                partitionGrid.size(),
                new Vec3(read.fovMeters(), phaseFov, depth),
                EncodingLimits.ofCount(phaseGrid.size()),
                EncodingLimits.ofCount(partitionGrid.size()),
                slices,
                averages(),
                contrasts(),
                1 + imaging.stream().mapToInt(r -> r.repetition).max().orElse(0),
                slices > 1 ? sliceSpacingMeters : 0,
                trajectory(),
                SequenceTiming.longestTrain(imaging));
    }

    private ReadGrid evenGrid() {
        double encodedFov = 1 / readSpacing;
        int pixels = encodedX / oversampling(encodedFov);
        return new ReadGrid(encodedX, encodedFov, pixels, encodedFov * pixels / encodedX);
    }

    /** How many times finer the readout is sampled than the field of view needs. */
    private int oversampling(double encodedFov) {
        double told = encodedFov / definitions.fovMeters(frame.fileAxes()[0]);
        if (Double.isNaN(told)) {
            boolean square = phaseGrid.spacing() > 0
                    && Math.abs(encodedFov * phaseGrid.spacing() - 2) < 0.02
                    && encodedX == 2 * phaseGrid.size();
            notes.add("The file does not tell the field of view; it is taken from the spacing of the samples"
                    + (square ? ", with twofold oversampling of the readout." : "."));
            return square ? 2 : 1;
        }
        int factor = (int) Math.rint(told);
        boolean fits = factor >= 1 && Math.abs(told - factor) < 0.03 * factor && encodedX % factor == 0;
        if (!fits) {
            notes.add(String.format(
                    Locale.ROOT,
                    "The field of view that the file tells does not fit the readout, which spans %.1f mm; the latter is"
                            + " used.",
                    encodedFov * 1000));
        }
        return fits ? factor : 1;
    }

    /** @param r one of the readouts, or one without an image that came among them */
    ReadoutHeader header(PlannedReadout r) {
        return new ReadoutHeader(
                r.line.adcIndex(),
                r.flags,
                new EncodingCounters(
                        r.step1, r.step2, r.average, r.slice, r.contrast, r.phase, r.repetition, r.set, r.segment),
                r.line.samples(),
                1,
                r.imaging ? centerSample(r) : r.line.samples() / 2,
                0,
                0,
                r.line.dwellSeconds(),
                r.line.startSeconds(),
                encodingSpace,
                geometry(r));
    }

    /** In the order of acquisition, so that turning a reversed readout round puts it on the same place as the others. */
    private int centerSample(PlannedReadout r) {
        int n = r.line.samples();
        boolean reverse = (r.flags & AcquisitionFlags.REVERSE) != 0;
        double forward = reverse ? n - 1 - r.center : r.center;
        int center = encodedX == n ? n / 2 : (int) Math.rint(forward);
        return reverse ? n - 1 - center : center;
    }

    /** Centred on the slice, and along the readout where the receiver's frequency puts it. */
    private EncodingGeometry geometry(PlannedReadout r) {
        double hertzPerMeter = r.line.samples() < 2
                ? 0
                : r.line.chord().dot(frame.read()) / ((r.line.samples() - 1) * r.line.dwellSeconds());
        double offset = r.line.adc().frequencyOffsetHertz(larmorHertz);
        double readMeters = r.imaging && hertzPerMeter != 0 ? offset / hertzPerMeter : 0;
        Vec3 centre = frame.read().scaled(readMeters).plus(frame.slice().scaled(r.sliceOffsetMeters));
        return new EncodingGeometry(
                EncodingFrame.toPatient(centre, position),
                EncodingFrame.toPatient(frame.read(), position),
                EncodingFrame.toPatient(frame.phase(), position),
                EncodingFrame.toPatient(frame.slice(), position));
    }
}
