package org.isocenter.recon.layout;

import java.util.Arrays;
import java.util.List;
import org.isocenter.model.EncodingCounters;

/** An array whose axes are known: where a readout lies in it. */
final class Plane {
    private final Numbers numbers;
    private final Layout layout;
    private final int[] extents = new int[Axis.values().length];
    private final int[] strides = new int[extents.length];

    /** @param array as many axes as the layout */
    Plane(ComplexArray array, Layout layout) {
        this.numbers = array.numbers();
        this.layout = layout;
        Arrays.fill(extents, 1);
        for (int i = 0; i < layout.axes().size(); i++) {
            int axis = layout.axes().get(i).ordinal();
            extents[axis] = array.shape()[i];
            strides[axis] = array.strides()[i];
        }
    }

    /** How many there are along an axis; 1 for one that the array does not have. */
    int extent(Axis axis) {
        return extents[axis.ordinal()];
    }

    private int stride(Axis axis) {
        return strides[axis.ordinal()];
    }

    private int start(EncodingCounters c) {
        return c.step1() * stride(Axis.Y)
                + c.step2() * stride(Axis.Z)
                + c.slice() * stride(Axis.SLICE)
                + c.contrast() * stride(Axis.CONTRAST)
                + c.repetition() * stride(Axis.REPETITION)
                + c.average() * stride(Axis.AVERAGE)
                + c.phase() * stride(Axis.PHASE)
                + c.set() * stride(Axis.SET);
    }

    /**
     * Takes out values of one readout, sample fastest, then channel: {@code count} from {@code from} on, to the
     * places from {@code at} on.
     */
    void copy(EncodingCounters counters, int from, int count, float[] real, float[] imaginary, int at) {
        int start = start(counters);
        int samples = extent(Axis.X);
        for (int done = 0; done < count; ) {
            int channel = (from + done) / samples;
            int sample = (from + done) % samples;
            int run = Math.min(samples - sample, count - done);
            int first = start + channel * stride(Axis.CHANNEL) + sample * stride(Axis.X);
            numbers.copy(first, stride(Axis.X), run, real, imaginary, at + done);
            done += run;
        }
    }

    /** Whether a readout was measured: where nothing was, arrays hold zeros. */
    boolean isMeasured(EncodingCounters counters) {
        int start = start(counters);
        for (int channel = 0; channel < extent(Axis.CHANNEL); channel++) {
            int first = start + channel * stride(Axis.CHANNEL);
            if (!numbers.areZero(first, stride(Axis.X), extent(Axis.X))) {
                return true;
            }
        }
        return false;
    }

    /** Takes out a readout's positions: sample fastest, then direction. */
    void directions(EncodingCounters counters, float[] positions) {
        int samples = extent(Axis.X);
        float[] unused = new float[positions.length];
        for (int direction = 0; direction < positions.length / samples; direction++) {
            int first = start(counters) + direction * stride(Axis.DIRECTION);
            numbers.copy(first, stride(Axis.X), samples, positions, unused, direction * samples);
        }
    }

    /** Those of these axes that have more than one element, in the array's order. */
    List<Axis> order(List<Axis> wanted) {
        return layout.axes().stream()
                .filter(axis -> wanted.contains(axis) && extent(axis) > 1)
                .toList();
    }
}
