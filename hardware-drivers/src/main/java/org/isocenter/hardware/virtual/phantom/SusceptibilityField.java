package org.isocenter.hardware.virtual.phantom;

import java.util.Arrays;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.isocenter.model.Vec3;
import org.jtransforms.fft.FloatFFT_1D;

/**
 * The field of a volume of voxels that are magnetised each by its susceptibility, by convolution with a dipole: in k-space that is a
 * product with 1/3 - (k·b)²/k², Lorentz' sphere included (Salomir et al., Concepts Magn Reson 19B:26, 2003; Marques and Bowtell,
 * Concepts Magn Reson 25B:65, 2005). First order in the susceptibility. The volume is padded by its middle extent along all axes,
 * so that its periodic images are far away, by less only where that would make more than {@value #MOST_PADDED} cells; of more than
 * {@value #MOST_CELLS} voxels along an axis two or more are taken together in a cell.
 */
final class SusceptibilityField implements FieldShift {
    private static final int MOST_CELLS = 128;
    private static final long MOST_PADDED = 1L << 24;

    private final int[] cells = new int[3];
    private final int[] padded = new int[3];
    /** From a place to cells, a row of four each; a cell's middle is a whole number. */
    private final double[][] toCell = new double[3][4];
    /** ppm in each cell, i fastest. */
    private final float[] shift;

    private final double largest;

    /**
     * @param size voxels along i, j, k
     * @param ppm what each is magnetisable by more than what is around the volume, SI, i fastest
     * @param toVoxel from a place in metres to voxels, a row of four for each of i, j, k; a voxel's middle is a whole number
     * @param field direction of the main field, a unit vector
     * @param stopped when true the work is given up, and the field is not to be used
     */
    SusceptibilityField(int[] size, float[] ppm, double[][] toVoxel, Vec3 field, BooleanSupplier stopped) {
        int[] together = new int[3];
        for (int axis = 0; axis < 3; axis++) {
            together[axis] = (size[axis] + MOST_CELLS - 1) / MOST_CELLS;
            cells[axis] = (size[axis] + together[axis] - 1) / together[axis];
            for (int column = 0; column < 4; column++) {
                double voxel = toVoxel[axis][column] - (column == 3 ? 0.5 * (together[axis] - 1) : 0);
                toCell[axis][column] = voxel / together[axis];
            }
        }
        pad();
        double mean = meanFactor(field);
        float[] grid = new float[2 * padded[0] * padded[1] * padded[2]];
        float share = 1f / (together[0] * together[1] * together[2]);
        for (int voxel = 0; voxel < ppm.length; voxel++) {
            int i = voxel % size[0] / together[0];
            int j = voxel / size[0] % size[1] / together[1];
            int k = voxel / size[0] / size[1] / together[2];
            grid[2 * index(i, j, k)] += share * ppm[voxel];
        }
        convolve(grid, field, mean, stopped);
        shift = new float[cells[0] * cells[1] * cells[2]];
        double most = 0;
        for (int cell = 0; cell < shift.length; cell++) {
            shift[cell] = grid[2 * index(cell % cells[0], cell / cells[0] % cells[1], cell / cells[0] / cells[1])];
            most = Math.max(most, Math.abs(shift[cell]));
        }
        largest = most;
    }

    private int index(int i, int j, int k) {
        return i + padded[0] * (j + padded[1] * k);
    }

    private void pad() {
        double[] cellMeters = new double[3];
        double[] extents = new double[3];
        for (int axis = 0; axis < 3; axis++) {
            // The distance of the planes on which the cells of this axis lie.
            double[] row = toCell[axis];
            cellMeters[axis] = 1 / new Vec3(row[0], row[1], row[2]).norm();
            extents[axis] = cells[axis] * cellMeters[axis];
        }
        Arrays.sort(extents);
        for (double gap = extents[1]; ; gap *= 0.75) {
            long all = 1;
            for (int axis = 0; axis < 3; axis++) {
                padded[axis] = quickLength(cells[axis] + (int) Math.ceil(gap / cellMeters[axis]));
                all *= padded[axis];
            }
            if (all <= MOST_PADDED) {
                return;
            }
        }
    }

    /**
     * What takes the place of the convolution's factor at k = 0, so that the images of the padded volume, taken together as a medium of
     * its mean susceptibility, have no field in it: 1/3 less the padded volume's demagnetising factor along the field. The factors of its
     * axes are as their inverse lengths, which holds for cubes, rods and plates.
     */
    private double meanFactor(Vec3 field) {
        double along = 0;
        double sum = 0;
        for (int axis = 0; axis < 3; axis++) {
            Vec3 row = new Vec3(toCell[axis][0], toCell[axis][1], toCell[axis][2]);
            double perMeter = row.norm() / padded[axis];
            double cosine = field.dot(row) / row.norm();
            along += perMeter * cosine * cosine;
            sum += perMeter;
        }
        return 1 / 3.0 - along / sum;
    }

