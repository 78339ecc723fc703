package org.isocenter.hardware.virtual;

import org.isocenter.hardware.virtual.phantom.Material;

/**
 * Free precession that a block of spins has still to do: it is put off until a pulse turns the block or its signal is
 * received, so blocks outside the slice of the moment cost nothing.
 *
 * <p>It also knows when a block's transverse magnetisation may be forgotten: when it has decayed, and when it was dephased
 * and the sequence has gone on to pulses that do not turn this block, or to excite another slice, or is a plain gradient-echo
 * sequence ({@link FreeDecayReadouts}). In nature such magnetisation gives no signal; spins at a finite distance could be
 * brought back by chance.
 */
final class PendingPrecession {
    /** e^-10. */
    private static final double DECAY_TIMES = 10;

    /** Two turns in 6 mm. */
    private static final double DEPHASED_TURNS_PER_METER = 300;

    double turnsX;
    double turnsY;
    double turnsZ;
    double seconds;
    double commonTurns;
    /** Turns per square metre of x², y², z², xy, xz, yz; null as long as there were no concomitant fields. */
    double[] quadratic;

    /** Whether the block has transverse magnetisation. */
    boolean transverse;

    /** What the spins do not know; null when they know everything. */
    private CoherenceGraph graph;

    /** The last pulse that excited the block; null before there was one. */
    private Pulse excitation;

    /** From the centre of the last pulse, in turns per metre. */
    private double sincePulseX;

    private double sincePulseY;
    private double sincePulseZ;
    private double sincePulseSeconds;

    /**
     * Before anything else: what these spins are, and whether they will be made to forget what is dephased.
     *
     * @param room this thread's, to follow coherences in
     */
    void follow(Material material, boolean idealSpoiling, Coherences room) {
        if (graph != null) {
            graph.workIn(room);
        } else if (idealSpoiling || material.diffusionSquareMetersPerSecond() > 0) {
            graph = new CoherenceGraph(material, room);
        }
    }

    /** Goes on at other {@link FlipNodes}. */
    void mix(double[][] mix) {
        graph.mix(mix);
    }

    void add(GradientPath path, double t2Seconds) {
        seconds += path.seconds();
        if (graph != null) {
            graph.add(path);
        }
        if (!transverse) {
            return;
        }
        turnsX += path.x();
        turnsY += path.y();
        turnsZ += path.z();
        commonTurns += path.commonTurns();
        addQuadratic(path.quadratic());
        move(path.x(), path.y(), path.z());
        sincePulseSeconds += path.seconds();
        if (sincePulseSeconds > DECAY_TIMES * t2Seconds) {
            forgetTransverse();
        }
    }

    private void addQuadratic(double[] more) {
        if (more == null) {
            return;
        }
        if (quadratic == null) {
            quadratic = new double[GradientField.QUADRATIC];
        }
        for (int k = 0; k < quadratic.length; k++) {
            quadratic[k] += more[k];
        }
    }

    private void move(double qx, double qy, double qz) {
        sincePulseX += qx;
        sincePulseY += qy;
        sincePulseZ += qz;
    }

    /** Forgets transverse magnetisation that is dephased now. */
    void forgetDephased() {
        forgetDephased(0, 0, 0);
    }

    /** Forgets transverse magnetisation that is dephased in the centre of the pulse that begins now. */
    void forgetDephasedAt(Pulse pulse) {
        forgetDephased(
                pulse.pathBefore().x(),
                pulse.pathBefore().y(),
                pulse.pathBefore().z());
    }

    /**
     * Forgets transverse magnetisation that is dephased when this pulse, which acts here too, begins to excite another slice than
     * the one that was excited last.
     */
    void forgetOtherSlice(Pulse pulse) {
        if (excitation != null && pulse.excitesElsewhere(excitation)) {
            forgetDephased();
        }
    }

    private void forgetDephased(double qx, double qy, double qz) {
        double x = sincePulseX + qx;
        double y = sincePulseY + qy;
        double z = sincePulseZ + qz;
        if (x * x + y * y + z * z > DEPHASED_TURNS_PER_METER * DEPHASED_TURNS_PER_METER) {
            forgetTransverse();
        }
    }

    private void forgetTransverse() {
        transverse = false;
        if (graph != null) {
            graph.forgetTransverse();
        }
    }

    /** By what the signal of this window is to be multiplied. */
    double correction(Window window) {
        return graph == null ? 1 : graph.correction(window);
    }

    /** All transverse coherences that the spins have now. */
    void eachTransverse(CoherenceGraph.Visitor visitor) {
        if (transverse) {
            graph.eachTransverse(visitor);
        }
    }

    /**
     * The block has been turned.
     *
     * @param flipRadians of its spins, by node
     * @param phaseRadians of the transmission
     */
    void pulseTurned(Pulse pulse, double[] flipRadians, double phaseRadians) {
        if (graph != null) {
            graph.pulse(pulse, flipRadians, phaseRadians + pulse.axisRadians());
        }
        transverse = true;
        excitation = pulse.excites() ? pulse : excitation;
        sincePulseX = 0;
        sincePulseY = 0;
        sincePulseZ = 0;
        sincePulseSeconds = 0;
        move(pulse.pathAfter().x(), pulse.pathAfter().y(), pulse.pathAfter().z());
    }

    /** Right after a pulse; see {@link CoherenceGraph#missing}. */
    double[][] missing(Pulse pulse, double[] flipRadians, double phaseRadians) {
        return graph.missing(flipRadians, phaseRadians + pulse.axisRadians());
    }

    /** The block has been turned, and what has become transverse by it is forgotten. */
    void pulseTurnedUnseen(Pulse pulse, double[] flipRadians) {
        if (graph != null) {
            graph.pulseUnseen(pulse, flipRadians);
        }
    }

    /** Whether nothing was put off. */
    boolean isEmpty() {
        return seconds == 0 && transverse && turnsX == 0 && turnsY == 0 && turnsZ == 0 && commonTurns == 0;
    }

    /** What was put off has been done. */
    void clear() {
        turnsX = 0;
        turnsY = 0;
        turnsZ = 0;
        seconds = 0;
        commonTurns = 0;
        quadratic = null;
    }
}
