package org.isocenter.hardware.virtual;

import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * For JVMs with the vector module. Compiled by itself and made by name only ({@link KernelChoice}), because the module is
 * there only when it is asked for. The last spins of a block that do not fill a vector are worked out in one that overlaps
 * the one before it; blocks of fewer spins are left to the plain loops. Lanes are added in a fixed order.
 */
final class VectorKernels implements SpinKernels {
    private static final VectorSpecies<Float> SPECIES =
            FloatVector.SPECIES_PREFERRED.length() > 16 ? FloatVector.SPECIES_512 : FloatVector.SPECIES_PREFERRED;
    private static final int LANES = SPECIES.length();
    private static final float ROUNDER = TurnFunctions.ROUNDER;

    /** Narrower vectors are what the plain loops use, too, and may come without fused multiplication and addition. */
    private static final int FEWEST_LANES = 8;

    /** Terms that are projected in one go, with their sums in registers. */
    private static final int TOGETHER = 4;

    private final PlainKernels plain = new PlainKernels();
    private final float[] lastX = new float[LANES];
    private final float[] lastY = new float[LANES];
    private final float[] lastZ = new float[LANES];
    private final float[] paddedX = new float[SpinBlock.LARGEST];
    private final float[] paddedY = new float[SpinBlock.LARGEST];
    private final float[] lanes = new float[2 * TOGETHER * LANES];

    VectorKernels() {
        if (LANES < FEWEST_LANES) {
            throw new UnsupportedOperationException("vectors of " + LANES + " floats only");
        }
    }

    @Override
    public void turn(
            SpinBlock block, SpinTurns turns, float scale, float[] fromX, float[] fromY, float[] toX, float[] toY) {
        int spins = block.spins;
        if (spins < LANES) {
            plain.turn(block, turns, scale, fromX, fromY, toX, toY);
            return;
        }
        int last = spins - LANES;
        System.arraycopy(fromX, last, lastX, 0, LANES);
        System.arraycopy(fromY, last, lastY, 0, LANES);
        turn(block, turns, scale, fromX, fromY, 0, toX, toY, 0, SPECIES.loopBound(spins));
        if (spins % LANES != 0) {
            turn(block, turns, scale, lastX, lastY, last, toX, toY, last, spins);
        }
    }

    private static void turn(
            SpinBlock block,
            SpinTurns t,
            float scale,
            float[] fromX,
            float[] fromY,
            int shift,
            float[] toX,
            float[] toY,
            int from,
            int to) {
        float[] xs = block.x;
        float[] ys = block.y;
        float[] zs = block.z;
        float[] offsets = block.offsetHertz;
        FloatVector px = FloatVector.broadcast(SPECIES, t.perMeterX);
        FloatVector py = FloatVector.broadcast(SPECIES, t.perMeterY);
        FloatVector pz = FloatVector.broadcast(SPECIES, t.perMeterZ);
        FloatVector xx = FloatVector.broadcast(SPECIES, t.xx);
        FloatVector yy = FloatVector.broadcast(SPECIES, t.yy);
        FloatVector zz = FloatVector.broadcast(SPECIES, t.zz);
        float seconds = t.seconds;
        float cx = t.x;
        float cy = t.y;
        float cz = t.z;
        float centre = t.offsetHertz;
        float start = t.turns;
        float xy = t.xy;
        float xz = t.xz;
        float yz = t.yz;
        for (int i = from; i < to; i += LANES) {
            FloatVector u = FloatVector.fromArray(SPECIES, xs, i).sub(cx);
            FloatVector v = FloatVector.fromArray(SPECIES, ys, i).sub(cy);
            FloatVector w = FloatVector.fromArray(SPECIES, zs, i).sub(cz);
            FloatVector o = FloatVector.fromArray(SPECIES, offsets, i).sub(centre);
            FloatVector alongX = w.mul(xz).add(v.mul(xy)).add(u.fma(xx, px));
            FloatVector alongY = w.mul(yz).add(v.fma(yy, py));
            FloatVector sum = u.fma(alongX, v.mul(alongY))
                    .add(w.mul(w.fma(zz, pz)).add(o.mul(seconds).add(start)));
            FloatVector h = sum.sub(sum.add(ROUNDER).sub(ROUNDER));
            FloatVector q = h.mul(h);
            FloatVector p = q.mul(3.2381375f).add(-14.89985f);
            p = p.mul(q).add(42.025925f);
            p = p.mul(q).add(-76.70301f);
            p = p.mul(q).add(81.60513f);
            p = p.mul(q).add(-41.3417f);
            p = p.mul(q).add(6.2831855f);
            FloatVector sin = p.mul(h).mul(scale);
            FloatVector r = q.mul(6.528658f).add(-25.9676f);
            r = r.mul(q).add(60.16763f);
            r = r.mul(q).add(-85.45014f);
            r = r.mul(q).add(64.93912f);
            r = r.mul(q).add(-19.739204f);
            FloatVector cos = r.mul(q).add(1f).mul(scale);
            FloatVector x = FloatVector.fromArray(SPECIES, fromX, i - shift);
            FloatVector y = FloatVector.fromArray(SPECIES, fromY, i - shift);
            cos.mul(x).sub(sin.mul(y)).intoArray(toX, i);
            sin.mul(x).add(cos.mul(y)).intoArray(toY, i);
        }
    }

