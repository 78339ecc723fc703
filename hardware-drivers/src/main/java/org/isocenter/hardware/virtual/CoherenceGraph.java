package org.isocenter.hardware.virtual;

import java.util.Arrays;
import org.isocenter.hardware.virtual.phantom.Material;

/**
 * What the spins of a block do not know. They stand still, so they lose nothing by diffusion; and in sequences that are
 * ideally spoiled ({@link FreeDecayReadouts}) they forget dephased magnetisation that in nature comes back. Both depend on
 * the ways that magnetisation goes: transverse or stored, excited or refocused, by each pulse in part. So a block's coherences
 * are followed as an extended phase graph in three dimensions (Weigel, J Magn Reson Imaging 41:266, 2015) twice over: as they
 * are, with diffusion and all their history, and as the spins have them. What is received is corrected by the ratio of the
 * two, for what is in focus; the phase stays the spins'. Flip angles are means of the block's. One thread.
 */
final class CoherenceGraph {
    /** Coherences weaker than this share of the equilibrium are left out. */
    private static final double WEAKEST = 1e-4;

    /** So many are followed from one pulse to the next: the strongest. */
    private static final int MOST = 40;

    /** Two that differ by no more than this are one: a twentieth of a turn in a centimetre. */
    private static final double SAME_TURNS_PER_METER = 5;

    /** What is further from the centre of k-space than half the readout, and than this, is out of focus. */
    private static final double FOCUS_TURNS_PER_METER = 50;

    /** Where the spins have nearly nothing, the ratio says little. */
    private static final double LARGEST_CORRECTION = 3;

    private static final double FOUR_PI_SQUARED = 4 * Math.PI * Math.PI;

    private final double r1;
    private final double r2;
    private final double diffusion;
    private Coherences now = new Coherences();
    private Coherences next = new Coherences();
    private GradientPath since = new GradientPath();

    /**
     * Complex amplitudes, each {re, im} as they are, then {re, im} as the spins have them: {@code plus} of transverse magnetisation
     * with the phase gradient k, {@code minus} the conjugate of that with -k, {@code along} of what is stored. The first is
     * not dephased.
     */
    private static final class Coherences {
        private static final int ROOM = 1 + 3 * MOST;
        private int count;
        private final double[][] k = new double[ROOM][3];
        private final double[][] plus = new double[ROOM][4];
        private final double[][] minus = new double[ROOM][4];
        private final double[][] along = new double[ROOM][4];

        private void clear() {
            count = 0;
            append(0, 0, 0);
        }

        private int append(double x, double y, double z) {
            k[count][0] = x;
            k[count][1] = y;
            k[count][2] = z;
            Arrays.fill(plus[count], 0);
            Arrays.fill(minus[count], 0);
            Arrays.fill(along[count], 0);
            return count++;
        }

        private boolean same(int at, double x, double y, double z, int sign) {
            return Math.abs(k[at][0] - sign * x) <= SAME_TURNS_PER_METER
                    && Math.abs(k[at][1] - sign * y) <= SAME_TURNS_PER_METER
                    && Math.abs(k[at][2] - sign * z) <= SAME_TURNS_PER_METER;
        }

