package org.isocenter.hardware.virtual;

import java.util.Arrays;
import org.isocenter.hardware.virtual.phantom.Material;

/**
 * What a pulse does to each of many spins of one material, relaxation included: M' = A·M + c, with M in units of the
 * equilibrium. Planar: rows of A first, then c.
 */
final class AffineMaps {
    static final int ENTRIES = 12;

    final int spins;
    /** {@code [entry][spin]}; entries 0–8 are A by rows, 9–11 are c. */
    final float[][] entry;

    AffineMaps(int spins) {
        this.spins = spins;
        entry = new float[ENTRIES][spins];
    }

    static long bytes(int spins) {
        return (long) ENTRIES * Float.BYTES * spins;
    }

    /** Puts half of each segment's relaxation before its rotation and half after it (Strang splitting). */
    static AffineMaps of(PulseTurns turns, Material material) {
        AffineMaps maps = new AffineMaps(turns.spins);
        double[] e1 = new double[turns.segments];
        double[] e2 = new double[turns.segments];
        for (int s = 0; s < turns.segments; s++) {
            e1[s] = Math.exp(-0.5 * turns.segmentSeconds[s] / material.t1Seconds());
            e2[s] = Math.exp(-0.5 * turns.segmentSeconds[s] / material.t2Seconds());
        }
        double[] m = new double[ENTRIES];
        double[] r = new double[9];
        for (int i = 0; i < turns.spins; i++) {
            Arrays.fill(m, 0);
            m[0] = 1;
            m[4] = 1;
            m[8] = 1;
            for (int s = 0; s < turns.segments; s++) {
                rotation(turns.w[s][i], turns.x[s][i], turns.y[s][i], turns.z[s][i], r);
                relax(m, e1[s], e2[s]);
                rotate(m, r);
                relax(m, e1[s], e2[s]);
            }
            for (int k = 0; k < ENTRIES; k++) {
                maps.entry[k][i] = (float) m[k];
            }
        }
        return maps;
    }

    /** Whether the pulse does nothing to any of these spins but let them precess. */
    boolean passive(double largestExcitation) {
        for (int i = 0; i < spins; i++) {
            if (Math.hypot(entry[2][i], entry[5][i]) > largestExcitation || entry[8][i] < 0) {
                return false;
            }
        }
        return true;
    }

    /** By how much the spin in the middle is turned from the field's direction. */
    double middleFlipRadians() {
        return Math.acos(Math.max(-1, Math.min(1, entry[8][spins / 2])));
    }

    private static void rotation(double w, double x, double y, double z, double[] r) {
        double norm = 1 / (w * w + x * x + y * y + z * z);
        r[0] = 1 - 2 * norm * (y * y + z * z);
        r[1] = 2 * norm * (x * y - w * z);
        r[2] = 2 * norm * (x * z + w * y);
        r[3] = 2 * norm * (x * y + w * z);
        r[4] = 1 - 2 * norm * (x * x + z * z);
        r[5] = 2 * norm * (y * z - w * x);
        r[6] = 2 * norm * (x * z - w * y);
        r[7] = 2 * norm * (y * z + w * x);
        r[8] = 1 - 2 * norm * (x * x + y * y);
    }

    private static void relax(double[] m, double e1, double e2) {
        for (int k = 0; k < 6; k++) {
            m[k] *= e2;
        }
        for (int k = 6; k < 9; k++) {
            m[k] *= e1;
        }
        m[9] *= e2;
        m[10] *= e2;
        m[11] = 1 + (m[11] - 1) * e1;
    }

    private static void rotate(double[] m, double[] r) {
        for (int column = 0; column < 3; column++) {
            rotate(m, column, column + 3, column + 6, r);
        }
        rotate(m, 9, 10, 11, r);
    }

    private static void rotate(double[] m, int a, int b, int c, double[] r) {
        double x = m[a];
        double y = m[b];
        double z = m[c];
        m[a] = r[0] * x + r[1] * y + r[2] * z;
        m[b] = r[3] * x + r[4] * y + r[5] * z;
        m[c] = r[6] * x + r[7] * y + r[8] * z;
    }
}
