package org.isocenter.recon.layout;

/** Complex numbers one after the other: in memory, or in a file. Any thread. */
interface Numbers {
    int count();

    /** Copies {@code count} of them, {@code step} apart, to {@code at} and the places after it. */
    void copy(int first, int step, int count, float[] real, float[] imaginary, int at);

    /** Whether all of {@code count} numbers, {@code step} apart, are zero. */
    boolean areZero(int first, int step, int count);
}
