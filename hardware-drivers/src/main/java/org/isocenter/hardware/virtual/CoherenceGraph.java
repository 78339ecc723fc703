package org.isocenter.hardware.virtual;

import java.util.Arrays;
import org.isocenter.hardware.virtual.phantom.Material;

/**
 * What the spins of a block do not know. They stand still, so they lose nothing by diffusion; and in sequences that are
 * ideally spoiled ({@link FreeDecayReadouts}) they forget dephased magnetisation that in nature comes back. Both depend on
 * the ways that magnetisation goes: transverse or stored, excited or refocused, by each pulse in part. So a block's coherences
 * are followed as an extended phase graph in three dimensions (Weigel, J Magn Reson Imaging 41:266, 2015) twice over: as they
 * are, with diffusion and all their history, and as the spins have them. What the spins forgot and a pulse finds in phase is given
 * back to them, to each by its flip angle ({@link FlipNodes}); what is received is corrected by the ratio of the two, for what is in
 * focus, and keeps the spins' phase. One thread.
 */
final class CoherenceGraph {
    /** What is further from the centre of k-space than half the readout, and than this, is out of focus. */
    private static final double FOCUS_TURNS_PER_METER = 50;

    /** Where the spins have nearly nothing, the ratio says little. */
    private static final double LARGEST_CORRECTION = 3;

    /** Sine of flip angles below which there is nothing to speak of. */
    private static final double LEAST_EXCITED = 3e-3;

    private static final double LEAST_MISSING = 1e-6;

    private static final double FOUR_PI_SQUARED = 4 * Math.PI * Math.PI;

    private final double r1;
    private final double r2;
    private final double diffusion;
    private final Coherences now = new Coherences();
    private Coherences room;
    private GradientPath since = new GradientPath();

    /**
     * In equilibrium, at one node.
     *
     * @param room to work in, of the same thread; graphs may share it
     */
    CoherenceGraph(Material material, Coherences room) {
        r1 = 1 / material.t1Seconds();
        r2 = 1 / material.t2Seconds();
        diffusion = FOUR_PI_SQUARED * material.diffusionSquareMetersPerSecond();
        this.room = room;
        now.clear(1);
        now.along[0][0] = 1;
        now.along[0][2] = 1;
    }

    /** In another thread, say. */
    void workIn(Coherences newRoom) {
        room = newRoom;
    }

    /** Goes on at other nodes: {@code mix[node][node until now]}. */
    void mix(double[][] mix) {
        now.mix(mix);
    }

    /** Time goes on under gradients. */
    void add(GradientPath path) {
        since.append(path);
    }

    /** The spins forget their transverse magnetisation. */
    void forgetTransverse() {
        for (int at = 0; at < now.count; at++) {
            for (int v = 2; v < 4 * now.nodes; v += 4) {
                Arrays.fill(now.plus[at], v, v + 2, 0);
                Arrays.fill(now.minus[at], v, v + 2, 0);
            }
        }
    }

    /** The block is turned by a pulse that only tells in what is stored: what it excites is never seen. */
    void pulseUnseen(Pulse pulse, double[] flipRadians) {
        since.append(pulse.pathBefore());
        advance();
        for (int at = 0; at < now.count; at++) {
            for (int v = 0; v < 4 * now.nodes; v++) {
                now.along[at][v] *= Math.cos(flipRadians[v / 4]);
            }
        }
        since.append(pulse.pathAfter());
    }

    /**
     * The block is turned in the centre of the pulse.
     *
     * @param flipRadians of the block's spins, by node
     * @param phaseRadians of B1
     */
    void pulse(Pulse pulse, double[] flipRadians, double phaseRadians) {
        since.append(pulse.pathBefore());
        advance();
        double cos1 = Math.cos(phaseRadians);
        double sin1 = Math.sin(phaseRadians);
        double cos2 = cos1 * cos1 - sin1 * sin1;
        double sin2 = 2 * sin1 * cos1;
        for (int node = 0; node < now.nodes; node++) {
            double c = 0.5 * (1 + Math.cos(flipRadians[node]));
            double s = 1 - c;
            double sin = Math.sin(flipRadians[node]);
            for (int at = 0; at < now.count; at++) {
                double[] up = now.plus[at];
                double[] down = now.minus[at];
                double[] along = now.along[at];
                for (int h = 4 * node; h < 4 * node + 4; h += 2) {
                    double ur = up[h];
                    double ui = up[h + 1];
                    double dr = down[h];
                    double di = down[h + 1];
                    double zr = along[h];
                    double zi = along[h + 1];
                    up[h] = c * ur + s * (cos2 * dr - sin2 * di) + sin * (sin1 * zr + cos1 * zi);
                    up[h + 1] = c * ui + s * (cos2 * di + sin2 * dr) + sin * (sin1 * zi - cos1 * zr);
                    down[h] = c * dr + s * (cos2 * ur + sin2 * ui) + sin * (sin1 * zr - cos1 * zi);
                    down[h + 1] = c * di + s * (cos2 * ui - sin2 * ur) + sin * (sin1 * zi + cos1 * zr);
                    along[h] = (c - s) * zr - 0.5 * sin * (sin1 * (ur + dr) - cos1 * (ui - di));
                    along[h + 1] = (c - s) * zi - 0.5 * sin * (sin1 * (ui + di) + cos1 * (ur - dr));
                }
            }
        }
        since.append(pulse.pathAfter());
    }

