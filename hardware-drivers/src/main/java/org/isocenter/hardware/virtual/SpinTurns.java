package org.isocenter.hardware.virtual;

/**
 * By how much each spin of a block turns, from sums over gradients and time: made ready for single precision by going from
 * the block's centre, where the turn is worked out in double precision. Linear and quadratic in the place, linear in the
 * offset. Filled anew again and again; one thread.
 */
final class SpinTurns {
    /** The centre: metres and Hz. */
    float x;

    float y;
    float z;
    float offsetHertz;
    /** Turns at the centre, less whole ones. */
    float turns;

    float perMeterX;
    float perMeterY;
    float perMeterZ;
    float seconds;
    /** Turns per square metre about the centre, as the others below. */
    float xx;

    float yy;
    float zz;
    float xy;
    float xz;
    float yz;

    /** What the block has put off. */
    void set(SpinBlock block, PendingPrecession pending) {
        double turns =
                setLinear(block, pending.turnsX, pending.turnsY, pending.turnsZ, pending.seconds, pending.commonTurns);
        if (pending.quadratic != null) {
            turns += setQuadratic(pending.quadratic, 0);
        }
        this.turns = (float) (turns - Math.rint(turns));
    }

    /** @param coefficient of x, y, z, offset and perhaps x², y², z², xy, xz, yz */
    void set(SpinBlock block, double[] coefficient) {
        double turns = setLinear(block, coefficient[0], coefficient[1], coefficient[2], coefficient[3], 0);
        if (coefficient.length > 4) {
            turns += setQuadratic(coefficient, 4);
        }
        this.turns = (float) (turns - Math.rint(turns));
    }

    private double setLinear(SpinBlock block, double qx, double qy, double qz, double s, double common) {
        double[] centre = block.centre(4);
        x = (float) centre[0];
        y = (float) centre[1];
        z = (float) centre[2];
        offsetHertz = (float) centre[3];
        perMeterX = (float) qx;
        perMeterY = (float) qy;
        perMeterZ = (float) qz;
        seconds = (float) s;
        bend(0, 0, 0, 0, 0, 0);
        return common + qx * x + qy * y + qz * z + s * offsetHertz;
    }

    /** The quadratic form about the centre: its value there, its slope, itself. */
    private double setQuadratic(double[] c, int from) {
        bend(c[from], c[from + 1], c[from + 2], c[from + 3], c[from + 4], c[from + 5]);
        double slopeX = 2 * c[from] * x + c[from + 3] * y + c[from + 4] * z;
        double slopeY = 2 * c[from + 1] * y + c[from + 3] * x + c[from + 5] * z;
        double slopeZ = 2 * c[from + 2] * z + c[from + 4] * x + c[from + 5] * y;
        perMeterX += (float) slopeX;
        perMeterY += (float) slopeY;
        perMeterZ += (float) slopeZ;
        return 0.5 * (slopeX * x + slopeY * y + slopeZ * z);
    }

    private void bend(double cxx, double cyy, double czz, double cxy, double cxz, double cyz) {
        xx = (float) cxx;
        yy = (float) cyy;
        zz = (float) czz;
        xy = (float) cxy;
        xz = (float) cxz;
        yz = (float) cyz;
    }

    boolean isBent() {
        return xx != 0 || yy != 0 || zz != 0 || xy != 0 || xz != 0 || yz != 0;
    }
}
