package org.isocenter.recon.parallel;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.isocenter.recon.array.ChannelGrid;

/**
 * The neighbours from which a row is made, and the normal equations that the calibration data give for their weights. Subsets
 * of the neighbours need but a part of the equations. Immutable.
 */
final class GrappaSources {
    /** Products of a system of equations; more calibration data than this cost more time than they help. */
    private static final double MOST_PRODUCTS = 1.5e8;
    /** Equations for one unknown: fewer fit the noise. */
    private static final int LEAST_EQUATIONS = 2;

    /** From a row to a neighbour. */
    record Offset(int y, int z) {}

    private final Grappa.Settings settings;
    private final List<Offset> offsets;
    private final int channels;
    /** Unknowns: offset, then channel, then neighbour along x. */
    private final HermitianMatrix normal;
    /** By unknown, then channel of the row to be made. */
    private final double[][] rightReal;

    private final double[][] rightImaginary;

    /**
     * The rows of a lattice nearest to one between them.
     *
     * @param twoAxes also in other planes
     */
    static List<Offset> nearest(Lattice lattice, int y, int z, int count, boolean twoAxes) {
        List<Offset> offsets = new ArrayList<>();
        int reachZ = twoAxes ? count * lattice.stepZ() : 0;
        int reachY = count * lattice.stepY();
        for (int dz = -reachZ; dz <= reachZ; dz++) {
            for (int dy = -reachY; dy <= reachY; dy++) {
                if (lattice.has(y + dy, z + dz)) {
                    offsets.add(new Offset(dy, dz));
                }
            }
        }
        offsets.sort(Comparator.comparingInt((Offset o) -> o.y * o.y + o.z * o.z)
                .thenComparingInt(Offset::z)
                .thenComparingInt(Offset::y));
        return List.copyOf(offsets.subList(0, Math.min(count, offsets.size())));
    }

    /** @throws IllegalArgumentException if the neighbours do not fit into the calibration data, or hardly */
    GrappaSources(ChannelGrid calibration, Grappa.Settings settings, List<Offset> offsets) {
        this.settings = settings;
        this.offsets = offsets;
        this.channels = calibration.channels();
        int unknowns = offsets.size() * channels * settings.widthX();
        int[] positions = positions(calibration, unknowns);
        double[][] real = new double[positions.length][unknowns];
        double[][] imaginary = new double[positions.length][unknowns];
        double[][] targetReal = new double[positions.length][channels];
        double[][] targetImaginary = new double[positions.length][channels];
        for (int i = 0; i < positions.length; i++) {
            copyNeighbours(calibration, positions[i], real[i], imaginary[i]);
            for (int channel = 0; channel < channels; channel++) {
                targetReal[i][channel] = calibration.real(channel)[positions[i]];
                targetImaginary[i][channel] = calibration.imaginary(channel)[positions[i]];
            }
        }
        normal = new HermitianMatrix(unknowns);
        rightReal = new double[unknowns][channels];
        rightImaginary = new double[unknowns][channels];
        IntStream.range(0, unknowns).parallel().forEach(row -> {
            for (int i = 0; i < positions.length; i++) {
                double r = real[i][row];
                double j = imaginary[i][row];
                addConjugateScaled(r, j, real[i], imaginary[i], normal.realRow(row), normal.imaginaryRow(row), row);
                addConjugateScaled(r, j, targetReal[i], targetImaginary[i], rightReal[row], rightImaginary[row], 0);
            }
        });
        normal.mirror();
    }

    /** {@code to += conj(r + ij) · values}. */
    private static void addConjugateScaled(
            double r, double j, double[] real, double[] imaginary, double[] toReal, double[] toImaginary, int from) {
        for (int k = from; k < toReal.length; k++) {
            toReal[k] += r * real[k] + j * imaginary[k];
        }
        for (int k = from; k < toReal.length; k++) {
            toImaginary[k] += r * imaginary[k] - j * real[k];
        }
    }

