package org.isocenter.hardware.virtual;

/** Cosine and sine of turns within half a turn either way, as loops that run in vector registers. */
final class TurnFunctions {
    /** Adding and taking off this rounds a float to a whole number. */
    static final float ROUNDER = 12582912f;

    /** The same for a double. */
    static final double DOUBLE_ROUNDER = 6755399441055744.0;

    private TurnFunctions() {}

    /** A Chebyshev fit; error 4e-7 in float. */
    static void sines(int count, float[] turns, float[] sine) {
        for (int i = 0; i < count; i++) {
            float t = turns[i];
            float q = t * t;
            float p = 3.2381375f * q - 14.89985f;
            p = p * q + 42.025925f;
            p = p * q - 76.70301f;
            p = p * q + 81.60513f;
            p = p * q - 41.3417f;
            p = p * q + 6.2831855f;
            sine[i] = p * t;
        }
    }

    /** A Chebyshev fit; error 4e-7 in float. */
    static void cosines(int count, float[] turns, float[] cosine) {
        for (int i = 0; i < count; i++) {
            float t = turns[i];
            float q = t * t;
            float p = 6.528658f * q - 25.9676f;
            p = p * q + 60.16763f;
            p = p * q - 85.45014f;
            p = p * q + 64.93912f;
            p = p * q - 19.739204f;
            cosine[i] = p * q + 1f;
        }
    }
}
