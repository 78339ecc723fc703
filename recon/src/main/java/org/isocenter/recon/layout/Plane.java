package org.isocenter.recon.layout;

import java.util.List;
import org.isocenter.model.EncodingCounters;

/** An array whose axes are known: where a readout lies in it. */
final class Plane {
    private final ComplexArray array;
    private final Layout layout;

    /** @param array as many axes as the layout */
    Plane(ComplexArray array, Layout layout) {
        this.array = array;
        this.layout = layout;
    }

    /** How many there are along an axis; 1 for one that the array does not have. */
    int extent(Axis axis) {
        int at = layout.axes().indexOf(axis);
        return at < 0 ? 1 : array.shape()[at];
    }

    private int stride(Axis axis) {
        int at = layout.axes().indexOf(axis);
        return at < 0 ? 0 : array.strides()[at];
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

    /** Takes out one readout: sample fastest, then channel. */
    void readout(EncodingCounters counters, float[] real, float[] imaginary) {
        int start = start(counters);
        int samples = extent(Axis.X);
        int channels = extent(Axis.CHANNEL);
        int step = stride(Axis.X);
        int channelStep = stride(Axis.CHANNEL);
        for (int channel = 0; channel < channels; channel++) {
            run(array.real(), start + channel * channelStep, step, real, channel * samples, samples);
            run(array.imaginary(), start + channel * channelStep, step, imaginary, channel * samples, samples);
        }
    }

    private static void run(float[] from, int start, int step, float[] to, int at, int count) {
        if (step == 1) {
            System.arraycopy(from, start, to, at, count);
            return;
        }
        for (int i = 0; i < count; i++) {
            to[at + i] = from[start + i * step];
        }
    }

    /** Takes out a readout's positions: sample fastest, then direction. */
    void directions(EncodingCounters counters, float[] positions) {
        int start = start(counters);
        int samples = extent(Axis.X);
        for (int i = 0; i < positions.length; i++) {
            positions[i] = array.real()[start + i % samples * stride(Axis.X) + i / samples * stride(Axis.DIRECTION)];
        }
    }

    /** Those of these axes that have more than one element, in the array's order. */
    List<Axis> order(List<Axis> wanted) {
        return layout.axes().stream()
                .filter(axis -> wanted.contains(axis) && extent(axis) > 1)
                .toList();
    }

    /** Whether a readout was measured: where nothing was, arrays hold zeros. */
    static boolean isMeasured(float[] real, float[] imaginary) {
        for (int i = 0; i < real.length; i++) {
            if (real[i] != 0 || imaginary[i] != 0) {
                return true;
            }
        }
        return false;
    }
}
