package org.isocenter.recon.layout;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.isocenter.model.Encoding;
import org.isocenter.model.EncodingCounters;

/**
 * K-space positions from an array: one axis are the two or three directions, the others the samples and shots of the data, in
 * the same order as there. Complex ones without such an axis are kx + i ky, as is usual in MATLAB.
 */
final class ArrayTrajectory {
    /** Straighter than this, in parts of its length, is a spoke. */
    private static final double STRAIGHT = 1e-3;
    /** Positions along z below this part of the farthest are none. */
    private static final double FLAT = 1e-4;

    /** Points of a square over those of the disc in it: as many samples a disc needs for an image of so many columns and rows. */
    private static final double DISC = 4 / Math.PI;

    private final float[] positions;
    private final int dimensions;
    private final int samples;
    private final int lines;
    private final int[] matrix;
    private final String unit;

    private ArrayTrajectory(float[] positions, int dimensions, int samples, int lines, int[] matrix, String unit) {
        this.positions = positions;
        this.dimensions = dimensions;
        this.samples = samples;
        this.lines = lines;
        this.matrix = matrix;
        this.unit = unit;
    }

    /**
     * Whether positions go on smoothly along the first of the two axes that are no directions, rather than along the second: that
     * one are the samples of a readout.
     *
     * @param positions with one axis of directions at either end, or complex
     */
    static boolean runsAlongFirst(ComplexArray positions) {
        ComplexArray array = withDirections(positions.squeezed());
        int[] shape = array.shape();
        if (shape.length < 3) {
            return false;
        }
        int directions = isDirections(shape[shape.length - 1]) ? shape.length - 1 : 0;
        int first = directions == 0 ? 1 : 0;
        return roughness(array, directions, first, first + 1) < roughness(array, directions, first + 1, first);
    }

    /** The mean second difference along one axis, over another one and the directions. */
    private static double roughness(ComplexArray array, int directions, int along, int across) {
        int[] shape = array.shape();
        int[] strides = array.strides();
        float[] values = array.real();
        double sum = 0;
        int step = strides[along];
        for (int d = 0; d < shape[directions]; d++) {
            for (int c = 0; c < shape[across]; c++) {
                int start = d * strides[directions] + c * strides[across];
                for (int i = 1; i < shape[along] - 1; i++) {
                    int at = start + i * step;
                    sum += Math.abs(values[at + step] - 2.0 * values[at] + values[at - step]);
                }
            }
        }
        return sum / Math.max(1, shape[across] * (shape[along] - 2.0));
    }

    private static boolean isDirections(int extent) {
        return extent == 2 || extent == 3;
    }

    private static ComplexArray withDirections(ComplexArray array) {
        return array.isComplex() ? array.partsAsAxis() : array;
    }

    /**
     * @param variable its name in the file; null when there is no choice
     * @param data whose samples these are
     * @param told the image's matrix; empty when nobody said
     */
    static ArrayTrajectory read(Path path, String variable, Plane data, int[] told, List<String> notes)
            throws IOException {
        ArrayFile file = ArrayFile.need(path);
        ComplexArray array = file.read(variable);
        int samples = data.extent(Axis.X);
        int lines = data.extent(Axis.Y);
        int partitions = data.extent(Axis.Z);
        Plane plane = plane(file, array, data);
        int directions = plane.extent(Axis.DIRECTION);
        float[] positions = new float[directions * samples * lines * partitions];
        float[] real = new float[samples * directions];
        double[] farthest = new double[3];
        for (int line = 0; line < lines * partitions; line++) {
            EncodingCounters at = new EncodingCounters(line % lines, line / lines, 0, 0, 0, 0, 0, 0, 0);
            plane.directions(at, real);
            for (int i = 0; i < real.length; i++) {
                int direction = i / samples;
                if (!Float.isFinite(real[i])) {
                    throw new ArrayFormatException(path, "holds positions that are not a number or infinite");
                }
                farthest[direction] = Math.max(farthest[direction], Math.abs(real[i]));
                positions[(line * samples + i % samples) * directions + direction] = real[i];
            }
        }
        double edge = Arrays.stream(farthest).max().orElse(0);
        if (edge == 0) {
            throw new ArrayFormatException(path, "all positions are zero");
        }
        boolean volume = directions == 3 && farthest[2] > FLAT * edge;
        String unit = unit(file, edge, notes);
        int usual = isStraight(positions, samples, directions)
                ? samples
                : (int) Math.min(samples, Math.ceil(Math.sqrt(DISC * samples * (double) lines)));
        int[] matrix = matrix(told, usual, unit, farthest, volume, notes);
        return volume || directions == 2
                ? new ArrayTrajectory(positions, directions, samples, lines, matrix, unit)
                : new ArrayTrajectory(inPlane(positions), 2, samples, lines, matrix, unit);
    }