    @Override
    public void recover(int spins, float[] mz, float e1) {
        plain.recover(spins, mz, e1);
    }

    @Override
    public void transmit(SpinBlock block, AffineMaps maps, double phaseRadians) {
        int spins = block.spins;
        if (spins < LANES) {
            plain.transmit(block, maps, phaseRadians);
            return;
        }
        float cos = (float) Math.cos(phaseRadians);
        float sin = (float) Math.sin(phaseRadians);
        int last = spins - LANES;
        System.arraycopy(block.mx, last, lastX, 0, LANES);
        System.arraycopy(block.my, last, lastY, 0, LANES);
        System.arraycopy(block.mz, last, lastZ, 0, LANES);
        transmit(block, maps.entry, cos, sin, block.mx, block.my, block.mz, 0, 0, SPECIES.loopBound(spins));
        if (spins % LANES != 0) {
            transmit(block, maps.entry, cos, sin, lastX, lastY, lastZ, last, last, spins);
        }
    }

    private static void transmit(
            SpinBlock block,
            float[][] entry,
            float cos,
            float sin,
            float[] fromX,
            float[] fromY,
            float[] fromZ,
            int shift,
            int from,
            int to) {
        float[] e0 = entry[0];
        float[] e1 = entry[1];
        float[] e2 = entry[2];
        float[] e3 = entry[3];
        float[] e4 = entry[4];
        float[] e5 = entry[5];
        float[] e6 = entry[6];
        float[] e7 = entry[7];
        float[] e8 = entry[8];
        float[] e9 = entry[9];
        float[] e10 = entry[10];
        float[] e11 = entry[11];
        float[] mx = block.mx;
        float[] my = block.my;
        float[] mz = block.mz;
        for (int i = from; i < to; i += LANES) {
            FloatVector x = FloatVector.fromArray(SPECIES, fromX, i - shift);
            FloatVector y = FloatVector.fromArray(SPECIES, fromY, i - shift);
            FloatVector z = FloatVector.fromArray(SPECIES, fromZ, i - shift);
            FloatVector u = x.mul(cos).add(y.mul(sin));
            FloatVector v = y.mul(cos).sub(x.mul(sin));
            FloatVector a = FloatVector.fromArray(SPECIES, e0, i)
                    .fma(
                            u,
                            FloatVector.fromArray(SPECIES, e1, i)
                                    .fma(
                                            v,
                                            FloatVector.fromArray(SPECIES, e2, i)
                                                    .fma(z, FloatVector.fromArray(SPECIES, e9, i))));
            FloatVector b = FloatVector.fromArray(SPECIES, e3, i)
                    .fma(
                            u,
                            FloatVector.fromArray(SPECIES, e4, i)
                                    .fma(
                                            v,
                                            FloatVector.fromArray(SPECIES, e5, i)
                                                    .fma(z, FloatVector.fromArray(SPECIES, e10, i))));
            FloatVector.fromArray(SPECIES, e6, i)
                    .fma(
                            u,
                            FloatVector.fromArray(SPECIES, e7, i)
                                    .fma(
                                            v,
                                            FloatVector.fromArray(SPECIES, e8, i)
                                                    .fma(z, FloatVector.fromArray(SPECIES, e11, i))))
                    .intoArray(mz, i);
            a.mul(cos).sub(b.mul(sin)).intoArray(mx, i);
            b.mul(cos).add(a.mul(sin)).intoArray(my, i);
        }
    }

