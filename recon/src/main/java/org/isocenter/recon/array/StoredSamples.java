package org.isocenter.recon.array;

import java.lang.ref.WeakReference;
import org.isocenter.model.ReadoutSamples;

/**
 * Samples that are taken from where they are stored when somebody asks. All values of a readout stay until memory is collected the
 * next time, so that asking for them again and again is cheap. Any thread, if {@link #copy} may be called by any.
 */
public abstract class StoredSamples implements ReadoutSamples {
    private record Values(float[] real, float[] imaginary) {}

    private volatile WeakReference<Values> kept = new WeakReference<>(null);

    @Override
    public final float[] real() {
        return values().real;
    }

    @Override
    public final float[] imaginary() {
        return values().imaginary;
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
