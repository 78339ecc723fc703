package org.isocenter.hardware.virtual;

/**
 * The inner loops over the spins of a moving block, next to those of {@link SpinKernels}: here turns are summed up event by
 * event. Holds scratch space: one per thread.
 */
final class MovingKernels {
    private static final float ROUNDER = TurnFunctions.ROUNDER;

    final SpinKernels common;
    final Coherences coherences = new Coherences();
    private final float[] turns = new float[SpinBlock.LARGEST];
    private final float[] cosine = new float[SpinBlock.LARGEST];
    private final float[] sine = new float[SpinBlock.LARGEST];
    private final float[] a = new float[SpinBlock.LARGEST];
    private final float[] b = new float[SpinBlock.LARGEST];

    MovingKernels(SpinKernels common) {
        this.common = common;
    }

    /** Adds each spin's turns, and those of all alike, to {@code sum}, which stays within half a turn either way. */
    void addTurns(SpinBlock block, PhaseTurns by, double allTurns, float[] sum) {
        float start = (float) (allTurns - Math.rint(allTurns));
        linear(block, by, turns);
        float[] more = turns;
        for (int i = 0; i < block.spins; i++) {
            float t = sum[i] + more[i] + start;
            sum[i] = t - ((t + ROUNDER) - ROUNDER);
        }
    }

    private static void linear(SpinBlock block, PhaseTurns by, float[] result) {
        float qx = (float) by.x();
        float qy = (float) by.y();
        float qz = (float) by.z();
        float seconds = (float) by.seconds();
        float[] x = block.x;
        float[] y = block.y;
        float[] z = block.z;
        float[] offset = block.offsetHertz;
        for (int i = 0; i < block.spins; i++) {
            result[i] = qx * x[i] + qy * y[i] + qz * z[i] + seconds * offset[i];
        }
        if (by.quadratic() != null) {
            addQuadratic(block.spins, by.quadratic(), x, y, z, result);
        }
    }

    private static void addQuadratic(int spins, double[] quadratic, float[] x, float[] y, float[] z, float[] turns) {
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

    /** Turns transverse magnetisation by what has been summed up, and scales it. */
    void turn(SpinBlock block, float[] summedTurns, float scale) {
        TurnFunctions.sines(block.spins, summedTurns, sine);
        TurnFunctions.cosines(block.spins, summedTurns, cosine);
        rotated(block.spins, block.mx, block.my);
        for (int i = 0; i < block.spins; i++) {
            block.mx[i] = scale * a[i];
        }
        for (int i = 0; i < block.spins; i++) {
            block.my[i] = scale * b[i];
        }
    }

    private void rotated(int spins, float[] mx, float[] my) {
        float[] cos = cosine;
        float[] sin = sine;
        float[] re = a;
        float[] im = b;
        for (int i = 0; i < spins; i++) {
            re[i] = cos[i] * mx[i] - sin[i] * my[i];
        }
        for (int i = 0; i < spins; i++) {
            im[i] = sin[i] * mx[i] + cos[i] * my[i];
        }
    }

    /**
     * Makes ready to {@link #project}: how far each spin has turned.
     *
     * @param rate by how much x, y, z and offset change in a second
     * @param byRate turns for each of these
     */
    void phases(SpinBlock block, PhaseTurns by, SpinBlock rate, PhaseTurns byRate) {
        linear(block, by, turns);
        linear(rate, byRate, a);
        float[] sum = turns;
        float[] more = a;
        for (int i = 0; i < block.spins; i++) {
            float t = sum[i] + more[i];
            sum[i] = t - ((t + ROUNDER) - ROUNDER);
        }
        TurnFunctions.sines(block.spins, turns, sine);
        TurnFunctions.cosines(block.spins, turns, cosine);
    }

    /** Σ (mx+i·my) of the spins so turned into {@code sum}, real then imaginary; always in the same order. */
    void project(int spins, float[] mx, float[] my, double[] sum) {
        rotated(spins, mx, my);
        sum[0] = sum(a, spins);
        sum[1] = sum(b, spins);
    }

    private static double sum(float[] values, int count) {
        double s0 = 0;
        double s1 = 0;
        double s2 = 0;
        double s3 = 0;
        int whole = count & ~3;
        for (int i = 0; i < whole; i += 4) {
            s0 += values[i];
            s1 += values[i + 1];
            s2 += values[i + 2];
            s3 += values[i + 3];
        }
        for (int i = whole; i < count; i++) {
            s0 += values[i];
        }
        return (s0 + s1) + (s2 + s3);
    }
}
