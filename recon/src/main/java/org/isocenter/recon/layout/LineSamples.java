package org.isocenter.recon.layout;

import org.isocenter.model.EncodingCounters;
import org.isocenter.recon.array.StoredSamples;

/** One readout of an array: taken out of it when somebody asks. */
final class LineSamples extends StoredSamples {
    private final Plane plane;
    private final EncodingCounters counters;

    LineSamples(Plane plane, EncodingCounters counters) {
        this.plane = plane;
        this.counters = counters;
    }

    @Override
    public int count() {
        return plane.extent(Axis.X) * plane.extent(Axis.CHANNEL);
    }

    @Override
    public void copy(int from, int count, float[] toReal, float[] toImaginary, int at) {
        plane.copy(counters, from, count, toReal, toImaginary, at);
    }
}
