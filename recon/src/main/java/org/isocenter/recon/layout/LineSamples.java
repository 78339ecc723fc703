package org.isocenter.recon.layout;

import java.lang.ref.WeakReference;
import org.isocenter.model.EncodingCounters;
import org.isocenter.model.ReadoutSamples;

/**
 * One readout of an array: taken out of it when somebody asks. All its values stay until memory is collected the next time, so
 * that asking for them again and again is cheap.
 */
final class LineSamples implements ReadoutSamples {
    private record Values(float[] real, float[] imaginary) {}

    private final Plane plane;
    private final EncodingCounters counters;
    private volatile WeakReference<Values> kept = new WeakReference<>(null);

    LineSamples(Plane plane, EncodingCounters counters) {
        this.plane = plane;
        this.counters = counters;
    }

    @Override
    public int count() {
        return plane.extent(Axis.X) * plane.extent(Axis.CHANNEL);
    }

    @Override
    public float[] real() {
        return values().real;
    }

    @Override
    public float[] imaginary() {
        return values().imaginary;
    }

    @Override
    public void copy(int from, int count, float[] toReal, float[] toImaginary, int at) {
        plane.copy(counters, from, count, toReal, toImaginary, at);
    }

    private Values values() {
        Values values = kept.get();
        if (values == null) {
            values = new Values(new float[count()], new float[count()]);
            copy(0, count(), values.real, values.imaginary, 0);
            kept = new WeakReference<>(values);
        }
        return values;
    }
}
