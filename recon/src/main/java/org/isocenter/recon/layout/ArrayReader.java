package org.isocenter.recon.layout;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.isocenter.model.AcquisitionFlags;
import org.isocenter.model.Encoding;
import org.isocenter.model.EncodingCounters;
import org.isocenter.model.EncodingGeometry;
import org.isocenter.model.EncodingLimits;
import org.isocenter.model.Patient;
import org.isocenter.model.PatientPosition;
import org.isocenter.model.RawData;
import org.isocenter.model.Readout;
import org.isocenter.model.ReadoutHeader;
import org.isocenter.model.ReadoutSamples;
import org.isocenter.model.ScanHeader;
import org.isocenter.model.ScannerInfo;
import org.isocenter.model.SequenceParameters;
import org.isocenter.model.Study;
import org.isocenter.model.Vec3;

/**
 * Makes a scan's raw data of an array: one readout for each line that is not zero all over, with k = 0 at index N/2 of each
 * axis, in an axial field of view at the isocentre. With a trajectory, each readout carries its positions. Samples are taken out of
 * the file when somebody asks for them.
 */
public final class ArrayReader {
    private static final Layout BART_WITH_TRAJECTORY =
            Layout.parse("1,x,y,channel,1,contrast,1,1,1,1,repetition,set,1,slice,average,1");

    /** In the order in which lines are handed on, the first fastest. */
    private static final List<Axis> COUNTERS =
            List.of(Axis.Y, Axis.Z, Axis.AVERAGE, Axis.SLICE, Axis.CONTRAST, Axis.PHASE, Axis.SET, Axis.REPETITION);

    /**
     * @param raw of each readout, {@code scanCounter} is the number of its line in the array, y fastest, then z, averages,
     *     slices, contrasts, phases, sets, repetitions
     * @param lines of the array, measured or not
     * @param notes what had to be assumed, for the user
     */
    public record Result(RawData raw, int lines, List<String> notes) {
        public Result {
            notes = List.copyOf(notes);
        }
    }

    private final ArrayFile file;
    private final ArrayScan told;
    /** Of the trajectory; null for none. A name alone is that of an array beside the data. */
    private final Path path;

    private final List<String> notes = new ArrayList<>();
    private Plane data;
    private ArrayTrajectory trajectory;

    private ArrayReader(ArrayFile file, ArrayScan told) {
        this.file = file;
        this.told = told;
        this.path = told.trajectory() == null && told.trajectoryVariable() != null ? file.path() : told.trajectory();
    }

    /** @throws ArrayFormatException when a file is damaged, or does not fit its layout */
    public static Result read(ArrayFile file, ArrayScan told) throws IOException {
        return new ArrayReader(file, told).read();
    }

    private Result read() throws IOException {
        ComplexArray array = file.read(told.variable());
        Layout layout = layout(array);
        data = new Plane(layout.fit(file.path(), array), layout);
        if (data.extent(Axis.X) < 2) {
            throw new ArrayFormatException(
                    file.path(),
                    "is " + array.shapeText() + ": with the layout " + layout
                            + " its readouts have one sample. Name its axes by --layout"
                            + (path == null ? ", or give its --trajectory" : ""));
        }
        if (path != null) {
            trajectory = ArrayTrajectory.read(path, told.trajectoryVariable(), data, told.matrix(), notes);
        }
        Encoding encoding = encoding();
        int lines = lines(COUNTERS.size());
        int ofSlice = lines(COUNTERS.indexOf(Axis.SLICE));
        EncodingGeometry[] geometries = geometries(encoding);
        List<Readout> readouts = IntStream.range(0, lines)
                .parallel()
                .mapToObj(line -> readout(line, (line + 1) % ofSlice == 0, geometries))
                .filter(Objects::nonNull)
                .toList();
        if (readouts.isEmpty()) {
            throw new ArrayFormatException(file.path(), "all its " + array.shapeText() + " numbers are zero");
        }
        if (readouts.size() < lines) {
            notes.add((lines - readouts.size()) + " of " + lines + " lines are zero all over: taken as not measured");
        }
        return new Result(RawData.of(header(encoding), readouts), lines, notes);
    }

    private Layout layout(ComplexArray array) throws IOException {
        if (told.layout() != null) {
            return told.layout();
        }
        boolean bart = path != null && file.kind() == ArrayFile.Kind.BART;
        Layout usual = bart
                ? new Layout(BART_WITH_TRAJECTORY
                        .axes()
                        .subList(
                                0,
                                Math.min(
                                        array.shape().length,
                                        BART_WITH_TRAJECTORY.axes().size())))
                : Layout.usual(file, array);
        if (path != null && file.kind() == ArrayFile.Kind.MATLAB && samplesAreFirst()) {
            usual = usual.withReadoutsFirst();
        }
        if (file.kind() != ArrayFile.Kind.BART) {
            notes.add("the array is " + array.shapeText() + ": its axes were taken to be " + usual
                    + "; say otherwise by --layout");
        }
        return usual;
    }