    @Override
    public int parts() {
        return 1;
    }

    @Override
    public void project(
            int spins, int terms, int length, float[][] weight, float[] mx, float[] my, float[] re, float[] im) {
        float[] x = padded(spins, length, mx, paddedX);
        float[] y = padded(spins, length, my, paddedY);
        int term = 0;
        for (; term + TOGETHER <= terms; term += TOGETHER) {
            four(length, weight[term], weight[term + 1], weight[term + 2], weight[term + 3], x, y, lanes);
            for (int k = 0; k < TOGETHER; k++) {
                re[term + k] = sum(2 * k);
                im[term + k] = sum(2 * k + 1);
            }
        }
        for (; term < terms; term++) {
            one(length, weight[term], x, y, lanes);
            re[term] = sum(0);
            im[term] = sum(1);
        }
    }

    private static float[] padded(int spins, int length, float[] values, float[] padded) {
        if (spins == length) {
            return values;
        }
        System.arraycopy(values, 0, padded, 0, spins);
        Arrays.fill(padded, spins, length, 0);
        return padded;
    }

    private static void four(
            int length, float[] w0, float[] w1, float[] w2, float[] w3, float[] x, float[] y, float[] lanes) {
        FloatVector x0 = FloatVector.zero(SPECIES);
        FloatVector y0 = x0;
        FloatVector x1 = x0;
        FloatVector y1 = x0;
        FloatVector x2 = x0;
        FloatVector y2 = x0;
        FloatVector x3 = x0;
        FloatVector y3 = x0;
        for (int i = 0; i < length; i += LANES) {
            FloatVector u = FloatVector.fromArray(SPECIES, x, i);
            FloatVector v = FloatVector.fromArray(SPECIES, y, i);
            FloatVector a = FloatVector.fromArray(SPECIES, w0, i);
            x0 = a.fma(u, x0);
            y0 = a.fma(v, y0);
            FloatVector b = FloatVector.fromArray(SPECIES, w1, i);
            x1 = b.fma(u, x1);
            y1 = b.fma(v, y1);
            FloatVector c = FloatVector.fromArray(SPECIES, w2, i);
            x2 = c.fma(u, x2);
            y2 = c.fma(v, y2);
            FloatVector d = FloatVector.fromArray(SPECIES, w3, i);
            x3 = d.fma(u, x3);
            y3 = d.fma(v, y3);
        }
        x0.intoArray(lanes, 0);
        y0.intoArray(lanes, LANES);
        x1.intoArray(lanes, 2 * LANES);
        y1.intoArray(lanes, 3 * LANES);
        x2.intoArray(lanes, 4 * LANES);
        y2.intoArray(lanes, 5 * LANES);
        x3.intoArray(lanes, 6 * LANES);
        y3.intoArray(lanes, 7 * LANES);
    }

    private static void one(int length, float[] w, float[] x, float[] y, float[] lanes) {
        FloatVector sumX = FloatVector.zero(SPECIES);
        FloatVector sumY = sumX;
        for (int i = 0; i < length; i += LANES) {
            FloatVector a = FloatVector.fromArray(SPECIES, w, i);
            sumX = a.fma(FloatVector.fromArray(SPECIES, x, i), sumX);
            sumY = a.fma(FloatVector.fromArray(SPECIES, y, i), sumY);
        }
        sumX.intoArray(lanes, 0);
        sumY.intoArray(lanes, LANES);
    }

    private float sum(int row) {
        int at = row * LANES;
        float s0 = 0;
        float s1 = 0;
        float s2 = 0;
        float s3 = 0;
        for (int i = at; i < at + LANES; i += 4) {
            s0 += lanes[i];
            s1 += lanes[i + 1];
            s2 += lanes[i + 2];
            s3 += lanes[i + 3];
        }
        return (s0 + s1) + (s2 + s3);
    }
}
