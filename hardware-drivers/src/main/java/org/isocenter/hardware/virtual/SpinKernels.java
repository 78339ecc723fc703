package org.isocenter.hardware.virtual;

import java.util.Arrays;
import org.isocenter.hardware.virtual.phantom.Material;

/**
 * The inner loops: each is one small body over distinct arrays with the same index, which the just-in-time compiler turns
 * into vector instructions. Holds scratch space: one per thread.
 */
final class SpinKernels {
    /** Adding and taking off this rounds a float to a whole number. */
    private static final float ROUNDER = 12582912f;

    final float[] cosine = new float[SpinBlock.LARGEST];
    final float[] sine = new float[SpinBlock.LARGEST];
    private final float[] a = new float[SpinBlock.LARGEST];
    private final float[] b = new float[SpinBlock.LARGEST];
    private final float[] c = new float[SpinBlock.LARGEST];
    private final float[] d = new float[SpinBlock.LARGEST];
    private final float[] weakenedX = new float[SpinBlock.LARGEST];
    private final float[] weakenedY = new float[SpinBlock.LARGEST];
    private float[] sentX;
    private float[] sentY;

    /** Puts the block's transverse magnetisation, less what diffusion takes of it, into {@link #sentX} and {@link #sentY}. */
    void attenuate(SpinBlock block, double factor) {
        if (factor == 1) {
            sentX = block.mx;
            sentY = block.my;
            return;
        }
        float scale = (float) factor;
        float[] mx = block.mx;
        float[] my = block.my;
        for (int i = 0; i < block.spins; i++) {
            weakenedX[i] = scale * mx[i];
        }
        for (int i = 0; i < block.spins; i++) {
            weakenedY[i] = scale * my[i];
        }
        sentX = weakenedX;
        sentY = weakenedY;
    }

    float[] sentX() {
        return sentX;
    }

    float[] sentY() {
        return sentY;
    }

    /** Does the free precession, with relaxation, that the block has put off. */
    void catchUp(SpinBlock block, Material material) {
        PendingPrecession pending = block.pending;
        double seconds = pending.seconds;
        if (pending.isEmpty()) {
            return;
        }
        if (pending.transverse) {
            turns(
                    block,
                    (float) pending.turnsX,
                    (float) pending.turnsY,
                    (float) pending.turnsZ,
                    (float) seconds,
                    (float) (pending.commonTurns - Math.rint(pending.commonTurns)),
                    pending.quadratic);
            cosinesAndSines(block.spins);
            rotate(block.spins, block.mx, block.my, (float) Math.exp(-seconds / material.t2Seconds()));
        } else {
            Arrays.fill(block.mx, 0);
            Arrays.fill(block.my, 0);
        }
        recover(block.spins, block.mz, (float) Math.exp(-seconds / material.t1Seconds()));
        pending.clear();
    }

    /**
     * Leaves cosine and sine of each spin's turn in {@link #cosine} and {@link #sine}.
     *
     * @param quadratic turns per square metre of x², y², z², xy, xz, yz, or null
     */
    void phases(SpinBlock block, double qx, double qy, double qz, double seconds, double[] quadratic) {
        turns(block, (float) qx, (float) qy, (float) qz, (float) seconds, 0, quadratic);
        cosinesAndSines(block.spins);
    }

    private void turns(SpinBlock block, float qx, float qy, float qz, float seconds, float common, double[] quadratic) {
        float[] x = block.x;
        float[] y = block.y;
        float[] z = block.z;
        float[] offset = block.offsetHertz;
        float[] turns = a;
        for (int i = 0; i < block.spins; i++) {
            turns[i] = qx * x[i] + qy * y[i] + qz * z[i] + seconds * offset[i] + common;
        }
        if (quadratic != null) {
            addQuadratic(block.spins, x, y, z, quadratic, turns);
        }
        for (int i = 0; i < block.spins; i++) {
            float t = turns[i];
            turns[i] = t - ((t + ROUNDER) - ROUNDER);
        }
    }

    private static void addQuadratic(int spins, float[] x, float[] y, float[] z, double[] quadratic, float[] turns) {
        float xx = (float) quadratic[0];
        float yy = (float) quadratic[1];
        float zz = (float) quadratic[2];
        float xy = (float) quadratic[3];
        float xz = (float) quadratic[4];
        float yz = (float) quadratic[5];
        for (int i = 0; i < spins; i++) {
            turns[i] += x[i] * (xx * x[i] + xy * y[i] + xz * z[i]) + y[i] * (yy * y[i] + yz * z[i]) + zz * z[i] * z[i];
        }
    }

