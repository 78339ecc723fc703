package org.isocenter.hardware.virtual;

import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.Queue;
import org.isocenter.sequence.compile.EventChannel;
import org.isocenter.sequence.compile.EventChunk;
import org.isocenter.sequence.compile.TimedEvents;

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

    /**
     * How finely a pulse follows what eddy currents and drift do to it, in shares of the inverse duration, gradients at
     * {@link #REACH_METERS}: so the same few pulses come again and again. What is rounded off of the turns is made up for.
     */
    private static final double FINENESS = 0.01;

    /** For short pulses, as finely as this: what they leave of their own free decay goes with the offset over B1. */
    private static final double LARGEST_SHIFT_STEP_HERTZ = 2;

    private static final double LARGEST_GRADIENT_STEP_HERTZ = 10;

    private static final double REACH_METERS = 0.1;

    private final Iterator<EventChunk> chunks;
    private final PulseLibrary library;
    private final EventGrain grain;
    private final double secondsPerTick;
    private final Queue<PlayedEvent> played = new ArrayDeque<>();

    private long now;
    private float txHertz;
    private double txPhase;
    private boolean txGate;
    /** As commanded; what is played comes out of {@link #delayed}. */
    private final float[] gradient = new float[3];

    private final ScannerFields fields;
    private final DelayedGradients delayed;
    private PlayedField field;

    private GradientPath pending = new GradientPath();
    private final HeldSteps pulse;
    private final HeldSteps gap;
    private final HeldSteps windowSteps;
    private EventChunk windowChunk;
    private int windowRow;
    private long windowEnd;

    /** @param grain cuts long precessions */
    TableReader(TimedEvents table, PulseLibrary library, ScannerFields fields, EventGrain grain) {
        this.chunks = table.chunks();
        this.library = library;
        this.grain = grain;
        this.secondsPerTick = 1 / table.clockHertz();
        this.fields = fields;
        delayed = new DelayedGradients(fields, secondsPerTick);
        field = fields.atRest();
        pulse = new HeldSteps(secondsPerTick, fields);
        gap = new HeldSteps(secondsPerTick, fields);
        windowSteps = new HeldSteps(secondsPerTick, fields);
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
                case GX -> command(0, value);
                case GY -> command(1, value);
                case GZ -> command(2, value);
                case ADC -> openWindow(chunk, (int) value);
                case TRIGGER_OUT, TRIGGER_WAIT -> {}
            }
        }
        holdUntil(chunk.endTick());
    }

    private void command(int axis, float value) {
        gradient[axis] = value;
        delayed.command(axis, now, value);
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
            delayed.advanceTo(now);
            if (delayed.changedSinceAsked()) {
                field = fields.after(field, delayed.value(), seconds(now));
            }
            long end = Math.min(tick, delayed.nextTick());
            end = windowChunk != null ? Math.min(end, windowEnd) : end;
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
            windowSteps.add(now, ticks, 0, 0, field);
        } else if (b1 != 0) {
            if (pulse.isEmpty()) {
                flushPending();
            }
            pulse.addAll(gap);
            gap.clear();
            pulse.add(now, ticks, b1, txPhase, field);
        } else if (!pulse.isEmpty() && (gap.totalTicks() + ticks) * secondsPerTick <= LONGEST_GAP_SECONDS) {
            gap.add(now, ticks, 0, 0, field);
        } else {
            endPulse();
            precess(seconds(now), seconds(now + ticks));
        }
    }

    private void precess(double from, double to) {
        double start = from;
        for (double corner = nextCorner(start); corner < to; corner = nextCorner(start)) {
            corner = Math.max(start, corner);
            precessStraight(start, corner);
            flushPending();
            start = corner;
        }
        precessStraight(start, to);
    }

    /** Where the piece that is pending now must end. */
    private double nextCorner(double now) {
        return grain.nextCornerSeconds(now - pending.seconds());
    }

    private void precessStraight(double from, double to) {
        double longest = grain.longestSeconds(gradient[0] != 0 || gradient[1] != 0 || gradient[2] != 0);
        int pieces = (int) Math.max(1, Math.ceil((to - from) / longest));
        double length = (to - from) / pieces;
        for (int piece = 0; piece < pieces; piece++) {
            if (pending.seconds() + length > longest) {
                flushPending();
            }
            field.precess(from + piece * length, piece == pieces - 1 ? to : from + (piece + 1) * length, pending);
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
        double negligible = library.whole() ? 0 : NEGLIGIBLE_SHARE;
        if (pulse.turn(0, from) + pulse.turn(to, pulse.count()) > negligible * pulse.turn(0, pulse.count())) {
            from = 0;
            to = pulse.count();
        }
        pulse.precess(0, from, pending);
        transmit(from, to);
        pulse.precess(to, pulse.count(), pending);
        pulse.clear();
        gap.precess(0, gap.count(), pending);
        gap.clear();
    }

    /** Steps of the pulse as one; what its rounded gradients and shift leave out comes before it and after it. */
    private void transmit(int from, int to) {
        double seconds = pulse.seconds(from, to);
        double[][] left = pulse.unsteadyTurns(from, to);
        double[] rounded = new double[EddyCurrents.COMPONENTS];
        for (int k = 0; k < rounded.length; k++) {
            double unit = k == 3
                    ? Math.min(FINENESS / seconds, LARGEST_SHIFT_STEP_HERTZ)
                    : Math.min(FINENESS / seconds, LARGEST_GRADIENT_STEP_HERTZ) / REACH_METERS;
            rounded[k] = unit * Math.rint((left[0][k] + left[1][k]) / seconds / unit);
            left[0][k] -= 0.5 * rounded[k] * seconds;
            left[1][k] -= 0.5 * rounded[k] * seconds;
        }
        pending.addTurns(left[0]);
        flushPending();
        Pulse distinct = library.intern(pulse.toPulse(from, to, rounded));
        played.add(new PlayedEvent.Transmission(distinct, pulse.phase(from), rounded[3]));
        pending.addTurns(left[1]);
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
            boolean steady = stretch.gradient() != null;
            if (steady) {
                reference = (stretch.first() + stretch.samples() / 2 + 0.5) * dwell;
            }
            HeldSteps.Curves curves = steady && !fields.varies()
                    ? new HeldSteps.Curves(null, null)
                    : windowSteps.curves(stretch.first(), stretch.samples(), dwell, reference);
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
                    steady ? null : curves.turns(),
                    curves.common())));
        }
        windowSteps.precessBetween(done, samples * dwell, pending);
    }

    private double seconds(long tick) {
        return tick * secondsPerTick;
    }
}
