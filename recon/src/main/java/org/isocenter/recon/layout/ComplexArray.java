package org.isocenter.recon.layout;

import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Complex numbers on a grid as a file has them. Immutable; any thread. */
public final class ComplexArray {
    /** More axes than anyone uses; BART has 16. */
    static final int MOST_AXES = 32;

    private final int[] shape;
    private final int[] strides;
    private final Numbers numbers;

    private ComplexArray(int[] shape, int[] strides, Numbers numbers) {
        this.shape = shape;
        this.strides = strides;
        this.numbers = numbers;
    }

    /** Axes as in BART and MATLAB: the first fastest. */
    static ComplexArray firstFastest(int[] shape, Numbers numbers) {
        int[] strides = new int[shape.length];
        int stride = 1;
        for (int axis = 0; axis < shape.length; axis++) {
            strides[axis] = stride;
            stride *= shape[axis];
        }
        return new ComplexArray(shape, strides, numbers);
    }

    /** Axes as in C and NumPy: the last fastest. */
    static ComplexArray lastFastest(int[] shape, Numbers numbers) {
        int[] strides = new int[shape.length];
        int stride = 1;
        for (int axis = shape.length - 1; axis >= 0; axis--) {
            strides[axis] = stride;
            stride *= shape[axis];
        }
        return new ComplexArray(shape, strides, numbers);
    }

    /** Extent of each axis, in the order in which whoever wrote the file names them. */
    public int[] shape() {
        return shape.clone();
    }

    /** How far neighbours along each axis lie apart. */
    public int[] strides() {
        return strides.clone();
    }

    Numbers numbers() {
        return numbers;
    }

    /** A copy of all real parts, in the order in which they are stored. */
    public float[] real() {
        return copy()[0];
    }

    /** A copy of all imaginary parts, in the order in which they are stored. */
    public float[] imaginary() {
        return copy()[1];
    }

    private float[][] copy() {
        float[][] parts = new float[2][numbers.count()];
        numbers.copy(0, 1, numbers.count(), parts[0], parts[1], 0);
        return parts;
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

    /** Whether any number has an imaginary part. */
    boolean isComplex() {
        for (float part : imaginary()) {
            if (part != 0) {
                return true;
            }
        }
        return false;
    }

    /** Real numbers with one axis more, the last one: the real and the imaginary parts. */
    ComplexArray partsAsAxis() {
        float[][] parts = copy();
        int count = parts[0].length;
        float[] both = Arrays.copyOf(parts[0], Math.multiplyExact(2, count));
        System.arraycopy(parts[1], 0, both, count, count);
        int[] newShape = Arrays.copyOf(shape, shape.length + 1);
        int[] newStrides = Arrays.copyOf(strides, shape.length + 1);
        newShape[shape.length] = 2;
        newStrides[shape.length] = count;
        return new ComplexArray(newShape, newStrides, new PlanarNumbers(both, new float[2 * count]));
    }

    /** Without axes of one element. */
    ComplexArray squeezed() {
        int[] kept = IntStream.range(0, shape.length)
                .filter(axis -> shape[axis] != 1)
                .toArray();
        return new ComplexArray(
                Arrays.stream(kept).map(axis -> shape[axis]).toArray(),
                Arrays.stream(kept).map(axis -> strides[axis]).toArray(),
                numbers);
    }
}