    /** Chebyshev fits on half a turn either way; error 4e-7 in float. */
    private void cosinesAndSines(int spins) {
        float[] turns = a;
        float[] cos = cosine;
        float[] sin = sine;
        for (int i = 0; i < spins; i++) {
            float t = turns[i];
            float q = t * t;
            float p = 3.2381375f * q - 14.89985f;
            p = p * q + 42.025925f;
            p = p * q - 76.70301f;
            p = p * q + 81.60513f;
            p = p * q - 41.3417f;
            p = p * q + 6.2831855f;
            sin[i] = p * t;
        }
        for (int i = 0; i < spins; i++) {
            float t = turns[i];
            float q = t * t;
            float p = 6.528658f * q - 25.9676f;
            p = p * q + 60.16763f;
            p = p * q - 85.45014f;
            p = p * q + 64.93912f;
            p = p * q - 19.739204f;
            cos[i] = p * q + 1f;
        }
    }

    private void rotate(int spins, float[] mx, float[] my, float decay) {
        float[] cos = cosine;
        float[] sin = sine;
        float[] nx = b;
        float[] ny = c;
        for (int i = 0; i < spins; i++) {
            nx[i] = decay * (cos[i] * mx[i] - sin[i] * my[i]);
        }
        for (int i = 0; i < spins; i++) {
            ny[i] = decay * (sin[i] * mx[i] + cos[i] * my[i]);
        }
        System.arraycopy(nx, 0, mx, 0, spins);
        System.arraycopy(ny, 0, my, 0, spins);
    }

    private static void recover(int spins, float[] mz, float e1) {
        for (int i = 0; i < spins; i++) {
            mz[i] = 1f + (mz[i] - 1f) * e1;
        }
    }

    /** A pulse whose B1 is turned by {@code phase}: its maps in a frame turned by as much. */
    void transmit(SpinBlock block, AffineMaps maps, double phase) {
        float cos = (float) Math.cos(phase);
        float sin = (float) Math.sin(phase);
        float[] u = a;
        float[] v = b;
        turnFrame(block.spins, block.mx, block.my, cos, sin, u, v);
        float[] px = cosine;
        float[] py = sine;
        float[] pz = c;
        float[][] e = maps.entry;
        map(block.spins, e[0], e[1], e[2], e[9], u, v, block.mz, px);
        map(block.spins, e[3], e[4], e[5], e[10], u, v, block.mz, py);
        map(block.spins, e[6], e[7], e[8], e[11], u, v, block.mz, pz);
        System.arraycopy(pz, 0, block.mz, 0, block.spins);
        turnFrame(block.spins, px, py, cos, -sin, block.mx, block.my);
    }

    private static void turnFrame(int spins, float[] x, float[] y, float cos, float sin, float[] u, float[] v) {
        for (int i = 0; i < spins; i++) {
            u[i] = cos * x[i] + sin * y[i];
        }
        for (int i = 0; i < spins; i++) {
            v[i] = cos * y[i] - sin * x[i];
        }
    }

    private static void map(
            int spins, float[] a0, float[] a1, float[] a2, float[] c, float[] x, float[] y, float[] z, float[] result) {
        for (int i = 0; i < spins; i++) {
            result[i] = a0[i] * x[i] + a1[i] * y[i] + a2[i] * z[i] + c[i];
        }
    }

    /** Σ (mx+i·my)·(cos+i·sin) into {@code sum}, real then imaginary; always in the same order. */
    void project(int spins, float[] mx, float[] my, double[] sum) {
        float[] cos = cosine;
        float[] sin = sine;
        float[] re = b;
        float[] im = c;
        for (int i = 0; i < spins; i++) {
            re[i] = cos[i] * mx[i] - sin[i] * my[i];
        }
        for (int i = 0; i < spins; i++) {
            im[i] = sin[i] * mx[i] + cos[i] * my[i];
        }
        sum[0] = sum(re, spins);
        sum[1] = sum(im, spins);
    }

    /** In pairs, which runs in vector registers and rounds little. Overwrites the values. */
    private double sum(float[] values, int count) {
        int left = count;
        while (left > 32) {
            int half = left >> 1;
            System.arraycopy(values, left - half, d, 0, half);
            addTo(values, d, half);
            left -= half;
        }
        double sum = 0;
        for (int i = 0; i < left; i++) {
            sum += values[i];
        }
        return sum;
    }

    private static void addTo(float[] values, float[] others, int count) {
        for (int i = 0; i < count; i++) {
            values[i] += others[i];
        }
    }
}