    private boolean samplesAreFirst() throws IOException {
        return ArrayTrajectory.runsAlongFirst(ArrayFile.need(path).read(told.trajectoryVariable()));
    }

    /** How many lines there are for one value each of the counters from this one on, in the order of {@link #COUNTERS}. */
    private int lines(int counters) {
        int lines = 1;
        for (int i = 0; i < counters; i++) {
            lines *= data.extent(COUNTERS.get(i));
        }
        return lines;
    }

    private EncodingCounters counters(int line) {
        int[] c = new int[COUNTERS.size()];
        int rest = line;
        for (int i = 0; i < c.length; i++) {
            c[i] = rest % data.extent(COUNTERS.get(i));
            rest /= data.extent(COUNTERS.get(i));
        }
        return new EncodingCounters(c[0], c[1], c[2], c[3], c[4], c[5], c[7], c[6], 0);
    }

    /** Of each slice. */
    private EncodingGeometry[] geometries(Encoding encoding) {
        EncodingGeometry[] geometries = new EncodingGeometry[data.extent(Axis.SLICE)];
        double middle = (geometries.length - 1) / 2.0;
        for (int slice = 0; slice < geometries.length; slice++) {
            double along = (slice - middle) * encoding.sliceSpacingMeters();
            geometries[slice] = EncodingGeometry.AXIAL.centredAt(new Vec3(0, 0, along));
        }
        return geometries;
    }

    /** Null for a line that was not measured. */
    private Readout readout(int line, boolean lastOfSlice, EncodingGeometry[] geometries) {
        EncodingCounters counters = counters(line);
        int samples = data.extent(Axis.X);
        int channels = data.extent(Axis.CHANNEL);
        if (!data.isMeasured(counters)) {
            return null;
        }
        ReadoutHeader header = new ReadoutHeader(
                line,
                lastOfSlice ? AcquisitionFlags.LAST_IN_SLICE : 0,
                counters,
                samples,
                channels,
                samples / 2,
                0,
                0,
                0,
                0,
                0,
                geometries[counters.slice()]);
        ReadoutSamples values = new LineSamples(data, counters);
        return trajectory == null
                ? new Readout(header, values)
                : new Readout(header, values, trajectory.dimensions(), trajectory.of(counters));
    }

    private Encoding encoding() {
        int samples = data.extent(Axis.X);
        int lines = data.extent(Axis.Y);
        int partitions = data.extent(Axis.Z);
        int[] image = trajectory == null ? new int[] {samples, lines, partitions} : trajectory.matrix();
        double[] fov = told.fov(image[0], image[1], image[2]);
        if (told.fovMeters().length == 0) {
            notes.add(
                    "the field of view is not known: 1 mm per pixel assumed, distances will be wrong; give it by --fov");
        }
        Vec3 meters = new Vec3(fov[0], fov[1], fov[2]);
        int slices = data.extent(Axis.SLICE);
        return new Encoding(
                samples,
                lines,
                trajectory == null ? partitions : image[2],
                meters,
                image[0],
                image[1],
                image[2],
                meters,
                EncodingLimits.ofCount(lines),
                EncodingLimits.ofCount(partitions),
                slices,
                data.extent(Axis.AVERAGE),
                data.extent(Axis.CONTRAST),
                data.extent(Axis.REPETITION),
                slices > 1 ? fov[2] : 0,
                trajectory == null ? Encoding.Trajectory.CARTESIAN : trajectory.kind(),
                1);
    }

    private ScanHeader header(Encoding encoding) {
        String name = file.path().getFileName().toString();
        Study study = new Study("", "", "", "", "", "", null, Patient.UNKNOWN, PatientPosition.HFS, "", false);
        int channels = data.extent(Axis.CHANNEL);
        ScannerInfo scanner = new ScannerInfo("", "", "", "", "", "", Double.NaN, Double.NaN, channels, "");
        SequenceParameters sequence = new SequenceParameters(
                "",
                List.of(),
                List.of(),
                encoding.reconZ() > 1 ? "3D" : "2D",
                Double.NaN,
                List.of(),
                Double.NaN,
                Double.NaN,
                1,
                encoding.averages(),
                encoding.reconFovMeters().z() / encoding.reconZ(),
                Double.NaN);
        Map<String, String> parameters = trajectory == null || trajectory.unit() == null
                ? Map.of()
                : Map.of(ScanHeader.TRAJECTORY_UNIT, trajectory.unit());
        return new ScanHeader(name, name, null, study, scanner, sequence, List.of(encoding), parameters);
    }
}