    /** The next product of 2, 3 and 5. */
    private static int quickLength(int least) {
        for (int length = Math.max(2, least); ; length++) {
            int rest = length;
            for (int factor : new int[] {2, 3, 5}) {
                while (rest % factor == 0) {
                    rest /= factor;
                }
            }
            if (rest == 1) {
                return length;
            }
        }
    }

    private void convolve(float[] grid, Vec3 field, double mean, BooleanSupplier stopped) {
        // Lines that hold nothing yet, and lines of which nothing is wanted any more, are left out.
        lines(grid, 0, cells[1], cells[2], false, stopped);
        lines(grid, 1, padded[0], cells[2], false, stopped);
        lines(grid, 2, padded[0], padded[1], false, stopped);
        IntStream.range(0, padded[2]).parallel().forEach(k -> {
            if (!stopped.getAsBoolean()) {
                multiply(grid, k, field, mean);
            }
        });
        lines(grid, 2, padded[0], padded[1], true, stopped);
        lines(grid, 1, padded[0], cells[2], true, stopped);
        lines(grid, 0, cells[1], cells[2], true, stopped);
    }

    /** Transforms lines along an axis: as many as are said of the first and of the second of the other two axes. */
    private void lines(float[] grid, int axis, int first, int second, boolean back, BooleanSupplier stopped) {
        int length = padded[axis];
        int stride = axis == 0 ? 1 : axis == 1 ? padded[0] : padded[0] * padded[1];
        int firstStride = axis == 0 ? padded[0] : 1;
        int secondStride = axis == 2 ? padded[0] : padded[0] * padded[1];
        FloatFFT_1D transform = new FloatFFT_1D(length);
        IntStream.range(0, second).parallel().forEach(b -> {
            float[] line = new float[2 * length];
            for (int a = 0; a < first && !stopped.getAsBoolean(); a++) {
                int start = a * firstStride + b * secondStride;
                for (int i = 0; i < length; i++) {
                    line[2 * i] = grid[2 * (start + i * stride)];
                    line[2 * i + 1] = grid[2 * (start + i * stride) + 1];
                }
                if (back) {
                    transform.complexInverse(line, true);
                } else {
                    transform.complexForward(line);
                }
                for (int i = 0; i < length; i++) {
                    grid[2 * (start + i * stride)] = line[2 * i];
                    grid[2 * (start + i * stride) + 1] = line[2 * i + 1];
                }
            }
        });
    }

    private void multiply(float[] grid, int k, Vec3 field, double mean) {
        for (int j = 0; j < padded[1]; j++) {
            for (int i = 0; i < padded[0]; i++) {
                double[] perCell = {cycles(i, 0), cycles(j, 1), cycles(k, 2)};
                double x = perMeter(perCell, 0);
                double y = perMeter(perCell, 1);
                double z = perMeter(perCell, 2);
                double square = x * x + y * y + z * z;
                double along = field.x() * x + field.y() * y + field.z() * z;
                double dipole = square == 0 ? mean : 1 / 3.0 - along * along / square;
                // Voxels with sharp edges would ring.
                float factor = (float) (dipole * sinc(perCell[0]) * sinc(perCell[1]) * sinc(perCell[2]));
                int at = 2 * index(i, j, k);
                grid[at] *= factor;
                grid[at + 1] *= factor;
            }
        }
    }

    /** The mean of a wave over a cell. */
    private static double sinc(double cycles) {
        double x = Math.PI * cycles;
        return x == 0 ? 1 : Math.sin(x) / x;
    }

    private double cycles(int i, int axis) {
        return (double) (2 * i <= padded[axis] ? i : i - padded[axis]) / padded[axis];
    }

    private double perMeter(double[] perCell, int column) {
        return perCell[0] * toCell[0][column] + perCell[1] * toCell[1][column] + perCell[2] * toCell[2][column];
    }

    @Override
    public double largestPpm() {
        return largest;
    }

    /** Straight between the middles of the cells, and as at its edge beyond the volume. */
    @Override
    public double ppmAt(double x, double y, double z) {
        int[] low = new int[3];
        double[] share = new double[3];
        for (int axis = 0; axis < 3; axis++) {
            double[] row = toCell[axis];
            double place = row[0] * x + row[1] * y + row[2] * z + row[3];
            double inside = Math.max(0, Math.min(cells[axis] - 1, place));
            low[axis] = Math.max(0, Math.min(cells[axis] - 2, (int) inside));
            share[axis] = inside - low[axis];
        }
        double sum = 0;
        for (int corner = 0; corner < 8; corner++) {
            double weight = 1;
            int cell = 0;
            for (int axis = 2; axis >= 0; axis--) {
                int up = corner >> axis & 1;
                weight *= up == 1 ? share[axis] : 1 - share[axis];
                cell = cell * cells[axis] + Math.min(cells[axis] - 1, low[axis] + up);
            }
            sum += weight * shift[cell];
        }
        return sum;
    }
}