    private static Plane plane(ArrayFile file, ComplexArray array, Plane data) throws ArrayFormatException {
        ComplexArray squeezed =
                file.kind() == ArrayFile.Kind.BART ? array.squeezed() : withDirections(array.squeezed());
        int[] shape = squeezed.shape();
        List<Axis> order = data.order(List.of(Axis.X, Axis.Y, Axis.Z));
        int last = shape.length - 1;
        boolean first = file.kind() == ArrayFile.Kind.BART || last >= 0 && !isDirections(shape[last]);
        List<Axis> axes = new ArrayList<>(order);
        axes.add(first ? 0 : axes.size(), Axis.DIRECTION);
        boolean fits = shape.length == axes.size();
        for (int i = 0; fits && i < shape.length; i++) {
            fits = axes.get(i) == Axis.DIRECTION ? isDirections(shape[i]) : shape[i] == data.extent(axes.get(i));
        }
        if (!fits) {
            throw new ArrayFormatException(
                    file.path(),
                    "is " + array.shapeText() + ", and does not fit the data's "
                            + String.join(
                                    ", ",
                                    order.stream()
                                            .map(axis -> data.extent(axis) + " along " + axis)
                                            .toList())
                            + ": a trajectory has these axes in this order, and one of 2 or 3 directions "
                            + (file.kind() == ArrayFile.Kind.BART ? "before" : "before or after") + " them");
        }
        return new Plane(squeezed, new Layout(axes));
    }

    /** BART counts cycles per field of view; others are known by how far they go. */
    private static String unit(ArrayFile file, double edge, List<String> notes) {
        if (file.kind() == ArrayFile.Kind.BART) {
            return "cycles/fov";
        }
        String unit = edge <= 0.51 ? "cycles/pixel" : edge <= Math.PI + 0.01 ? "rad/pixel" : "cycles/fov";
        notes.add("the trajectory reaches " + (float) edge + ": its unit was taken to be " + unit);
        return unit;
    }

    private static int[] matrix(
            int[] told, int sampled, String unit, double[] farthest, boolean volume, List<String> notes) {
        int[] matrix = {1, 1, 1};
        for (int d = 0; d < (volume ? 3 : 2); d++) {
            // A spoke from -N/2 to N/2 - 1, or to N/2 - 1/2, is N wide.
            int reach = (int) Math.max(1, 2 * Math.ceil(Math.max(farthest[0], farthest[d]) - 1e-3));
            int usual = unit.equals("cycles/fov") ? Math.min(reach, 0xffff) : sampled;
            matrix[d] = told.length == 0 ? usual : told[Math.min(d, told.length - 1)];
        }
        if (told.length == 0) {
            notes.add("the image's matrix is not known: " + matrix[0] + "×" + matrix[1] + "×" + matrix[2] + " taken, "
                    + (unit.equals("cycles/fov") ? "as far as the trajectory reaches" : "as its samples can tell")
                    + "; give it by --matrix");
        }
        return matrix;
    }

    private static float[] inPlane(float[] positions) {
        float[] two = new float[positions.length / 3 * 2];
        for (int i = 0; i < two.length / 2; i++) {
            two[2 * i] = positions[3 * i];
            two[2 * i + 1] = positions[3 * i + 1];
        }
        return two;
    }

    int dimensions() {
        return dimensions;
    }

    /** Of the image: x, y, z. */
    int[] matrix() {
        return matrix;
    }

    /** As {@link org.isocenter.model.ScanHeader#TRAJECTORY_UNIT} has it. */
    String unit() {
        return unit;
    }

    /** Of one readout, the direction fastest. */
    float[] of(EncodingCounters counters) {
        int line = counters.step2() * lines + counters.step1();
        int length = samples * dimensions;
        return Arrays.copyOfRange(positions, line * length, (line + 1) * length);
    }

    /** Radial when all readouts are straight. */
    Encoding.Trajectory kind() {
        return isStraight(positions, samples, dimensions) ? Encoding.Trajectory.RADIAL : Encoding.Trajectory.OTHER;
    }

    private static boolean isStraight(float[] positions, int samples, int dimensions) {
        for (int from = 0; from < positions.length; from += samples * dimensions) {
            if (!isStraight(positions, samples, dimensions, from)) {
                return false;
            }
        }
        return true;
    }

    private static boolean isStraight(float[] positions, int samples, int dimensions, int from) {
        int end = from + (samples - 1) * dimensions;
        double square = 0;
        for (int d = 0; d < dimensions; d++) {
            square += Math.pow(positions[end + d] - positions[from + d], 2);
        }
        for (int s = 1; s < samples - 1; s++) {
            double along = 0;
            double distance = 0;
            for (int d = 0; d < dimensions; d++) {
                double way = positions[from + s * dimensions + d] - positions[from + d];
                along += way * (positions[end + d] - positions[from + d]);
                distance += way * way;
            }
            if (distance - along * along / square > STRAIGHT * STRAIGHT * square || square == 0) {
                return false;
            }
        }
        return true;
    }
}
