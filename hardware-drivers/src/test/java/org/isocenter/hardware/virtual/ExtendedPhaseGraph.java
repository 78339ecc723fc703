package org.isocenter.hardware.virtual;

/**
 * What ideal pulses leave of evenly dephased magnetisation, by extended phase graphs (Weigel, J Magn Reson Imaging 41:266,
 * 2015, eq. 15-26): the oracle for spin-echo trains. One order of dephasing is half an echo spacing with its crusher.
 */
final class ExtendedPhaseGraph {
    private static final int ORDERS = 128;
    private static final int UP = 0;
    private static final int DOWN = 1;
    private static final int ALONG = 2;

    private final double t1;
    private final double t2;
    /** F+, F- and Z of each order: real parts, imaginary parts. */
    private double[][] re = new double[3][ORDERS];

    private double[][] im = new double[3][ORDERS];

    /** In equilibrium. */
    ExtendedPhaseGraph(double t1, double t2) {
        this.t1 = t1;
        this.t2 = t2;
        re[ALONG][0] = 1;
    }

    ExtendedPhaseGraph pulse(double radians, double phaseRadians) {
        double c = Math.cos(radians / 2) * Math.cos(radians / 2);
        double s = 1 - c;
        double sin = Math.sin(radians);
        double cos1 = Math.cos(phaseRadians);
        double sin1 = Math.sin(phaseRadians);
        double cos2 = Math.cos(2 * phaseRadians);
        double sin2 = Math.sin(2 * phaseRadians);
        for (int k = 0; k < ORDERS; k++) {
            double ur = re[UP][k];
            double ui = im[UP][k];
            double dr = re[DOWN][k];
            double di = im[DOWN][k];
            double zr = re[ALONG][k];
            double zi = im[ALONG][k];
            re[UP][k] = c * ur + s * (cos2 * dr - sin2 * di) + sin * (sin1 * zr + cos1 * zi);
            im[UP][k] = c * ui + s * (cos2 * di + sin2 * dr) + sin * (sin1 * zi - cos1 * zr);
            re[DOWN][k] = c * dr + s * (cos2 * ur + sin2 * ui) + sin * (sin1 * zr - cos1 * zi);
            im[DOWN][k] = c * di + s * (cos2 * ui - sin2 * ur) + sin * (sin1 * zi + cos1 * zr);
            re[ALONG][k] = Math.cos(radians) * zr - 0.5 * sin * (sin1 * (ur + dr) - cos1 * (ui - di));
            im[ALONG][k] = Math.cos(radians) * zi - 0.5 * sin * (sin1 * (ui + di) + cos1 * (ur - dr));
        }
        return this;
    }

    ExtendedPhaseGraph relax(double seconds) {
        double e1 = Math.exp(-seconds / t1);
        double e2 = Math.exp(-seconds / t2);
        for (int k = 0; k < ORDERS; k++) {
            for (int state = 0; state < 3; state++) {
                re[state][k] *= state == ALONG ? e1 : e2;
                im[state][k] *= state == ALONG ? e1 : e2;
            }
        }
        re[ALONG][0] += 1 - e1;
        return this;
    }

    /** Relaxes and dephases by one order. */
    ExtendedPhaseGraph dephase(double seconds) {
        relax(seconds);
        System.arraycopy(re[UP], 0, re[UP], 1, ORDERS - 1);
        System.arraycopy(im[UP], 0, im[UP], 1, ORDERS - 1);
        System.arraycopy(re[DOWN], 1, re[DOWN], 0, ORDERS - 1);
        System.arraycopy(im[DOWN], 1, im[DOWN], 0, ORDERS - 1);
        re[DOWN][ORDERS - 1] = 0;
        im[DOWN][ORDERS - 1] = 0;
        re[UP][0] = re[DOWN][0];
        im[UP][0] = -im[DOWN][0];
        return this;
    }

    /** Ideal: only what is along the field and not dephased stays. */
    ExtendedPhaseGraph spoil() {
        double kept = re[ALONG][0];
        re = new double[3][ORDERS];
        im = new double[3][ORDERS];
        re[ALONG][0] = kept;
        return this;
    }

    double signal() {
        return Math.hypot(re[UP][0], im[UP][0]);
    }
}
