package org.isocenter.hardware.virtual;

import java.util.Arrays;

/**
 * For any JVM: each loop is one small body over distinct arrays with the same index, which the just-in-time compiler turns
 * into vector instructions.
 */
final class PlainKernels implements SpinKernels {
    private static final float ROUNDER = TurnFunctions.ROUNDER;
    private static final int QUARTERS = 4;
    private static final int QUARTER = SpinBlock.LARGEST / QUARTERS;

    private final float[] cosine = new float[SpinBlock.LARGEST];
    private final float[] sine = new float[SpinBlock.LARGEST];
    private final float[] a = new float[SpinBlock.LARGEST];
    private final float[] b = new float[SpinBlock.LARGEST];
    private final float[] c = new float[SpinBlock.LARGEST];
    private final float[][] quarterX = new float[QUARTERS][QUARTER];
    private final float[][] quarterY = new float[QUARTERS][QUARTER];

    @Override
    public void turn(
            SpinBlock block, SpinTurns turns, float scale, float[] fromX, float[] fromY, float[] toX, float[] toY) {
        turns(block, turns);
        TurnFunctions.sines(block.spins, a, sine);
        TurnFunctions.cosines(block.spins, a, cosine);
        boolean inPlace = fromX == toX;
        float[] newX = inPlace ? b : toX;
        rotatedX(block.spins, scale, cosine, sine, fromX, fromY, newX);
        rotatedY(block.spins, scale, cosine, sine, fromX, fromY, toY);
        if (inPlace) {
            System.arraycopy(newX, 0, toX, 0, block.spins);
        }
    }

    /** Into a: turns within half a turn either way. */
    private void turns(SpinBlock block, SpinTurns t) {
        int spins = block.spins;
        linear(spins, t.perMeterX, t.perMeterY, t.x, t.y, block.x, block.y, b);
        linear(spins, t.perMeterZ, t.seconds, t.z, t.offsetHertz, block.z, block.offsetHertz, c);
        if (t.isBent()) {
            addQuadratic(spins, t, block.x, block.y, block.z, b);
        }
        float start = t.turns;
        float[] result = a;
        float[] one = b;
        float[] other = c;
        for (int i = 0; i < spins; i++) {
            float sum = one[i] + other[i] + start;
            result[i] = sum - ((sum + ROUNDER) - ROUNDER);
        }
    }

    private static void linear(
            int spins, float p, float q, float fromX, float fromY, float[] x, float[] y, float[] result) {
        for (int i = 0; i < spins; i++) {
            result[i] = p * (x[i] - fromX) + q * (y[i] - fromY);
        }
    }

    private static void addQuadratic(int spins, SpinTurns t, float[] x, float[] y, float[] z, float[] turns) {
        float fromX = t.x;
        float fromY = t.y;
        float fromZ = t.z;
        float xx = t.xx;
        float yy = t.yy;
        float zz = t.zz;
        float xy = t.xy;
        float xz = t.xz;
        float yz = t.yz;
        for (int i = 0; i < spins; i++) {
            float u = x[i] - fromX;
            float v = y[i] - fromY;
            float w = z[i] - fromZ;
            turns[i] += u * (xx * u + xy * v + xz * w) + v * (yy * v + yz * w) + zz * w * w;
        }
    }

    private static void rotatedX(
            int spins, float scale, float[] cos, float[] sin, float[] x, float[] y, float[] result) {
        for (int i = 0; i < spins; i++) {
            result[i] = scale * (cos[i] * x[i] - sin[i] * y[i]);
        }
    }

    private static void rotatedY(
            int spins, float scale, float[] cos, float[] sin, float[] x, float[] y, float[] result) {
        for (int i = 0; i < spins; i++) {
            result[i] = scale * (sin[i] * x[i] + cos[i] * y[i]);
        }
    }

    @Override
    public void recover(int spins, float[] mz, float e1) {
        for (int i = 0; i < spins; i++) {
            mz[i] = 1f + (mz[i] - 1f) * e1;
        }
    }

    @Override
    public void transmit(SpinBlock block, AffineMaps maps, double phaseRadians) {
        float cos = (float) Math.cos(phaseRadians);
        float sin = (float) Math.sin(phaseRadians);
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

    /** In two loops: a longer body is not turned into vector instructions by every compiler. */
    private static void map(
            int spins, float[] a0, float[] a1, float[] a2, float[] c, float[] x, float[] y, float[] z, float[] result) {
        products(spins, a0, a1, x, y, result);
        addProductAndConstant(spins, a2, z, c, result);
    }

    private static void addProductAndConstant(int count, float[] a, float[] x, float[] c, float[] result) {
        for (int i = 0; i < count; i++) {
            result[i] += a[i] * x[i] + c[i];
        }
    }

    @Override
    public int parts() {
        return QUARTERS;
    }

    @Override
    public void project(
            int spins, int terms, int quarter, float[][] weight, float[] mx, float[] my, float[] re, float[] im) {
        split(spins, quarter, mx, quarterX);
        split(spins, quarter, my, quarterY);
        for (int term = 0; term < terms; term++) {
            int w = term * QUARTERS;
            re[term] = dot(quarter, weight[w], weight[w + 1], weight[w + 2], weight[w + 3], quarterX);
            im[term] = dot(quarter, weight[w], weight[w + 1], weight[w + 2], weight[w + 3], quarterY);
        }
    }

    private static void split(int spins, int quarter, float[] values, float[][] quarters) {
        for (int q = 0; q < QUARTERS; q++) {
            int from = Math.min(spins, q * quarter);
            int here = Math.min(spins - from, quarter);
            System.arraycopy(values, from, quarters[q], 0, here);
            Arrays.fill(quarters[q], here, quarter, 0);
        }
    }

    private float dot(int quarter, float[] w0, float[] w1, float[] w2, float[] w3, float[][] values) {
        products(quarter, w0, w1, values[0], values[1], a);
        addProducts(quarter, w2, w3, values[2], values[3], a);
        return sum(a, quarter);
    }

    private static void products(int count, float[] a, float[] b, float[] x, float[] y, float[] result) {
        for (int i = 0; i < count; i++) {
            result[i] = a[i] * x[i] + b[i] * y[i];
        }
    }

    private static void addProducts(int count, float[] a, float[] b, float[] x, float[] y, float[] result) {
        for (int i = 0; i < count; i++) {
            result[i] += a[i] * x[i] + b[i] * y[i];
        }
    }

    /**
     * In eight sums side by side, which wait less for one another and round less than one.
     *
     * @param count a multiple of 8
     */
    private static float sum(float[] v, int count) {
        float s0 = 0;
        float s1 = 0;
        float s2 = 0;
        float s3 = 0;
        float s4 = 0;
        float s5 = 0;
        float s6 = 0;
        float s7 = 0;
        for (int i = 0; i < count; i += 8) {
            s0 += v[i];
            s1 += v[i + 1];
            s2 += v[i + 2];
            s3 += v[i + 3];
            s4 += v[i + 4];
            s5 += v[i + 5];
            s6 += v[i + 6];
            s7 += v[i + 7];
        }
        return ((s0 + s1) + (s2 + s3)) + ((s4 + s5) + (s6 + s7));
    }
}
