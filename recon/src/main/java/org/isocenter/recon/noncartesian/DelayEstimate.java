package org.isocenter.recon.noncartesian;

import java.util.ArrayList;
import java.util.List;

/**
 * How far gradient delays shift whole spokes in the plane, from the spokes themselves: where two cross, and where two run
 * against each other, they must have measured the same (RING: Rosenzweig, Holme and Uecker, Magn Reson Med 81:1898, 2019; Block and
 * Uecker, Proc ISMRM 2011, 2816). A spoke along the unit vector n is shifted by S·n, with a symmetric S. It is found by least
 * squares over all such pairs at once. One thread.
 */
final class DelayEstimate {
    /** Rounds of Gauss and Newton; each is exact to a few hundredths of what is left. */
    private static final int ROUNDS = 10;

    private static final double STEP = 0.05;
    private static final double CONVERGED = 1e-4;
    /** Each spoke is compared with so many others that cross it. */
    private static final int CROSSINGS = 8;
    /** Samples to either side of the centre where spokes that run against each other are compared. */
    private static final int ALONG = 3;
    /** cos of the angles between which spokes cross well, and beyond which they run against each other. */
    private static final double CROSS = 0.8;

    private static final double AGAINST = -0.9995;
    /** Points of the interpolating polynomial. */
    private static final int POINTS = 6;

    /**
     * One spoke.
     *
     * @param x of its direction, a unit vector
     * @param center sample number of k = 0, not a whole number
     * @param real {@code [channel * samples + sample]}
     */
    record Spoke(double x, double y, double center, int samples, float[] real, float[] imaginary) {}

    private record Pair(Spoke first, Spoke second, boolean against) {}

    private DelayEstimate() {}

    /** The shift's matrix in samples: xx, yy, xy; null when there are no pairs to compare, or they do not tell. */
    static double[] of(List<Spoke> spokes) {
        List<Pair> pairs = pairs(spokes);
        double[] shift = new double[3];
        for (int round = 0; round < ROUNDS; round++) {
            double[] by = improvement(pairs, shift);
            if (by == null) {
                return null;
            }
            double size = 0;
            for (int p = 0; p < 3; p++) {
                shift[p] += by[p];
                size = Math.max(size, Math.abs(by[p]));
            }
            if (size < CONVERGED) {
                return shift;
            }
        }
        return null;
    }

    private static List<Pair> pairs(List<Spoke> spokes) {
        List<Pair> pairs = new ArrayList<>();
        for (int i = 0; i < spokes.size(); i++) {
            int crossing = 0;
            for (int k = 1; k < spokes.size(); k++) {
                Spoke first = spokes.get(i);
                Spoke second = spokes.get((i + k) % spokes.size());
                double cosine = first.x * second.x + first.y * second.y;
                boolean cross = Math.abs(cosine) < CROSS && crossing < CROSSINGS;
                crossing += cross ? 1 : 0;
                if (cross || cosine < AGAINST) {
                    pairs.add(new Pair(first, second, !cross));
                }
            }
        }
        return pairs;
    }

    /** One step of Gauss and Newton. */
    private static double[] improvement(List<Pair> pairs, double[] shift) {
        double[][] matrix = new double[3][4];
        double[][] moved = new double[3][];
        for (Pair pair : pairs) {
            double[] now = residual(pair, shift);
            for (int p = 0; p < 3; p++) {
                double[] other = shift.clone();
                other[p] += STEP;
                moved[p] = residual(pair, other);
                for (int i = 0; i < now.length; i++) {
                    moved[p][i] = (moved[p][i] - now[i]) / STEP;
                }
            }
            for (int p = 0; p < 3; p++) {
                for (int i = 0; i < now.length; i++) {
                    for (int q = 0; q < 3; q++) {
                        matrix[p][q] += moved[p][i] * moved[q][i];
                    }
                    matrix[p][3] -= moved[p][i] * now[i];
                }
            }
        }
        return solved(matrix);
    }

    /** What the two spokes measured differently at the same places. */
    private static double[] residual(Pair pair, double[] s) {
        Spoke a = pair.first;
        Spoke b = pair.second;
        int channels = a.real.length / a.samples;
        if (pair.against) {
            double along = a.x * a.x * s[0] + a.y * a.y * s[1] + 2 * a.x * a.y * s[2];
            double[] all = new double[2 * channels * (2 * ALONG + 1)];
            for (int i = -ALONG; i <= ALONG; i++) {
                difference(a, i, b, -i - 2 * along, all, 2 * channels * (i + ALONG));
            }
            return all;
        }
        // a·n - b·m = S·(m - n)
        double dx = b.x - a.x;
        double dy = b.y - a.y;
        double rightX = s[0] * dx + s[2] * dy;
        double rightY = s[2] * dx + s[1] * dy;
        double determinant = -a.x * b.y + b.x * a.y;
        double atA = (-rightX * b.y + b.x * rightY) / determinant;
        double atB = (a.x * rightY - a.y * rightX) / determinant;
        double[] all = new double[2 * channels];
        difference(a, atA, b, atB, all, 0);
        return all;
    }

    private static void difference(Spoke a, double atA, Spoke b, double atB, double[] to, int offset) {
        int channels = a.real.length / a.samples;
        for (int channel = 0; channel < channels; channel++) {
            int at = offset + 2 * channel;
            to[at] = value(a, a.real, channel, atA) - value(b, b.real, channel, atB);
            to[at + 1] = value(a, a.imaginary, channel, atA) - value(b, b.imaginary, channel, atB);
        }
    }

    /** By the polynomial through the nearest points (Lagrange). */
    private static double value(Spoke spoke, float[] values, int channel, double fromCenter) {
        double position = spoke.center + fromCenter;
        int first = (int) Math.floor(position) - POINTS / 2 + 1;
        first = Math.max(0, Math.min(spoke.samples - POINTS, first));
        double sum = 0;
        for (int i = 0; i < POINTS; i++) {
            double weight = 1;
            for (int j = 0; j < POINTS; j++) {
                weight *= i == j ? 1 : (position - first - j) / (i - j);
            }
            sum += weight * values[channel * spoke.samples + first + i];
        }
        return sum;
    }

    /** Gauss's elimination; null when there is no single solution. */
    private static double[] solved(double[][] m) {
        for (int p = 0; p < 3; p++) {
            int best = p;
            for (int row = p + 1; row < 3; row++) {
                best = Math.abs(m[row][p]) > Math.abs(m[best][p]) ? row : best;
            }
            double[] swapped = m[p];
            m[p] = m[best];
            m[best] = swapped;
            if (!(Math.abs(m[p][p]) > 0)) {
                return null;
            }
            for (int row = 0; row < 3; row++) {
                double factor = row == p ? 0 : m[row][p] / m[p][p];
                for (int column = p; column < 4; column++) {
                    m[row][column] -= factor * m[p][column];
                }
            }
        }
        return new double[] {m[0][3] / m[0][0], m[1][3] / m[1][1], m[2][3] / m[2][2]};
    }
}
