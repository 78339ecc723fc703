package org.isocenter.recon.parallel;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.ToIntFunction;
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

    /** Of the diagonal: without noise, neighbours depend on one another. */
    private static final double LEAST_RIDGE = 1e-7;

    /** From a row to a neighbour. */
    record Offset(int y, int z) {}

    private final Grappa.Settings settings;
    private final List<Offset> offsets;
    private final int channels;
    /** How much of the calibration data the equations sum up. */
    private final double shareUsed;
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

    /** Whether the calibration data hold enough points with all of their neighbours. */
    static boolean fit(ChannelGrid calibration, Grappa.Settings settings, List<Offset> offsets) {
        int unknowns = offsets.size() * calibration.channels() * settings.widthX();
        return new Block(calibration, settings, offsets).points() >= (long) LEAST_EQUATIONS * unknowns;
    }

    /** For neighbours that {@link #fit}. */
    GrappaSources(ChannelGrid calibration, Grappa.Settings settings, List<Offset> offsets) {
        this.settings = settings;
        this.offsets = offsets;
        this.channels = calibration.channels();
        int unknowns = offsets.size() * channels * settings.widthX();
        int[] positions = positions(calibration, unknowns);
        shareUsed = positions.length / (double) new Block(calibration, settings, offsets).points();
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
        Block block = new Block(calibration, settings, offsets);
        double wanted = Math.max(LEAST_EQUATIONS * unknowns, MOST_PRODUCTS / (0.5 * unknowns * unknowns));
        double stride = Math.max(1, block.points() / wanted);
        int[] positions = new int[(int) (block.points() / stride)];
        for (int i = 0; i < positions.length; i++) {
            positions[i] = block.point((long) (i * stride));
        }
        return positions;
    }

    /** Those points: a block. */
    private static final class Block {
        private final ChannelGrid calibration;
        private final int firstX;
        private final int firstY;
        private final int firstZ;
        private final int countX;
        private final int countY;
        private final int countZ;

        Block(ChannelGrid calibration, Grappa.Settings settings, List<Offset> offsets) {
            this.calibration = calibration;
            firstX = settings.widthX() / 2;
            firstY = before(offsets, Offset::y);
            firstZ = before(offsets, Offset::z);
            countX = Math.max(0, calibration.sizeX() - 2 * firstX);
            countY = Math.max(0, calibration.sizeY() - firstY - before(offsets, offset -> -offset.y));
            countZ = Math.max(0, calibration.sizeZ() - firstZ - before(offsets, offset -> -offset.z));
        }

        private static int before(List<Offset> offsets, ToIntFunction<Offset> along) {
            return Math.max(0, -offsets.stream().mapToInt(along).min().orElse(0));
        }

        long points() {
            return (long) countX * countY * countZ;
        }

        int point(long number) {
            int x = (int) (number % countX) + firstX;
            int y = (int) (number / countX % countY) + firstY;
            int z = (int) (number / countX / countY) + firstZ;
            return (z * calibration.sizeY() + y) * calibration.sizeX() + x;
        }
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
     * @param ridge is added to the diagonal of the equations: the energy of noise that weights of size 1 bring
     */
    float[][][] factors(List<Integer> present, double ridge, int sizeX) {
        int perOffset = channels * settings.widthX();
        int[] used = present.stream()
                .flatMapToInt(offset -> IntStream.range(offset * perOffset, (offset + 1) * perOffset))
                .toArray();
        double[][] solutionReal = new double[used.length][];
        double[][] solutionImaginary = new double[used.length][];
        solve(used, ridge, solutionReal, solutionImaginary);
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

    private void solve(int[] used, double ridge, double[][] solutionReal, double[][] solutionImaginary) {
        HermitianMatrix part = new HermitianMatrix(used.length);
        for (int row = 0; row < used.length; row++) {
            for (int column = row; column < used.length; column++) {
                part.set(row, column, normal.real(used[row], used[column]), normal.imaginary(used[row], used[column]));
            }
            solutionReal[row] = rightReal[used[row]].clone();
            solutionImaginary[row] = rightImaginary[used[row]].clone();
        }
        double least = LEAST_RIDGE * part.trace() / used.length;
        new Cholesky(part, Math.max(Double.MIN_NORMAL, Math.max(least, shareUsed * ridge)))
                .solve(solutionReal, solutionImaginary);
    }
}
