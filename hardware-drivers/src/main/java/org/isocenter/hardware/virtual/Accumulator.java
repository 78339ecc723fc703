package org.isocenter.hardware.virtual;

/** Complex sums. */
final class Accumulator {
    final float[] re;
    final float[] im;

    Accumulator(int length) {
        re = new float[length];
        im = new float[length];
    }

    void add(Accumulator other) {
        float[] r = re;
        float[] i = im;
        float[] otherR = other.re;
        float[] otherI = other.im;
        for (int n = 0; n < r.length; n++) {
            r[n] += otherR[n];
        }
        for (int n = 0; n < i.length; n++) {
            i[n] += otherI[n];
        }
    }
}
