package org.isocenter.hardware.virtual.phantom.file;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.isocenter.hardware.virtual.phantom.Motion;
import org.isocenter.hardware.virtual.phantom.action.Action;
import org.isocenter.hardware.virtual.phantom.action.MotionList;
import org.isocenter.hardware.virtual.phantom.action.NodeCurve;
import org.isocenter.hardware.virtual.phantom.action.Path;
import org.isocenter.hardware.virtual.phantom.action.SpinSpan;
import org.isocenter.model.Vec3;

/**
 * The group {@code /motion} of KomaMRI's files: in each of its groups {@code action}, {@code time} and {@code spins}, whose
 * attribute {@code type} says of what kind they are (KomaMRI 0.9 to 0.13, {@code KomaMRIBase/src/motion}). Angles are in degrees,
 * lengths in metres, times in seconds from the start of the run, spins count from 1. Curves are those of today ({@code
 * TimeCurve}) and of the first files ({@code TimeRange}, {@code Periodic}).
 *
 * <p>The centre of mass about which spins turn, and the largest radius of a heart, are those of the spins' listed places.
 */
final class KomaMotions {
    private static final int MOST_MOTIONS = 1000;
    private static final long MOST_VALUES = 32L << 20;
    private static final int MOST_NODES = 1 << 20;
    private static final double MOST_METERS = 2;
    private static final double MOST_DEGREES = 36_000;
    private static final double MOST_STRAIN = 10;
    private static final Pattern RANGE = Pattern.compile("(\\d{1,9}):(?:(\\d{1,9}):)?(\\d{1,9})");
    private static final Pattern CENTER = Pattern.compile("\\(([^,]+),([^,]+),([^,]+)\\)");

    private final java.nio.file.Path path;
    private final HdfNumbers file;
    private final double[][] places;
    private long values;

    private KomaMotions(java.nio.file.Path path, HdfNumbers file, double[][] places) {
        this.path = path;
        this.file = file;
        this.places = places;
    }

    /**
     * @param places of the spins, by axes
     * @return null when nothing moves
     */
    static Motion read(java.nio.file.Path path, HdfNumbers file, double[][] places) throws PhantomFileException {
        return new KomaMotions(path, file, places).list();
    }

    private Motion list() throws PhantomFileException {
        List<String> names = file.children("motion");
        if (names.size() > MOST_MOTIONS) {
            throw new PhantomFileException(
                    path, "/motion has " + names.size() + " motions: " + MOST_MOTIONS + " are followed at most");
        }
        List<MotionList.Part> parts = new ArrayList<>();
        for (String name : names) {
            parts.add(part("motion/" + name));
        }
        double[] half = new double[3];
        for (int axis = 0; axis < 3; axis++) {
            for (double place : places[axis]) {
                half[axis] = Math.max(half[axis], Math.abs(place));
            }
        }
        return parts.isEmpty() ? null : new MotionList(parts, new Vec3(half[0], half[1], half[2]));
    }

    private MotionList.Part part(String group) throws PhantomFileException {
        try {
            SpinSpan spins = spins(group + "/spins");
            NodeCurve curve = curve(group + "/time");
            return new MotionList.Part(action(group + "/action", spins), curve, spins);
        } catch (IllegalArgumentException e) {
            throw new PhantomFileException(path, "/" + group + ": " + e.getMessage(), e);
        }
    }

    private SpinSpan spins(String group) throws PhantomFileException {
        int all = places[0].length;
        String type = type(group);
        SpinSpan span = switch (type) {
            case "AllSpins" -> new SpinSpan.Range(0, 1, all);
            case "SpinRange" -> range(group);
            default -> throw unknown(group, type, "AllSpins, SpinRange");
        };
        if (span.count() > all || span.spin(span.count() - 1) >= all) {
            throw new PhantomFileException(
                    path, "/" + group + " goes beyond the " + all + " spins that /position lists");
        }
        return span;
    }

    private SpinSpan range(String group) throws PhantomFileException {
        Object text = file.single(group, "range").orElse(null);
        if (text instanceof String range) {
            Matcher parts = RANGE.matcher(range.strip());
            if (parts.matches()) {
                int first = Integer.parseInt(parts.group(1));
                int step = parts.group(2) == null ? 1 : Integer.parseInt(parts.group(2));
                int last = Integer.parseInt(parts.group(3));
                return new SpinSpan.Range(first - 1, step, step == 0 || last < first ? 0 : (last - first) / step + 1);
            }
            throw new PhantomFileException(
                    path, "/" + group + ": range '" + range + "' is not understood: 1:10 or 1:2:9 was expected");
        }
        double[] indices = numbers(group + "/range", places[0].length);
        int[] spins = new int[indices.length];
        for (int i = 0; i < spins.length; i++) {
            spins[i] = (int) indices[i] - 1;
        }
        return new SpinSpan.Listed(spins);
    }

