package org.isocenter.sequence.trajectory;

import java.util.Arrays;
import org.isocenter.model.Vec3;
import org.isocenter.sequence.Adc;
import org.isocenter.sequence.Axis;
import org.isocenter.sequence.RfEnvelope;
import org.isocenter.sequence.RfPulse;
import org.isocenter.sequence.Sequence;
import org.isocenter.sequence.Waveform;

/**
 * What a sequence plays, as rows in order of time that are joined by straight lines: gradients on the device's axes, after
 * each block's rotation, with every corner; RF at its samples and edges; whether an ADC window is open. Where a value jumps
 * there are two rows of the same time. Streams: memory does not grow with the length of the sequence. Any thread.
 */
public final class PlayedWaveforms {
    private static final Axis[] AXES = Axis.values();

    /** Called for each row in order. */
    @FunctionalInterface
    public interface RowConsumer {
        /** @param row valid during the call only; the same object is used for the next */
        void row(Row row);
    }

    /** What holds at one time. */
    public static final class Row {
        private long timePs;
        private double gx;
        private double gy;
        private double gz;
        private double rfHertz;
        private double rfRadians;
        private boolean adc;

        /** From the sequence's start, in picoseconds. */
        public long timePs() {
            return timePs;
        }

        /** Hz/m on the device's x axis. */
        public double gx() {
            return gx;
        }

        public double gy() {
            return gy;
        }

        public double gz() {
            return gz;
        }

        /** γB1/2π, ≥ 0. */
        public double rfHertz() {
            return rfHertz;
        }

        /** Phase against the carrier between -π and π, frequency and phase offsets included; 0 without RF. */
        public double rfRadians() {
            return rfRadians;
        }

        /** Whether an ADC window is open. */
        public boolean adc() {
            return adc;
        }

        private boolean isSilent() {
            return gx == 0 && gy == 0 && gz == 0 && rfHertz == 0 && !adc;
        }

        private boolean sameValues(Row other) {
            return gx == other.gx
                    && gy == other.gy
                    && gz == other.gz
                    && rfHertz == other.rfHertz
                    && rfRadians == other.rfRadians
                    && adc == other.adc;
        }
    }

    private final Sequence sequence;
    private final double larmorHertz;
    private final long fromPs;
    private final long toPs;
    private final RowConsumer consumer;
    private final WaveformTrack[] gradients = {new WaveformTrack(), new WaveformTrack(), new WaveformTrack()};
    private int block;
    private RfPulse pulse;
    private RfEnvelope envelope;
    private long pulseEndPs;
    private Adc adc;
    private long[] breaks = new long[64];
    private int breakCount;
    private final Row before = new Row();
    private final Row after = new Row();

    private PlayedWaveforms(Sequence sequence, double larmorHertz, long fromPs, long toPs, RowConsumer consumer) {
        this.sequence = sequence;
        this.larmorHertz = larmorHertz;
        this.fromPs = fromPs;
        this.toPs = toPs;
        this.consumer = consumer;
    }

    /**
     * Walks through a stretch of the sequence. The first row is at its start, the last at its end.
     *
     * @param larmorHertz of the scanner, for offsets in ppm
     * @param fromPs start of the stretch, from 0
     * @param toPs its end, at most the sequence's duration and not before its start; no rows when they are the same
     */
    public static void forEachRow(Sequence sequence, double larmorHertz, long fromPs, long toPs, RowConsumer consumer) {
        if (fromPs < 0 || toPs < fromPs || toPs > sequence.durationPs()) {
            throw new IllegalArgumentException("a stretch from " + fromPs + " to " + toPs + " ps of a sequence of "
                    + sequence.durationPs() + " ps");
        }
        new PlayedWaveforms(sequence, larmorHertz, fromPs, toPs, consumer).walk();
    }

