package org.isocenter.sequence.compile;

import org.isocenter.model.SystemLimits;
import org.isocenter.sequence.Rasters;
import org.isocenter.sequence.RfPulse;
import org.isocenter.sequence.Sequence;
import org.isocenter.sequence.Shape;

/**
 * The transmitter: gate, then one value for each RF raster interval, taken at the interval's centre, where Pulseq has its
 * samples; changes only. Samples at other times are joined by straight lines in the complex plane, so that a change of sign
 * passes through zero whichever way the file writes it.
 */
final class RfSource implements EventSource {
    private final Sequence sequence;
    private final double larmorHertz;
    private final long rasterPs;
    private final long deadPs;
    private final long ringdownPs;

    private RfPulse pulse;
    private long intervals;
    private double frequencyHertz;
    /** -1: open the gate; 0 … intervals-1: samples; intervals: amplitude to zero; intervals+1: close the gate. */
    private long step;

    private int segment;
    private double magnitude;
    private double shapePhaseRadians;

    RfSource(Sequence sequence, SystemLimits limits) {
        this.sequence = sequence;
        this.larmorHertz = limits.larmorHertz();
        this.rasterPs = sequence.rasters().rfPs();
        this.deadPs = Rasters.ps(limits.rfDeadSeconds());
        this.ringdownPs = Rasters.ps(limits.rfRingdownSeconds());
    }

    @Override
    public void begin(int block) {
        int id = sequence.rfId(block);
        pulse = id == 0 ? null : sequence.rfPulse(id);
        if (pulse == null) {
            return;
        }
        intervals = pulse.shapeDurationPs(sequence.rasters()) / rasterPs;
        frequencyHertz = pulse.frequencyOffsetHertz(larmorHertz);
        step = -1;
        segment = 0;
    }

    @Override
    public long nextPs() {
        if (pulse == null) {
            return NONE;
        }
        if (step < 0) {
            return pulse.delayPs() - deadPs;
        }
        return pulse.delayPs() + (step <= intervals ? step * rasterPs : intervals * rasterPs + ringdownPs);
    }

    @Override
    public void emit(EventSink into) {
        long ps = nextPs();
        if (step < 0) {
            into.set(ps, EventChannel.TX_GATE, 1);
        } else if (step < intervals) {
            emitSample(ps, into);
        } else if (step == intervals) {
            into.set(ps, EventChannel.TX_AMPLITUDE, 0);
        } else {
            into.set(ps, EventChannel.TX_GATE, 0);
            pulse = null;
        }
        step++;
    }

    private void emitSample(long ps, EventSink into) {
        sampleAt(step + 0.5);
        double signed = pulse.amplitudeHertz() * magnitude;
        float amplitude = (float) Math.abs(signed);
        if (amplitude != 0) {
            double seconds = (step + 0.5) * rasterPs * 1e-12;
            // Whole turns go first: what is left keeps its digits.
            double turns = frequencyHertz * seconds;
            into.setPhase(
                    ps, shapePhaseRadians + 2 * Math.PI * (turns - Math.rint(turns)) + (signed < 0 ? Math.PI : 0));
        }
        into.set(ps, EventChannel.TX_AMPLITUDE, amplitude);
    }

    /** Sets magnitude and phase of the shape at a time in RF rasters from the pulse's start; times never decrease. */
    private void sampleAt(double rasters) {
        if (pulse.timeRaster() == null) {
            take((int) step);
            return;
        }
        Shape times = pulse.timeRaster();
        int last = times.length() - 1;
        if (rasters <= times.at(0)) {
            take(0);
            return;
        }
        if (rasters >= times.at(last)) {
            take(last);
            return;
        }
        while (times.at(segment + 1) <= rasters) {
            segment++;
        }
        double from = times.at(segment);
        double fraction = (rasters - from) / (times.at(segment + 1) - from);
        take(segment);
        double m0 = magnitude;
        double p0 = shapePhaseRadians;
        take(segment + 1);
        if (p0 == shapePhaseRadians) {
            magnitude = m0 + fraction * (magnitude - m0);
            return;
        }
        double re = (1 - fraction) * m0 * Math.cos(p0) + fraction * magnitude * Math.cos(shapePhaseRadians);
        double im = (1 - fraction) * m0 * Math.sin(p0) + fraction * magnitude * Math.sin(shapePhaseRadians);
        magnitude = Math.hypot(re, im);
        shapePhaseRadians = Math.atan2(im, re);
    }

    private void take(int sample) {
        magnitude = pulse.magnitude().at(sample);
        shapePhaseRadians = pulse.phaseCycles() == null
                ? 0
                : 2 * Math.PI * pulse.phaseCycles().at(sample);
    }
}