    private NodeCurve curve(String group) throws PhantomFileException {
        String type = type(group);
        switch (type) {
            case "TimeRange" -> {
                double[] ends = {number(group, "t_start"), number(group, "t_end")};
                return new NodeCurve(ends, new double[] {0, 1}, false);
            }
            case "Periodic" -> {
                double period = number(group, "period");
                double asymmetry = number(group, "asymmetry");
                double[] times = {0, period * asymmetry, period};
                return new NodeCurve(times, new double[] {0, 1, 0}, true);
            }
            case "TimeCurve" -> {
                double[] t = numbers(group + "/t", MOST_NODES);
                double[] share = numbers(group + "/t_unit", MOST_NODES);
                double[] scale = file.single(group, "periods").isPresent()
                        ? new double[] {number(group, "periods")}
                        : numbers(group + "/periods", MOST_NODES);
                return repeated(group, t, share, scale, flag(group, "periodic"));
            }
            default -> throw unknown(group, type, "TimeCurve, TimeRange, Periodic");
        }
    }

    /** The curve as often as there are scales of its length, one after the other. */
    private NodeCurve repeated(String group, double[] t, double[] share, double[] scale, boolean periodic)
            throws PhantomFileException {
        if (t.length == 0 || t.length != share.length || (long) t.length * scale.length > MOST_NODES) {
            throw new PhantomFileException(
                    path,
                    "/" + group + " has " + t.length + " times, " + share.length + " values and " + scale.length
                            + " periods: as many times as values were expected, and " + MOST_NODES
                            + " nodes at most over all periods");
        }
        double[] times = new double[t.length * scale.length];
        double[] values = new double[times.length];
        double start = t[0];
        for (int period = 0; period < scale.length; period++) {
            for (int i = 0; i < t.length; i++) {
                times[period * t.length + i] = start + scale[period] * (t[i] - t[0]);
                values[period * t.length + i] = share[i];
            }
            start += scale[period] * (t[t.length - 1] - t[0]);
        }
        return new NodeCurve(times, values, periodic);
    }

    private Action action(String group, SpinSpan spins) throws PhantomFileException {
        String type = type(group);
        return switch (type) {
            case "Translate" ->
                new Action.Translate(new Vec3(
                        within(group, "dx", MOST_METERS),
                        within(group, "dy", MOST_METERS),
                        within(group, "dz", MOST_METERS)));
            case "Rotate" -> {
                Vec3 degrees = new Vec3(
                        within(group, "pitch", MOST_DEGREES),
                        within(group, "roll", MOST_DEGREES),
                        within(group, "yaw", MOST_DEGREES));
                yield new Action.Rotate(degrees.scaled(Math.PI / 180), center(group, spins));
            }
            case "HeartBeat" ->
                new Action.HeartBeat(
                        within(group, "circumferential_strain", MOST_STRAIN),
                        within(group, "radial_strain", MOST_STRAIN),
                        within(group, "longitudinal_strain", MOST_STRAIN),
                        largestRadius(spins));
            case "Path" -> way(group, spins, false);
            case "FlowPath" -> way(group, spins, true);
            default -> throw unknown(group, type, "Translate, Rotate, HeartBeat, Path, FlowPath");
        };
    }

    /** As KomaMRI's first files did not name one, they turn about the isocentre. */
    private Vec3 center(String group, SpinSpan spins) throws PhantomFileException {
        Object center = file.single(group, "center").orElse("(0,0,0)");
        if (center.equals("CenterOfMass")) {
            double[] mean = new double[3];
            for (int row = 0; row < spins.count(); row++) {
                for (int axis = 0; axis < 3; axis++) {
                    mean[axis] += places[axis][spins.spin(row)] / spins.count();
                }
            }
            return new Vec3(mean[0], mean[1], mean[2]);
        }
        Matcher parts = CENTER.matcher(center.toString().strip());
        double[] xyz = new double[3];
        boolean known = parts.matches();
        for (int axis = 0; known && axis < 3; axis++) {
            try {
                // A single-precision number of Julia is written 1.0f-3.
                xyz[axis] = Double.parseDouble(parts.group(axis + 1).strip().replace('f', 'e'));
            } catch (NumberFormatException e) {
                known = false;
            }
            known &= Math.abs(xyz[axis]) <= MOST_METERS;
        }
        if (!known) {
            throw new PhantomFileException(
                    path,
                    "/" + group + ": center '" + center
                            + "' is not understood: CenterOfMass or (x, y, z) in metres, 2 at most, was expected");
        }
        return new Vec3(xyz[0], xyz[1], xyz[2]);
    }

