package org.isocenter.hardware.marcos.server;

import java.util.Arrays;

/** Complex samples of one receiver as 32-bit integers, in their order. One thread. */
final class SampleQueue {
    private int[] real = new int[256];
    private int[] imaginary = new int[256];
    private int from;
    private int to;

    int size() {
        return to - from;
    }

    void add(int re, int im, int count) {
        reserve(count);
        Arrays.fill(real, to, to + count, re);
        Arrays.fill(imaginary, to, to + count, im);
        to += count;
    }

    /** Some of another's, as far as it has them. */
    void addAll(SampleQueue other, int start, int count) {
        int part = Math.max(0, Math.min(count, other.size() - start));
        reserve(part);
        System.arraycopy(other.real, other.from + start, real, to, part);
        System.arraycopy(other.imaginary, other.from + start, imaginary, to, part);
        to += part;
    }

    private void reserve(int count) {
        if (to + count <= real.length) {
            return;
        }
        int size = size();
        int larger = Math.max(size + count, 2 * size);
        real = moved(real, larger);
        imaginary = moved(imaginary, larger);
        from = 0;
        to = size;
    }

    private int[] moved(int[] array, int length) {
        int[] other = new int[length];
        System.arraycopy(array, from, other, 0, size());
        return other;
    }

    /** Makes samples so strong that the largest is this many times what fits, and cuts them off there. */
    void overdrive(int start, int end, double times) {
        long largest = 1;
        for (int i = from + start; i < from + end; i++) {
            largest = Math.max(largest, Math.max(Math.abs((long) real[i]), Math.abs((long) imaginary[i])));
        }
        double factor = times * Integer.MAX_VALUE / largest;
        for (int i = from + start; i < from + end; i++) {
            real[i] = (int) (real[i] * factor);
            imaginary[i] = (int) (imaginary[i] * factor);
        }
    }

    int real(int index) {
        return real[from + index];
    }

    int imaginary(int index) {
        return imaginary[from + index];
    }

    /** Takes the first ones out. */
    SampleQueue take(int count) {
        SampleQueue taken = new SampleQueue();
        taken.reserve(count);
        System.arraycopy(real, from, taken.real, 0, count);
        System.arraycopy(imaginary, from, taken.imaginary, 0, count);
        taken.to = count;
        from += count;
        return taken;
    }

    /** Leaves out the first ones. */
    void remove(int count) {
        from += count;
    }

    void clear() {
        from = 0;
        to = 0;
    }
}
