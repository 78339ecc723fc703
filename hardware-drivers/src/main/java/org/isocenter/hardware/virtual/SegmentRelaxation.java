package org.isocenter.hardware.virtual;

import java.util.Arrays;
import org.isocenter.hardware.virtual.phantom.Material;

/**
 * Relaxation during a segment of a pulse, in the frame that turns with the spin: M' = -M/T2 - κ·n·(n·M) + n/T1, κ = 1/T1 - 1/T2,
 * n(t) the direction into which the z axis has come. Magnus' series to its second term, of the fourth order in the segment's
 * length: the commutator is taken from the integrals over the two halves (4/3 of their own is exact for whatever changes
 * linearly). Scratch space inside: one thread.
 */
final class SegmentRelaxation {
    private static final double SMALLEST_TERM = 1e-10;

    private final double halfSeconds;
    private final double rate1;
    private final double rate2;
    private final int terms;
    // Generators of the two halves, and of the whole: 3×3 by rows, then the constant part.
    private final double[] a = new double[12];
    private final double[] b = new double[12];
    private final double[] g = new double[12];
    private final double[] e = new double[12];
    private final double[] next = new double[12];

    SegmentRelaxation(double halfSeconds, Material material) {
        this.halfSeconds = halfSeconds;
        rate1 = 1 / material.t1Seconds();
        rate2 = 1 / material.t2Seconds();
        double norm = 2 * halfSeconds * Math.max(rate1, rate2);
        double term = norm;
        int count = 1;
        while (term > SMALLEST_TERM) {
            count++;
            term *= norm / count;
        }
        terms = count;
    }

    /** Puts the segment's relaxation of spin {@code i} after what the map m does. */
    void apply(double[][] firstHalf, double[][] secondHalf, int i, double[] m) {
        generator(firstHalf, i, a);
        generator(secondHalf, i, b);
        for (int row = 0; row < 9; row += 3) {
            for (int column = 0; column < 3; column++) {
                double ba = b[row] * a[column] + b[row + 1] * a[3 + column] + b[row + 2] * a[6 + column];
                double ab = a[row] * b[column] + a[row + 1] * b[3 + column] + a[row + 2] * b[6 + column];
                g[row + column] = a[row + column] + b[row + column] + 2.0 / 3 * (ba - ab);
            }
            int constant = 9 + row / 3;
            double ba = b[row] * a[9] + b[row + 1] * a[10] + b[row + 2] * a[11];
            double ab = a[row] * b[9] + a[row + 1] * b[10] + a[row + 2] * b[11];
            g[constant] = a[constant] + b[constant] + 2.0 / 3 * (ba - ab);
        }
        exponential();
        AffineMaps.rotate(m, e);
        m[9] += e[9];
        m[10] += e[10];
        m[11] += e[11];
    }

    private void generator(double[][] integral, int i, double[] to) {
        double kappa = rate1 - rate2;
        double xx = integral[3][i];
        double xy = integral[4][i];
        double xz = integral[5][i];
        double yy = integral[6][i];
        double yz = integral[7][i];
        double decay = -rate2 * halfSeconds;
        to[0] = decay - kappa * xx;
        to[1] = -kappa * xy;
        to[2] = -kappa * xz;
        to[3] = -kappa * xy;
        to[4] = decay - kappa * yy;
        to[5] = -kappa * yz;
        to[6] = -kappa * xz;
        to[7] = -kappa * yz;
        to[8] = decay - kappa * (halfSeconds - xx - yy);
        to[9] = rate1 * integral[0][i];
        to[10] = rate1 * integral[1][i];
        to[11] = rate1 * integral[2][i];
    }

    /** Of g, with a last row of zeros, into e: the power series by Horner's rule. */
    private void exponential() {
        Arrays.fill(e, 0);
        e[0] = 1;
        e[4] = 1;
        e[8] = 1;
        for (int k = terms; k > 0; k--) {
            double by = 1.0 / k;
            for (int row = 0; row < 9; row += 3) {
                double g0 = by * g[row];
                double g1 = by * g[row + 1];
                double g2 = by * g[row + 2];
                next[row] = g0 * e[0] + g1 * e[3] + g2 * e[6];
                next[row + 1] = g0 * e[1] + g1 * e[4] + g2 * e[7];
                next[row + 2] = g0 * e[2] + g1 * e[5] + g2 * e[8];
                next[9 + row / 3] = g0 * e[9] + g1 * e[10] + g2 * e[11] + by * g[9 + row / 3];
            }
            System.arraycopy(next, 0, e, 0, 12);
            e[0] += 1;
            e[4] += 1;
            e[8] += 1;
        }
    }
}
