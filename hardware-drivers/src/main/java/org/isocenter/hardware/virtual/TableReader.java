package org.isocenter.hardware.virtual;

import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.Queue;
import org.isocenter.sequence.compile.EventChannel;
import org.isocenter.sequence.compile.EventChunk;
import org.isocenter.sequence.compile.EventTable;

/**
 * Turns a table's events into what happens to the spins: pulses, ADC windows, and the free precession between them summed
 * up. A trigger input is taken to come at once. One pass, one thread.
 */
final class TableReader {
    private static final EventChannel[] CHANNELS = EventChannel.values();

    /** A pause in transmission up to this long stays within one pulse. */
    private static final double LONGEST_GAP_SECONDS = 20e-6;

    /** What a pulse does while its gradient still ramps is left out when it is no more than this share of its turn. */
    private static final double NEGLIGIBLE_SHARE = 2e-3;

    /** So many samples under one gradient are received as one Fourier transform, fewer are summed one by one. */
    private static final int FEWEST_STEADY_SAMPLES = 24;

    private final Iterator<EventChunk> chunks;
    private final PulseLibrary library;
    private final double secondsPerTick;
    private final Queue<PlayedEvent> played = new ArrayDeque<>();

    private long now;
    private float txHertz;
    private double txPhase;
    private boolean txGate;
    private final float[] gradient = new float[3];

    private GradientPath pending = new GradientPath();
    private final HeldSteps pulse;
    private final HeldSteps gap;
    private final HeldSteps windowSteps;
    private EventChunk windowChunk;
    private int windowRow;
    private long windowEnd;

    TableReader(EventTable table, PulseLibrary library) {
        this.chunks = table.chunks();
        this.library = library;
        this.secondsPerTick = 1 / table.clockHertz();
        pulse = new HeldSteps(secondsPerTick);
        gap = new HeldSteps(secondsPerTick);
        windowSteps = new HeldSteps(secondsPerTick);
    }

    /** The next thing that happens, or null at the table's end. */
    PlayedEvent next() throws UnplayableTableException {
        while (played.isEmpty() && chunks.hasNext()) {
            read(chunks.next());
            if (!chunks.hasNext()) {
                finish();
            }
        }
        return played.poll();
    }

    /** What the outputs are set to at the end of what was read. */
    OutputState outputs() {
        return new OutputState(txGate, txHertz, gradient[0], gradient[1], gradient[2]);
    }

    private void read(EventChunk chunk) throws UnplayableTableException {
        for (int i = 0; i < chunk.events(); i++) {
            holdUntil(chunk.tick()[i]);
            float value = chunk.value()[i];
            switch (CHANNELS[chunk.channel()[i]]) {
                case TX_AMPLITUDE -> txHertz = value;
                case TX_PHASE -> txPhase = value;
                case TX_GATE -> txGate = value != 0;
                case GX -> gradient[0] = value;
                case GY -> gradient[1] = value;
                case GZ -> gradient[2] = value;
                case ADC -> openWindow(chunk, (int) value);
                case TRIGGER_OUT, TRIGGER_WAIT -> {}
            }
        }
        holdUntil(chunk.endTick());
    }

    private void finish() throws UnplayableTableException {
        if (windowChunk != null) {
            throw new UnplayableTableException("the table ends inside ADC window " + (adcIndex() + 1));
        }
        if (!outputs().equals(OutputState.SAFE)) {
            throw new UnplayableTableException("the table ends with outputs on: " + outputs());
        }
        endPulse();
        flushPending();
    }

    private int adcIndex() {
        return windowChunk.adcIndex()[windowRow];
    }

    private void openWindow(EventChunk chunk, int row) throws UnplayableTableException {
        if (windowChunk != null) {
            throw new UnplayableTableException("ADC window " + (chunk.adcIndex()[row] + 1) + " opens at " + seconds(now)
                    + " s before the one before it has ended");
        }
        endPulse();
        windowChunk = chunk;
        windowRow = row;
        windowEnd = now + (long) chunk.adcSamples()[row] * chunk.adcDwellTicks()[row];
        windowSteps.clear();
    }