    /** Points of the calibration data all of whose neighbours are there too; evenly thinned out when they are very many. */
    private int[] positions(ChannelGrid calibration, int unknowns) {
        int lowY = Math.max(0, -offsets.stream().mapToInt(Offset::y).min().orElseThrow());
        int highY = Math.max(0, offsets.stream().mapToInt(Offset::y).max().orElseThrow());
        int lowZ = Math.max(0, -offsets.stream().mapToInt(Offset::z).min().orElseThrow());
        int highZ = Math.max(0, offsets.stream().mapToInt(Offset::z).max().orElseThrow());
        int reach = settings.widthX() / 2;
        int countX = calibration.sizeX() - 2 * reach;
        int countY = calibration.sizeY() - lowY - highY;
        int countZ = calibration.sizeZ() - lowZ - highZ;
        long all = countX <= 0 || countY <= 0 || countZ <= 0 ? 0 : (long) countX * countY * countZ;
        if (all < (long) LEAST_EQUATIONS * unknowns) {
            throw new IllegalArgumentException("calibration data of " + RowArithmetic.describe(calibration)
                    + " are too few for kernels over " + (lowY + highY + 1) + "×" + (lowZ + highZ + 1) + " rows and "
                    + settings.widthX() + " samples");
        }
        double wanted = Math.max(LEAST_EQUATIONS * unknowns, MOST_PRODUCTS / (0.5 * unknowns * unknowns));
        double stride = Math.max(1, all / wanted);
        int[] positions = new int[(int) (all / stride)];
        for (int i = 0; i < positions.length; i++) {
            long at = (long) (i * stride);
            int x = (int) (at % countX) + reach;
            int y = (int) (at / countX % countY) + lowY;
            int z = (int) (at / countX / countY) + lowZ;
            positions[i] = (z * calibration.sizeY() + y) * calibration.sizeX() + x;
        }
        return positions;
    }

    private void copyNeighbours(ChannelGrid calibration, int position, double[] real, double[] imaginary) {
        int reach = settings.widthX() / 2;
        int to = 0;
        for (Offset offset : offsets) {
            int row = position + (offset.z * calibration.sizeY() + offset.y) * calibration.sizeX();
            for (int channel = 0; channel < channels; channel++) {
                for (int dx = -reach; dx <= reach; dx++) {
                    real[to] = calibration.real(channel)[row + dx];
                    imaginary[to] = calibration.imaginary(channel)[row + dx];
                    to++;
                }
            }
        }
    }

    /**
     * What rows transformed along x are multiplied by: {@code [channel made][2 · number]} is the real part along x,
     * {@code 2 · number + 1} the imaginary one, where neighbours are numbered by offset and then channel.
     *
     * @param present numbers of the offsets to use
     */
    float[][][] factors(List<Integer> present, int sizeX) {
        int perOffset = channels * settings.widthX();
        int[] used = present.stream()
                .flatMapToInt(offset -> IntStream.range(offset * perOffset, (offset + 1) * perOffset))
                .toArray();
        double[][] solutionReal = new double[used.length][];
        double[][] solutionImaginary = new double[used.length][];
        solve(used, solutionReal, solutionImaginary);
        float[][] waveReal = new float[settings.widthX()][sizeX];
        float[][] waveImaginary = new float[settings.widthX()][sizeX];
        for (int tap = 0; tap < settings.widthX(); tap++) {
            for (int x = 0; x < sizeX; x++) {
                double phase = -2 * Math.PI * (tap - settings.widthX() / 2) * (x - sizeX / 2) / sizeX;
                waveReal[tap][x] = (float) Math.cos(phase);
                waveImaginary[tap][x] = (float) Math.sin(phase);
            }
        }
        int sources = present.size() * channels;
        float[][][] factors = new float[channels][2 * sources][sizeX];
        for (int channel = 0; channel < channels; channel++) {
            for (int unknown = 0; unknown < used.length; unknown++) {
                int source = unknown / settings.widthX();
                int tap = unknown % settings.widthX();
                RowArithmetic.addScaled(
                        (float) solutionReal[unknown][channel],
                        (float) solutionImaginary[unknown][channel],
                        waveReal[tap],
                        waveImaginary[tap],
                        factors[channel][2 * source],
                        factors[channel][2 * source + 1],
                        0,
                        sizeX);
            }
        }
        return factors;
    }

    private void solve(int[] used, double[][] solutionReal, double[][] solutionImaginary) {
        HermitianMatrix part = new HermitianMatrix(used.length);
        for (int row = 0; row < used.length; row++) {
            for (int column = row; column < used.length; column++) {
                part.set(row, column, normal.real(used[row], used[column]), normal.imaginary(used[row], used[column]));
            }
            solutionReal[row] = rightReal[used[row]].clone();
            solutionImaginary[row] = rightImaginary[used[row]].clone();
        }
        double mean = part.trace() / used.length;
        new Cholesky(part, Math.max(Double.MIN_NORMAL, settings.regularisation() * mean))
                .solve(solutionReal, solutionImaginary);
    }
}
