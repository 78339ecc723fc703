package org.isocenter.hardware.virtual;

import java.util.Arrays;

/**
 * Coherences of one moment, in pairs of opposite phase gradients, each with amplitudes at several {@link FlipNodes}. An amplitude is
 * {re, im} as it is, then {re, im} as the spins have it, from {@code 4*node} on. The first pair is not dephased. One thread.
 */
final class Coherences {
    /** So many pairs are kept from one pulse to the next: the strongest. */
    static final int MOST_KEPT = 40;

    /** Weaker ones, as a share of the equilibrium, are left out. */
    static final double WEAKEST = 1e-4;

    /** Two that differ by no more than this are one: a twentieth of a turn in a centimetre. */
    private static final double SAME_TURNS_PER_METER = 5;

    /** Each pair that is kept makes at most three. */
    private static final int ROOM = 1 + 3 * MOST_KEPT;

    int nodes = 1;
    int count;
    /** By pair, in turns per metre. */
    final double[][] k = new double[ROOM][3];
    /** Transverse magnetisation with the phase gradient k. */
    final double[][] plus = new double[ROOM][];
    /** The conjugate of transverse magnetisation with the phase gradient -k. */
    final double[][] minus = new double[ROOM][];
    /** What is stored. */
    final double[][] along = new double[ROOM][];

    /** Nothing, not even in the first pair. */
    void clear(int newNodes) {
        nodes = newNodes;
        count = 0;
        append(0, 0, 0);
    }

    private int append(double x, double y, double z) {
        k[count][0] = x;
        k[count][1] = y;
        k[count][2] = z;
        plus[count] = cleared(plus[count]);
        minus[count] = cleared(minus[count]);
        along[count] = cleared(along[count]);
        return count++;
    }

    private double[] cleared(double[] row) {
        if (row == null || row.length != 4 * nodes) {
            return new double[4 * nodes];
        }
        Arrays.fill(row, 0);
        return row;
    }

    /** Those of another, but for the weakest. */
    void takeStrongest(Coherences other) {
        other.prune();
        clear(other.nodes);
        for (int at = 0; at < other.count; at++) {
            int to = at == 0 ? 0 : append(other.k[at][0], other.k[at][1], other.k[at][2]);
            System.arraycopy(other.plus[at], 0, plus[to], 0, 4 * nodes);
            System.arraycopy(other.minus[at], 0, minus[to], 0, 4 * nodes);
            System.arraycopy(other.along[at], 0, along[to], 0, 4 * nodes);
        }
    }

    /** At other nodes: {@code mix[node][node until now]}. */
    void mix(double[][] mix) {
        for (int at = 0; at < count; at++) {
            plus[at] = mixed(plus[at], mix);
            minus[at] = mixed(minus[at], mix);
            along[at] = mixed(along[at], mix);
        }
        nodes = mix.length;
    }

    private static double[] mixed(double[] values, double[][] mix) {
        double[] result = new double[4 * mix.length];
        for (int n = 0; n < mix.length; n++) {
            for (int m = 0; m < mix[n].length; m++) {
                for (int part = 0; part < 4; part++) {
                    result[4 * n + part] += mix[n][m] * values[4 * m + part];
                }
            }
        }
        return result;
    }

    private boolean same(int at, double x, double y, double z, int sign) {
        return Math.abs(k[at][0] - sign * x) <= SAME_TURNS_PER_METER
                && Math.abs(k[at][1] - sign * y) <= SAME_TURNS_PER_METER
                && Math.abs(k[at][2] - sign * z) <= SAME_TURNS_PER_METER;
    }

    /**
     * Transverse magnetisation with this phase gradient.
     *
     * @param conjugate 1, or -1 for the conjugate of the value
     * @param scale of what there is, and of what the spins have
     * @param likely where it may be
     */
    void addTransverse(double x, double y, double z, double[] value, double conjugate, double[] scale, int likely) {
        int at = find(x, y, z, likely);
        if (at < 0) {
            at = append(x, y, z);
        }
        if (same(at, x, y, z, 1)) {
            accumulate(plus[at], value, conjugate, scale);
        } else {
            accumulate(minus[at], value, -conjugate, scale);
        }
    }

    /** Stored magnetisation, which keeps its phase gradient; else as {@link #addTransverse}. */
    void addStored(double[] gradient, double[] value, double[] scale, int likely) {
        int at = find(gradient[0], gradient[1], gradient[2], likely);
        if (at < 0) {
            at = append(gradient[0], gradient[1], gradient[2]);
        }
        boolean alike = same(at, gradient[0], gradient[1], gradient[2], 1);
        accumulate(along[at], value, alike ? 1 : -1, scale);
    }

    /** The pair with this phase gradient or the opposite one; -1 when there is none yet. */
    private int find(double x, double y, double z, int likely) {
        int start = Math.min(likely, count - 1);
        for (int step = 0; step < count; step++) {
            int at = start - step >= 0 ? start - step : count - 1 - (step - start - 1);
            if (same(at, x, y, z, 1) || same(at, x, y, z, -1)) {
                return at;
            }
        }
        return -1;
    }

    private void accumulate(double[] sum, double[] value, double imaginarySign, double[] scale) {
        double is = scale[0];
        double seen = scale[1];
        for (int v = 0; v < 4 * nodes; v += 4) {
            sum[v] += is * value[v];
            sum[v + 1] += is * imaginarySign * value[v + 1];
            sum[v + 2] += seen * value[v + 2];
            sum[v + 3] += seen * imaginarySign * value[v + 3];
        }
    }

    /** Of the node where it is the strongest. */
    private double strength(int at) {
        double most = 0;
        for (int v = 0; v < 4 * nodes; v += 4) {
            double strength = 0;
            for (int part = v; part < v + 4; part++) {
                strength += Math.abs(plus[at][part]) + Math.abs(minus[at][part]) + Math.abs(along[at][part]);
            }
            most = Math.max(most, strength);
        }
        return 0.5 * most;
    }

    private void prune() {
        double[] strength = new double[count];
        for (int at = count - 1; at > 0; at--) {
            strength[at] = strength(at);
            if (strength[at] < WEAKEST) {
                remove(at, strength);
            }
        }
        while (count > MOST_KEPT) {
            int weakest = 1;
            for (int at = 2; at < count; at++) {
                weakest = strength[at] < strength[weakest] ? at : weakest;
            }
            remove(weakest, strength);
        }
    }

    /** The last takes its place. */
    private void remove(int at, double[] strength) {
        count--;
        strength[at] = strength[count];
        System.arraycopy(k[count], 0, k[at], 0, 3);
        swap(plus, at, count);
        swap(minus, at, count);
        swap(along, at, count);
    }

    private static void swap(double[][] rows, int one, int other) {
        double[] row = rows[one];
        rows[one] = rows[other];
        rows[other] = row;
    }
}