    private double largestRadius(SpinSpan spins) {
        double largest = 0;
        for (int row = 0; row < spins.count(); row++) {
            int spin = spins.spin(row);
            largest = Math.max(largest, Math.hypot(places[0][spin], places[1][spin]));
        }
        return largest;
    }

    /** Matrices of spins by nodes, whose columns Julia writes one after the other. */
    private Path way(String group, SpinSpan spins, boolean flows) throws PhantomFileException {
        int nodes = 0;
        float[][] meters = new float[3][];
        boolean[] fresh = null;
        for (String name : flows ? List.of("dx", "dy", "dz", "spin_reset") : List.of("dx", "dy", "dz")) {
            int[] dimensions = file.dimensions(group + "/" + name);
            boolean fits = dimensions.length == 2
                    && dimensions[0] > 0
                    && dimensions[1] == spins.count()
                    && (nodes == 0 || nodes == dimensions[0]);
            if (!fits) {
                throw new PhantomFileException(
                        path,
                        "dataset /" + group + "/" + name + " is no matrix of " + spins.count()
                                + " spins by as many nodes as the others have");
            }
            nodes = dimensions[0];
            values += (long) dimensions[0] * dimensions[1];
            if (values > MOST_VALUES) {
                throw new PhantomFileException(
                        path, "/motion lists more than the " + MOST_VALUES + " displacements that are followed");
            }
            double[] read = file.read(group + "/" + name).values();
            if (name.equals("spin_reset")) {
                fresh = new boolean[read.length];
                for (int i = 0; i < read.length; i++) {
                    fresh[i] = read[i] != 0;
                }
            } else {
                meters[name.charAt(1) - 'x'] = displacements(group + "/" + name, read, spins.count());
            }
        }
        return new Path(spins.count(), nodes, meters, fresh);
    }

    private float[] displacements(String name, double[] read, int rows) throws PhantomFileException {
        float[] meters = new float[read.length];
        for (int i = 0; i < meters.length; i++) {
            if (!(Math.abs(read[i]) <= MOST_METERS)) {
                throw new PhantomFileException(
                        path,
                        "dataset /" + name + ", row " + (i % rows + 1) + ", node " + (i / rows + 1) + " is " + read[i]
                                + " m: it must be from -2 to 2");
            }
            meters[i] = (float) read[i];
        }
        return meters;
    }

    private String type(String group) throws PhantomFileException {
        Optional<Object> type = file.single(group, "type");
        if (!(type.orElse(null) instanceof String text)) {
            throw new PhantomFileException(path, "/" + group + " has no attribute 'type' that says of what kind it is");
        }
        return text;
    }

    private double[] numbers(String name, int most) throws PhantomFileException {
        int[] dimensions = file.dimensions(name);
        if (dimensions.length != 1 || dimensions[0] < 1 || dimensions[0] > most) {
            throw new PhantomFileException(path, "dataset /" + name + " is no list of 1 to " + most + " numbers");
        }
        return file.read(name).values();
    }

    private double number(String group, String name) throws PhantomFileException {
        if (!(file.single(group, name).orElse(null) instanceof Number number)) {
            throw new PhantomFileException(path, "/" + group + " has no number '" + name + "'");
        }
        return number.doubleValue();
    }

    private double within(String group, String name, double most) throws PhantomFileException {
        double value = number(group, name);
        if (!(Math.abs(value) <= most)) {
            throw new PhantomFileException(
                    path, "/" + group + ": " + name + " is " + value + ": it must be from " + -most + " to " + most);
        }
        return value;
    }

    private boolean flag(String group, String name) throws PhantomFileException {
        Object flag = file.single(group, name).orElse(false);
        return flag.equals(true) || flag.equals("true") || flag instanceof Number number && number.doubleValue() != 0;
    }

    private PhantomFileException unknown(String group, String type, String known) {
        return new PhantomFileException(
                path,
                "/" + group + " is of type '" + type + "', which cannot be played; known are " + known
                        + ": take this motion out of the file, then its spins rest");
    }
}