        /** Transverse magnetisation with this phase gradient; the search begins where it is likely to be. */
        private void addTransverse(
                double x, double y, double z, double[] value, double conjugate, double[] scale, int likely) {
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

        /** Stored magnetisation, which keeps its phase gradient. */
        private void addStored(double[] gradient, double[] value, double[] scale, int likely) {
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

        private static void accumulate(double[] sum, double[] value, double imaginarySign, double[] scale) {
            sum[0] += scale[0] * value[0];
            sum[1] += scale[0] * imaginarySign * value[1];
            sum[2] += scale[1] * value[2];
            sum[3] += scale[1] * imaginarySign * value[3];
        }

        private double strength(int at) {
            double strength = 0;
            for (int part = 0; part < 4; part++) {
                strength += Math.abs(plus[at][part]) + Math.abs(minus[at][part]) + Math.abs(along[at][part]);
            }
            return 0.5 * strength;
        }

        /** Leaves out the weakest. */
        private void prune() {
            for (int at = count - 1; at > 0; at--) {
                if (strength(at) < WEAKEST) {
                    remove(at);
                }
            }
            while (count > MOST) {
                int weakest = 1;
                for (int at = 2; at < count; at++) {
                    weakest = strength(at) < strength(weakest) ? at : weakest;
                }
                remove(weakest);
            }
        }

        private void remove(int at) {
            count--;
            System.arraycopy(k[count], 0, k[at], 0, 3);
            System.arraycopy(plus[count], 0, plus[at], 0, 4);
            System.arraycopy(minus[count], 0, minus[at], 0, 4);
            System.arraycopy(along[count], 0, along[at], 0, 4);
        }
    }

    /** In equilibrium. */
    CoherenceGraph(Material material) {
        r1 = 1 / material.t1Seconds();
        r2 = 1 / material.t2Seconds();
        diffusion = FOUR_PI_SQUARED * material.diffusionSquareMetersPerSecond();
        now.clear();
        now.along[0][0] = 1;
        now.along[0][2] = 1;
    }

    /** Time goes on under gradients. */
    void add(GradientPath path) {
        since.append(path);
    }

    /** The spins forget their transverse magnetisation. */
    void forgetTransverse() {
        for (int at = 0; at < now.count; at++) {
            Arrays.fill(now.plus[at], 2, 4, 0);
            Arrays.fill(now.minus[at], 2, 4, 0);
        }
    }

    /** The block is turned by a pulse that only tells in what is stored: what it excites is never seen. */
    void pulseUnseen(Pulse pulse, double flipRadians) {
        since.append(pulse.pathBefore());
        advance();
        for (int at = 0; at < now.count; at++) {
            for (int part = 0; part < 4; part++) {
                now.along[at][part] *= Math.cos(flipRadians);
            }
        }
        since.append(pulse.pathAfter());
    }

    /**
     * The block is turned in the centre of the pulse.
     *
     * @param flipRadians of the block's spins, on average
     * @param phaseRadians of B1
     */
    void pulse(Pulse pulse, double flipRadians, double phaseRadians) {
        since.append(pulse.pathBefore());
        advance();
        double c = 0.5 * (1 + Math.cos(flipRadians));
        double s = 1 - c;
        double sin = Math.sin(flipRadians);
        double cos1 = Math.cos(phaseRadians);
        double sin1 = Math.sin(phaseRadians);
        double cos2 = cos1 * cos1 - sin1 * sin1;
        double sin2 = 2 * sin1 * cos1;
        for (int at = 0; at < now.count; at++) {
            for (int h = 0; h < 4; h += 2) {
                double ur = now.plus[at][h];
                double ui = now.plus[at][h + 1];
                double dr = now.minus[at][h];
                double di = now.minus[at][h + 1];
                double zr = now.along[at][h];
                double zi = now.along[at][h + 1];
                now.plus[at][h] = c * ur + s * (cos2 * dr - sin2 * di) + sin * (sin1 * zr + cos1 * zi);
                now.plus[at][h + 1] = c * ui + s * (cos2 * di + sin2 * dr) + sin * (sin1 * zi - cos1 * zr);
                now.minus[at][h] = c * dr + s * (cos2 * ur + sin2 * ui) + sin * (sin1 * zr - cos1 * zi);
                now.minus[at][h + 1] = c * di + s * (cos2 * ui - sin2 * ur) + sin * (sin1 * zi + cos1 * zr);
                now.along[at][h] = (c - s) * zr - 0.5 * sin * (sin1 * (ur + dr) - cos1 * (ui - di));
                now.along[at][h + 1] = (c - s) * zi - 0.5 * sin * (sin1 * (ui + di) + cos1 * (ur - dr));
            }
        }
        since.append(pulse.pathAfter());
    }

    /** Relaxes, dephases and diffuses along the path since the last pulse. */
    private void advance() {
        double seconds = since.seconds();
        double e1 = Math.exp(-seconds * r1);
        double e2 = Math.exp(-seconds * r2);
        double[] scale = new double[2];
        next.clear();
        for (int at = 0; at < now.count; at++) {
            double[] k = now.k[at];
            scale[1] = e2;
            scale[0] = e2 * Math.exp(-diffusion * since.squareFrom(k[0], k[1], k[2]));
            next.addTransverse(k[0] + since.x(), k[1] + since.y(), k[2] + since.z(), now.plus[at], 1, scale, at + 1);
            if (at > 0) {
                scale[0] = e2 * Math.exp(-diffusion * since.squareFrom(-k[0], -k[1], -k[2]));
                next.addTransverse(since.x() - k[0], since.y() - k[1], since.z() - k[2], now.minus[at], -1, scale, at);
            }
            scale[1] = e1;
            scale[0] = e1 * Math.exp(-diffusion * (k[0] * k[0] + k[1] * k[1] + k[2] * k[2]) * seconds);
            next.addStored(k, now.along[at], scale, at + 1);
        }
        next.along[0][0] += 1 - e1;
        next.along[0][2] += 1 - e1;
        for (int h = 0; h < 4; h += 2) {
            next.minus[0][h] = next.plus[0][h];
            next.minus[0][h + 1] = -next.plus[0][h + 1];
        }
        next.prune();
        Coherences old = now;
        now = next;
        next = old;
        since = new GradientPath();
    }

    /** By what this window's signal from the spins is to be multiplied; the window's reference moment is now. */
    double correction(Window window) {
        double focus = Math.max(FOCUS_TURNS_PER_METER, 0.5 * window.extentPerMeter());
        double nearest = Double.POSITIVE_INFINITY;
        double[] distances = new double[2 * now.count];
        for (int at = 0; at < now.count; at++) {
            for (int half = 0; half < (at == 0 ? 1 : 2); half++) {
                double[] value = half == 0 ? now.plus[at] : now.minus[at];
                distances[2 * at + half] = distance(window, now.k[at], 1 - 2 * half);
                if (amplitude(value, 2) > WEAKEST) {
                    nearest = Math.min(nearest, distances[2 * at + half]);
                }
            }
        }
        double re = 0;
        double im = 0;
        double square = 0;
        for (int at = 0; at < now.count; at++) {
            double[] k = now.k[at];
            for (int half = 0; half < (at == 0 ? 1 : 2); half++) {
                double[] v = half == 0 ? now.plus[at] : now.minus[at];
                if (!(amplitude(v, 2) > WEAKEST)) {
                    continue; // it may be nearer than the nearest strong one: its weight would know no bounds
                }
                int sign = 1 - 2 * half;
                double distance = distances[2 * at + half];
                double weight = Math.exp((nearest * nearest - distance * distance) / (focus * focus));
                double loss = Math.exp(-diffusion * since.squareFrom(sign * k[0], sign * k[1], sign * k[2]));
                re += weight * loss * (v[0] * v[2] + v[1] * v[3]);
                im += weight * loss * sign * (v[1] * v[2] - v[0] * v[3]);
                square += weight * (v[2] * v[2] + v[3] * v[3]);
            }
        }
        if (!(square > 0)) {
            return 1;
        }
        return Math.copySign(Math.min(LARGEST_CORRECTION, Math.hypot(re, im) / square), re);
    }

    /** Is shown coherences. */
    interface Visitor {
        /**
         * @param x phase gradient in turns per metre, as {@code y} and {@code z}
         * @param magnitude as a share of the equilibrium
         */
        void at(double x, double y, double z, double magnitude);
    }

    /** All transverse coherences as the spins have them now. */
    void eachTransverse(Visitor visitor) {
        double left = Math.exp(-r2 * since.seconds());
        for (int at = 0; at < now.count; at++) {
            double[] k = now.k[at];
            for (int half = 0; half < (at == 0 ? 1 : 2); half++) {
                double magnitude = left * amplitude(half == 0 ? now.plus[at] : now.minus[at], 2);
                int sign = 1 - 2 * half;
                if (magnitude > WEAKEST) {
                    visitor.at(sign * k[0] + since.x(), sign * k[1] + since.y(), sign * k[2] + since.z(), magnitude);
                }
            }
        }
    }

    private static double amplitude(double[] value, int h) {
        return Math.hypot(value[h], value[h + 1]);
    }

    private double distance(Window window, double[] k, int sign) {
        return window.nearestToCentre(sign * k[0] + since.x(), sign * k[1] + since.y(), sign * k[2] + since.z());
    }
}
