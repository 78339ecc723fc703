package org.isocenter.hardware.virtual;

import java.util.Arrays;
import org.isocenter.hardware.virtual.phantom.Material;

/**
 * What a pulse does to each of many spins of one material, relaxation included: M' = A·M + c, with M in units of the
 * equilibrium. Planar: rows of A first, then c.
 */
final class AffineMaps {
    static final int ENTRIES = 12;

    /** Error of a map that the length of its segments may make. */
    private static final double TOLERANCE = 1e-5;

    private static final double LONGEST_SEGMENT_IN_T2 = 0.2;
    private static final int MOST_SEGMENTS = 128;

    final int spins;
    /** {@code [entry][spin]}; entries 0–8 are A by rows, 9–11 are c. */
    final float[][] entry;

    /** Whether the pulse makes no echoes here, and what it excites is dephased when a window opens. */
    boolean crushed;

    private FlipNodes flipsAt;
    private double[] flips;

    AffineMaps(int spins) {
        this.spins = spins;
        entry = new float[ENTRIES][spins];
    }

    static long bytes(int spins) {
        return (long) ENTRIES * Float.BYTES * spins;
    }

    /**
     * Into how many segments a pulse must be cut for this material: a power of two. What is left of Magnus' series after its
     * second term is about κ²·T·ω·τ²·(ωτ)²/200, where κ = 1/T2 - 1/T1 acts for a time T (at most its own 1/κ), B1 turns by ω and
     * a segment takes τ.
     */
    static int segments(Pulse pulse, double largestFactor, Material material) {
        double kappa = Math.abs(1 / material.t2Seconds() - 1 / material.t1Seconds());
        double omega = Math.max(1, 2 * Math.PI * largestFactor * pulse.largestHertz());
        double duration = pulse.durationSeconds();
        double acts = Math.min(duration, 1 / Math.max(kappa, 1e-9));
        double angle = Math.pow(200 * TOLERANCE * omega / (kappa * kappa * acts + 1e-30), 0.25);
        double longest = Math.min(angle / omega, LONGEST_SEGMENT_IN_T2 * material.t2Seconds());
        int segments = 1;
        while (segments < MOST_SEGMENTS && segments * longest < duration) {
            segments *= 2;
        }
        return segments;
    }

    /** The maps of these turns with this material's relaxation between and in them. */
    static AffineMaps of(PulseTurns turns, Material material) {
        AffineMaps maps = new AffineMaps(turns.spins);
        SegmentRelaxation relaxation = new SegmentRelaxation(turns.halfSeconds, material);
        double[] m = new double[ENTRIES];
        double[] r = new double[9];
        for (int i = 0; i < turns.spins; i++) {
            Arrays.fill(m, 0);
            m[0] = 1;
            m[4] = 1;
            m[8] = 1;
            for (int s = 0; s < turns.segments; s++) {
                relaxation.apply(turns.integral[2 * s], turns.integral[2 * s + 1], i, m);
                rotation(turns.w[s][i], turns.x[s][i], turns.y[s][i], turns.z[s][i], r);
                rotate(m, r);
            }
            for (int k = 0; k < ENTRIES; k++) {
                maps.entry[k][i] = (float) m[k];
            }
        }
        return maps;
    }

    /** By how much a spin is turned from the field's direction; what it relaxes meanwhile hardly tells. */
    double flipRadians(int spin) {
        return Math.atan2(Math.hypot(entry[2][spin], entry[5][spin]), entry[8][spin]);
    }

    /**
     * By how much the spins are turned from the field's direction: the angle whose cosine is the mean of theirs, each counting by what
     * it loses. So it hardly depends on which of the spins at a slice's edge are in the block.
     */
    double meanFlipRadians() {
        double sum = 0;
        double counted = 0;
        for (int i = 0; i < spins; i++) {
            double cosine = Math.cos(flipRadians(i));
            double lost = 1 - cosine;
            sum += lost * cosine;
            counted += lost;
        }
        return counted > 0 ? Math.acos(Math.max(-1, Math.min(1, sum / counted))) : 0;
    }

    /** Whether {@link #flipRadians(FlipNodes)} was asked for them last. */
    boolean isKnownAt(FlipNodes nodes) {
        return flipsAt == nodes;
    }

    /** What the pulse turns the spins about at each of these nodes; worked out once. */
    double[] flipRadians(FlipNodes nodes) {
        if (flipsAt != nodes) {
            flipsAt = nodes;
            flips = nodes.flipRadians(this);
        }
        return flips;
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

    /** Every column of m, and its constant, times a matrix by rows. */
    static void rotate(double[] m, double[] r) {
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