    /** The outputs keep their values from {@link #now} until then. */
    private void holdUntil(long tick) throws UnplayableTableException {
        if (tick < now) {
            throw new UnplayableTableException("events go back in time at " + seconds(now) + " s");
        }
        while (now < tick) {
            long end = windowChunk != null ? Math.min(tick, windowEnd) : tick;
            hold(end - now);
            now = end;
            if (windowChunk != null && now == windowEnd) {
                closeWindow();
            }
        }
    }

    private void hold(long ticks) throws UnplayableTableException {
        float b1 = txGate ? txHertz : 0;
        if (windowChunk != null) {
            if (b1 != 0) {
                throw new UnplayableTableException(
                        "transmits at " + seconds(now) + " s while ADC window " + (adcIndex() + 1) + " is open");
            }
            windowSteps.add(ticks, 0, 0, gradient);
        } else if (b1 != 0) {
            if (pulse.isEmpty()) {
                flushPending();
            }
            pulse.addAll(gap);
            gap.clear();
            pulse.add(ticks, b1, txPhase, gradient);
        } else if (!pulse.isEmpty()) {
            gap.add(ticks, 0, 0, gradient);
            if (gap.totalTicks() * secondsPerTick > LONGEST_GAP_SECONDS) {
                endPulse();
            }
        } else {
            pending.add(gradient[0], gradient[1], gradient[2], ticks * secondsPerTick);
        }
    }

    private void flushPending() {
        if (!pending.isEmpty()) {
            played.add(new PlayedEvent.Precession(pending));
            pending = new GradientPath();
        }
    }

    private void endPulse() {
        if (pulse.isEmpty()) {
            return;
        }
        int from = pulse.steadyFrom();
        int to = pulse.steadyTo(from);
        if (pulse.turn(0, from) + pulse.turn(to, pulse.count()) > NEGLIGIBLE_SHARE * pulse.turn(0, pulse.count())) {
            from = 0;
            to = pulse.count();
        }
        pulse.precess(0, from, pending);
        flushPending();
        double phase = pulse.phase(from);
        Pulse distinct = library.intern(pulse.toPulse(from, to));
        played.add(new PlayedEvent.Transmission(distinct, phase, 0));
        pulse.precess(to, pulse.count(), pending);
        pulse.clear();
        gap.precess(0, gap.count(), pending);
        gap.clear();
    }

    private void closeWindow() {
        int row = windowRow;
        EventChunk chunk = windowChunk;
        windowChunk = null;
        int samples = chunk.adcSamples()[row];
        double dwell = chunk.adcDwellTicks()[row] * secondsPerTick;
        double done = 0;
        for (HeldSteps.Stretch stretch : windowSteps.stretches(samples, dwell)) {
            double reference = stretch.first() * dwell;
            double[][] trajectory = null;
            if (stretch.gradient() == null) {
                trajectory = windowSteps.turns(stretch.first(), stretch.samples(), dwell);
            } else {
                reference = (stretch.first() + stretch.samples() / 2 + 0.5) * dwell;
            }
            windowSteps.precessBetween(done, reference, pending);
            done = reference;
            flushPending();
            played.add(new PlayedEvent.Reception(new Window(
                    chunk.adcIndex()[row],
                    samples,
                    stretch.first(),
                    stretch.samples(),
                    dwell,
                    chunk.adcFrequencyHertz()[row],
                    chunk.adcPhaseRadians()[row],
                    chunk.adcPhaseShapeRadians()[row],
                    seconds(windowEnd),
                    reference - stretch.first() * dwell,
                    stretch.gradient(),
                    trajectory,
                    null)));
        }
        windowSteps.precessBetween(done, samples * dwell, pending);
    }

    private double seconds(long tick) {
        return tick * secondsPerTick;
    }
}
