package org.isocenter.sequence;

/**
 * The shape of an RF pulse at any time: samples are joined by straight lines in the complex plane, so that a change of sign
 * passes through zero whichever way the file writes it; before the first and after the last sample they hold. Times may be
 * asked for in rising order only. One thread.
 */
public final class RfEnvelope {
    private final Shape magnitudes;
    private final Shape phases;
    private final Shape times;
    private int segment;
    private double magnitude;
    private double phaseRadians;

    public RfEnvelope(RfPulse pulse) {
        magnitudes = pulse.magnitude();
        phases = pulse.phaseCycles();
        times = pulse.timeRaster();
    }

    public int samples() {
        return magnitudes.length();
    }

    /** Time of a sample in RF rasters from the start of the shape (after the delay). */
    public double timeRasters(int sample) {
        return times == null ? sample + 0.5 : times.at(sample);
    }

    /** Goes to a time in RF rasters from the start of the shape; not before the last one. */
    public void moveTo(double rasters) {
        int last = magnitudes.length() - 1;
        if (rasters <= timeRasters(0)) {
            take(0);
            return;
        }
        if (rasters >= timeRasters(last)) {
            take(last);
            return;
        }
        while (timeRasters(segment + 1) <= rasters) {
            segment++;
        }
        double from = timeRasters(segment);
        double fraction = (rasters - from) / (timeRasters(segment + 1) - from);
        take(segment);
        if (fraction == 0) {
            return;
        }
        double m0 = magnitude;
        double p0 = phaseRadians;
        take(segment + 1);
        if (p0 == phaseRadians) {
            magnitude = m0 + fraction * (magnitude - m0);
            return;
        }
        double re = (1 - fraction) * m0 * Math.cos(p0) + fraction * magnitude * Math.cos(phaseRadians);
        double im = (1 - fraction) * m0 * Math.sin(p0) + fraction * magnitude * Math.sin(phaseRadians);
        magnitude = Math.hypot(re, im);
        phaseRadians = Math.atan2(im, re);
    }

    private void take(int sample) {
        magnitude = magnitudes.at(sample);
        phaseRadians = phases == null ? 0 : 2 * Math.PI * phases.at(sample);
    }

    /** Normalised magnitude at the time gone to; negative where the file has it so. */
    public double magnitude() {
        return magnitude;
    }

    /** Phase of the shape there, without the pulse's offsets. */
    public double phaseRadians() {
        return phaseRadians;
    }
}