    private void walk() {
        boolean begun = false;
        boolean brokeAtEnd = false;
        int blocks = fromPs < toPs ? sequence.blockCount() : 0;
        for (block = sequence.blockAt(fromPs); block < blocks && sequence.startPs(block) < toPs; block++) {
            long start = sequence.startPs(block);
            long duration = sequence.blockDurationPs(block);
            if (duration == 0) {
                continue;
            }
            load();
            long low = Math.max(0, fromPs - start);
            long high = Math.min(duration, toPs - start);
            moveTo(low);
            valuesAfter(low);
            if (!begun) {
                begun = true;
                consumer.row(after);
            } else if (brokeAtEnd || (breakCount > 0 && breaks[0] == 0) || !before.isSilent() || !after.isSilent()) {
                emitBoth();
            }
            for (int i = 0; i < breakCount; i++) {
                if (breaks[i] > low && breaks[i] < high) {
                    moveTo(breaks[i]);
                    valuesBefore(breaks[i]);
                    valuesAfter(breaks[i]);
                    emitBoth();
                }
            }
            moveTo(high);
            valuesBefore(high);
            brokeAtEnd = breakCount > 0 && breaks[breakCount - 1] == duration;
        }
        if (begun) {
            consumer.row(before);
        }
    }

    private void emitBoth() {
        consumer.row(before);
        if (!after.sameValues(before)) {
            consumer.row(after);
        }
    }

    private void load() {
        breakCount = 0;
        for (Axis axis : AXES) {
            int id = sequence.gradientId(block, axis);
            WaveformTrack track = gradients[axis.ordinal()];
            track.begin(id == 0 ? Waveform.ZERO : sequence.gradient(id).waveform(sequence.rasters()));
            for (long time : track.timesPs()) {
                addBreak(time);
            }
        }
        int rfId = sequence.rfId(block);
        pulse = rfId == 0 ? null : sequence.rfPulse(rfId);
        if (pulse != null) {
            envelope = new RfEnvelope(pulse);
            pulseEndPs = pulse.endPs(sequence.rasters());
            addBreak(pulse.delayPs());
            for (int i = 0; i < envelope.samples(); i++) {
                addBreak(pulse.delayPs()
                        + Math.round(
                                envelope.timeRasters(i) * sequence.rasters().rfPs()));
            }
            addBreak(pulseEndPs);
        }
        int adcId = sequence.adcId(block);
        adc = adcId == 0 ? null : sequence.adc(adcId);
        if (adc != null) {
            addBreak(adc.delayPs());
            addBreak(adc.endPs());
        }
        sortBreaks();
    }

    private void addBreak(long ps) {
        if (breakCount == breaks.length) {
            breaks = Arrays.copyOf(breaks, breakCount * 2);
        }
        breaks[breakCount++] = ps;
    }

    private void sortBreaks() {
        Arrays.sort(breaks, 0, breakCount);
        int kept = 0;
        for (int i = 0; i < breakCount; i++) {
            if (kept == 0 || breaks[i] != breaks[kept - 1]) {
                breaks[kept++] = breaks[i];
            }
        }
        breakCount = kept;
    }

    private void moveTo(long ps) {
        for (WaveformTrack track : gradients) {
            track.moveTo(ps);
        }
    }

    private void valuesBefore(long ps) {
        fill(before, ps, gradients[0].before(ps), gradients[1].before(ps), gradients[2].before(ps));
        rf(before, ps, pulse != null && ps > pulse.delayPs() && ps <= pulseEndPs);
        before.adc = adc != null && ps > adc.delayPs() && ps <= adc.endPs();
    }

    private void valuesAfter(long ps) {
        fill(after, ps, gradients[0].after(ps), gradients[1].after(ps), gradients[2].after(ps));
        rf(after, ps, pulse != null && ps >= pulse.delayPs() && ps < pulseEndPs);
        after.adc = adc != null && ps >= adc.delayPs() && ps < adc.endPs();
    }

    private void fill(Row row, long ps, double x, double y, double z) {
        row.timePs = sequence.startPs(block) + ps;
        Vec3 g = sequence.rotation(block).apply(new Vec3(x, y, z));
        row.gx = g.x();
        row.gy = g.y();
        row.gz = g.z();
    }

    private void rf(Row row, long ps, boolean on) {
        row.rfHertz = 0;
        row.rfRadians = 0;
        if (on) {
            long since = ps - pulse.delayPs();
            envelope.moveTo((double) since / sequence.rasters().rfPs());
            double signed = pulse.amplitudeHertz() * envelope.magnitude();
            double radians = envelope.phaseRadians()
                    + pulse.phaseOffsetRadians(larmorHertz)
                    + 2 * Math.PI * pulse.frequencyOffsetHertz(larmorHertz) * since * 1e-12
                    + (signed < 0 ? Math.PI : 0);
            row.rfHertz = Math.abs(signed);
            row.rfRadians = Math.IEEEremainder(radians, 2 * Math.PI);
        }
    }
}
