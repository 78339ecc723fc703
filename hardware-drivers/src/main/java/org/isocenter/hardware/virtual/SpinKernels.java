package org.isocenter.hardware.virtual;

/**
 * The inner loops over the spins of a block. Two implementations agree to some 1e-6: {@link PlainKernels}, and one for the
 * vector module when the JVM has it. Each gives the same result whenever and wherever it runs. Nothing is allocated. Holds
 * scratch space: one per thread.
 */
interface SpinKernels {
    /**
     * Turns transverse magnetisation about z.
     *
     * @param scale of the result
     * @param toX may be {@code fromX}, and {@code toY} {@code fromY}
     */
    void turn(SpinBlock block, SpinTurns turns, float scale, float[] fromX, float[] fromY, float[] toX, float[] toY);

    /** Brings longitudinal magnetisation nearer to 1: the difference is multiplied by {@code e1}. */
    void recover(int spins, float[] mz, float e1);

    /** A pulse whose B1 is turned by {@code phaseRadians}: its maps in a frame turned by as much. */
    void transmit(SpinBlock block, AffineMaps maps, double phaseRadians);

    /** In how many arrays one after another the weights of a block's spins come. */
    int parts();

    /**
     * Σ weight·(mx+i·my) for each term, always in the same order.
     *
     * @param weight {@code [term·parts + part][spin]}, zero from the last spin to the part's end
     * @param length spins in each part, a multiple of 16
     */
    void project(int spins, int terms, int length, float[][] weight, float[] mx, float[] my, float[] re, float[] im);
}
