package org.isocenter.recon.layout;

import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Complex numbers on a grid as a file has them, planar. The arrays are not copied and must not be changed.
 *
 * @param shape extent of each axis, in the order in which whoever wrote the file names them
 * @param strides how far neighbours along each axis lie apart in the arrays
 */
public record ComplexArray(int[] shape, int[] strides, float[] real, float[] imaginary) {
    /** More axes than anyone uses; BART has 16. */
    static final int MOST_AXES = 32;

    /** Axes as in BART and MATLAB: the first fastest. */
    public static ComplexArray firstFastest(int[] shape, float[] real, float[] imaginary) {
        int[] strides = new int[shape.length];
        int stride = 1;
        for (int axis = 0; axis < shape.length; axis++) {
            strides[axis] = stride;
            stride *= shape[axis];
        }
        return new ComplexArray(shape, strides, real, imaginary);
    }

    /** Axes as in C and NumPy: the last fastest. */
    public static ComplexArray lastFastest(int[] shape, float[] real, float[] imaginary) {
        int[] strides = new int[shape.length];
        int stride = 1;
        for (int axis = shape.length - 1; axis >= 0; axis--) {
            strides[axis] = stride;
            stride *= shape[axis];
        }
        return new ComplexArray(shape, strides, real, imaginary);
    }

    /** The number of elements of this shape, or -1 for more than an array can hold. */
    static long elements(long[] shape) {
        long count = 1;
        for (long extent : shape) {
            if (extent < 0 || extent > 0 && count > (Integer.MAX_VALUE - 8) / extent) {
                return -1;
            }
            count *= extent;
        }
        return count;
    }

    /** "8×230×180". */
    public String shapeText() {
        return text(Arrays.stream(shape).asLongStream().toArray());
    }

    static String text(long[] shape) {
        return shape.length == 0
                ? "a single number"
                : Arrays.stream(shape).mapToObj(Long::toString).collect(Collectors.joining("×"));
    }

    /** Without axes of one element. */
    ComplexArray squeezed() {
        int[] kept = IntStream.range(0, shape.length)
                .filter(axis -> shape[axis] != 1)
                .toArray();
        return new ComplexArray(
                Arrays.stream(kept).map(axis -> shape[axis]).toArray(),
                Arrays.stream(kept).map(axis -> strides[axis]).toArray(),
                real,
                imaginary);
    }
}
