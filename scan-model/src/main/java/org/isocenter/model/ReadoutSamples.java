package org.isocenter.model;

/**
 * The complex values of one ADC window, planar: in memory, or in a file from which they are read when somebody asks for them. Any
 * thread; what is handed out must not be changed.
 */
public interface ReadoutSamples {
    /** How many, of all channels together. */
    int count();

    /** All real parts. */
    float[] real();

    /** All imaginary parts. */
    float[] imaginary();

    /** Copies {@code count} values from {@code from} on to the places from {@code at} on, without the work for all the others. */
    void copy(int from, int count, float[] toReal, float[] toImaginary, int at);

    /** Values in memory, which are not copied. */
    static ReadoutSamples of(float[] real, float[] imaginary) {
        return new SamplesInMemory(real, imaginary);
    }
}
