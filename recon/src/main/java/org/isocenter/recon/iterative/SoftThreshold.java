package org.isocenter.recon.iterative;

/** Makes complex values smaller by a threshold, and zero where they are no larger; their phases stay. */
final class SoftThreshold {
    private SoftThreshold() {}

    /** @param threshold above 0 */
    static void shrink(float threshold, float[] real, float[] imaginary, int start, int end) {
        for (int i = start; i < end; i++) {
            float size = (float) Math.sqrt(real[i] * real[i] + imaginary[i] * imaginary[i]);
            // A size of 0 gives minus infinity, which is no more than 0 either.
            float factor = Math.max(0, 1 - threshold / size);
            real[i] *= factor;
            imaginary[i] *= factor;
        }
    }
}
