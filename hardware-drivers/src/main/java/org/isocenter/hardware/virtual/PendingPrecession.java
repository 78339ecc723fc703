package org.isocenter.hardware.virtual;

/**
 * Free precession that a block of spins has still to do: it is put off until a pulse turns the block or its signal is
 * received, so blocks outside the slice of the moment cost nothing.
 *
 * <p>It also knows when a block's transverse magnetisation may be forgotten: when it has decayed, and when it was dephased
 * and the sequence has gone on to pulses that do not turn this block, that is, to another slice, or is a plain gradient-echo
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
    /** Whether the block has transverse magnetisation. */
    boolean transverse;

    private double sincePulseX;
    private double sincePulseY;
    private double sincePulseZ;
    private double sincePulseSeconds;

    void add(double qx, double qy, double qz, double dt, double t2Seconds) {
        seconds += dt;
        if (!transverse) {
            return;
        }
        turnsX += qx;
        turnsY += qy;
        turnsZ += qz;
        sincePulseX += qx;
        sincePulseY += qy;
        sincePulseZ += qz;
        sincePulseSeconds += dt;
        if (sincePulseSeconds > DECAY_TIMES * t2Seconds) {
            transverse = false;
        }
    }

    /** Forgets transverse magnetisation that is dephased. */
    void forgetDephased() {
        double squared = sincePulseX * sincePulseX + sincePulseY * sincePulseY + sincePulseZ * sincePulseZ;
        if (squared > DEPHASED_TURNS_PER_METER * DEPHASED_TURNS_PER_METER) {
            transverse = false;
        }
    }

    /** The block has been turned. */
    void pulseTurned() {
        transverse = true;
        sincePulseX = 0;
        sincePulseY = 0;
        sincePulseZ = 0;
        sincePulseSeconds = 0;
    }

    /** What was put off has been done. */
    void clear() {
        turnsX = 0;
        turnsY = 0;
        turnsZ = 0;
        seconds = 0;
    }
}
