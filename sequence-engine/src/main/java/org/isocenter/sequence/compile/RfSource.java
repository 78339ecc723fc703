package org.isocenter.sequence.compile;

import org.isocenter.model.SystemLimits;
import org.isocenter.sequence.Rasters;
import org.isocenter.sequence.RfEnvelope;
import org.isocenter.sequence.RfPulse;
import org.isocenter.sequence.Sequence;

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
    private RfEnvelope envelope;
    private long intervals;
    private double frequencyHertz;
    /** -1: open the gate; 0 … intervals-1: samples; intervals: amplitude to zero; intervals+1: close the gate. */
    private long step;

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
        envelope = new RfEnvelope(pulse);
        step = -1;
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
        envelope.moveTo(step + 0.5);
        double signed = pulse.amplitudeHertz() * envelope.magnitude();
        float amplitude = (float) Math.abs(signed);
        if (amplitude != 0) {
            double seconds = (step + 0.5) * rasterPs * 1e-12;
            // Whole turns go first: what is left keeps its digits.
            double turns = frequencyHertz * seconds;
            into.setPhase(
                    ps,
                    envelope.phaseRadians() + 2 * Math.PI * (turns - Math.rint(turns)) + (signed < 0 ? Math.PI : 0));
        }
        into.set(ps, EventChannel.TX_AMPLITUDE, amplitude);
    }
}