    /**
     * Right after a pulse: how much more stored magnetisation the spins should have had before it, so that all that is in phase in
     * its centre would be theirs. From now on they are taken to have it.
     *
     * @param flipRadians of that pulse, by node
     * @param phaseRadians of its B1
     * @return {re, im} by node, in units of the equilibrium; imaginary is what becomes transverse along B1. Null when nothing is
     *     missing
     */
    double[][] missing(double[] flipRadians, double phaseRadians) {
        double[][] missing = new double[2][now.nodes];
        double[] value = now.plus[0];
        double most = 0;
        double cos = Math.cos(phaseRadians);
        double sin = Math.sin(phaseRadians);
        for (int node = 0; node < now.nodes; node++) {
            double re = value[4 * node] - value[4 * node + 2];
            double im = value[4 * node + 1] - value[4 * node + 3];
            double excited = Math.sin(flipRadians[node]);
            double perExcited = excited / (excited * excited + LEAST_EXCITED * LEAST_EXCITED);
            missing[0][node] = perExcited * (sin * re - cos * im);
            missing[1][node] = perExcited * (cos * re + sin * im);
            most = Math.max(most, Math.abs(re) + Math.abs(im));
        }
        if (most < LEAST_MISSING) {
            return null;
        }
        for (int v = 0; v < 4 * now.nodes; v += 4) {
            System.arraycopy(value, v, value, v + 2, 2);
            System.arraycopy(now.minus[0], v, now.minus[0], v + 2, 2);
        }
        return missing;
    }

    /** Relaxes, dephases and diffuses along the path since the last pulse. */
    private void advance() {
        double seconds = since.seconds();
        double e1 = Math.exp(-seconds * r1);
        double e2 = Math.exp(-seconds * r2);
        double[] scale = new double[2];
        Coherences next = room;
        next.clear(now.nodes);
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
        for (int h = 0; h < 4 * now.nodes; h += 2) {
            next.along[0][h] += 1 - e1;
            next.minus[0][h] = next.plus[0][h];
            next.minus[0][h + 1] = -next.plus[0][h + 1];
        }
        now.takeStrongest(next);
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
                if (amplitude(value) > Coherences.WEAKEST) {
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
                if (!(amplitude(v) > Coherences.WEAKEST)) {
                    continue; // it may be nearer than the nearest strong one: its weight would know no bounds
                }
                int sign = 1 - 2 * half;
                double distance = distances[2 * at + half];
                double weight = Math.exp((nearest * nearest - distance * distance) / (focus * focus));
                double loss = Math.exp(-diffusion * since.squareFrom(sign * k[0], sign * k[1], sign * k[2]));
                for (int h = 0; h < v.length; h += 4) {
                    re += weight * loss * (v[h] * v[h + 2] + v[h + 1] * v[h + 3]);
                    im += weight * loss * sign * (v[h + 1] * v[h + 2] - v[h] * v[h + 3]);
                    square += weight * (v[h + 2] * v[h + 2] + v[h + 3] * v[h + 3]);
                }
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
                double magnitude = left * amplitude(half == 0 ? now.plus[at] : now.minus[at]);
                int sign = 1 - 2 * half;
                if (magnitude > Coherences.WEAKEST) {
                    visitor.at(sign * k[0] + since.x(), sign * k[1] + since.y(), sign * k[2] + since.z(), magnitude);
                }
            }
        }
    }

    /** As the spins have it, over the nodes. */
    private static double amplitude(double[] value) {
        double square = 0;
        for (int h = 2; h < value.length; h += 4) {
            square += value[h] * value[h] + value[h + 1] * value[h + 1];
        }
        return Math.sqrt(4 * square / value.length);
    }

    private double distance(Window window, double[] k, int sign) {
        return window.nearestToCentre(sign * k[0] + since.x(), sign * k[1] + since.y(), sign * k[2] + since.z());
    }
}
