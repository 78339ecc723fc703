package org.isocenter.hardware.virtual;

import java.util.ArrayDeque;
import java.util.Arrays;
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

    private final Iterator<EventChunk> chunks;
    private final PulseLibrary library;
    private final double secondsPerTick;
    private final Queue<PlayedEvent> played = new ArrayDeque<>();

    private long now;
    private float txHertz;
    private double txPhase;
    private boolean txGate;
    private final float[] gradient = new float[3];

    private final double[] pendingTurns = new double[3];
    private double pendingSeconds;
    private final Steps pulse = new Steps();
    private final Steps gap = new Steps();
    private final Steps windowSteps = new Steps();
    private EventChunk windowChunk;
    private int windowRow;
    private long windowEnd;

    TableReader(EventTable table, PulseLibrary library) {
        this.chunks = table.chunks();
        this.library = library;
        this.secondsPerTick = 1 / table.clockHertz();
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
            if (pulse.count == 0) {
                flushPending();
            }
            pulse.addAll(gap);
            gap.clear();
            pulse.add(ticks, b1, txPhase, gradient);
        } else if (pulse.count > 0) {
            gap.add(ticks, 0, 0, gradient);
            if (gap.totalTicks() * secondsPerTick > LONGEST_GAP_SECONDS) {
                endPulse();
            }
        } else {
            pend(ticks * secondsPerTick, gradient);
        }
    }

    private void pend(double seconds, float[] hertzPerMeter) {
        for (int axis = 0; axis < 3; axis++) {
            pendingTurns[axis] += hertzPerMeter[axis] * seconds;
        }
        pendingSeconds += seconds;
    }

    private void flushPending() {
        if (pendingSeconds != 0) {
            played.add(new PlayedEvent.Precession(pendingTurns[0], pendingTurns[1], pendingTurns[2], pendingSeconds));
            Arrays.fill(pendingTurns, 0);
            pendingSeconds = 0;
        }
    }

    private void endPulse() {
        if (pulse.count == 0) {
            return;
        }
        int from = pulse.steadyFrom();
        int to = pulse.steadyTo(from);
        if (pulse.turn(0, from) + pulse.turn(to, pulse.count) > NEGLIGIBLE_SHARE * pulse.turn(0, pulse.count)) {
            from = 0;
            to = pulse.count;
        }
        pulse.pendInto(this, 0, from);
        flushPending();
        double phase = pulse.phase[from];
        Pulse distinct = library.intern(pulse.toPulse(from, to, secondsPerTick));
        played.add(new PlayedEvent.Transmission(distinct, phase));
        pulse.pendInto(this, to, pulse.count);
        pulse.clear();
        gap.pendInto(this, 0, gap.count);
        gap.clear();
    }

    private void closeWindow() {
        int row = windowRow;
        int samples = windowChunk.adcSamples()[row];
        double dwell = windowChunk.adcDwellTicks()[row] * secondsPerTick;
        double first = 0.5 * dwell;
        double last = (samples - 0.5) * dwell;
        double[] constant = windowSteps.constantGradient(first, last, secondsPerTick);
        float[][] trajectory = constant == null ? windowSteps.turns(samples, dwell, secondsPerTick) : null;
        Window window = new Window(
                windowChunk.adcIndex()[row],
                samples,
                dwell,
                windowChunk.adcFrequencyHertz()[row],
                windowChunk.adcPhaseRadians()[row],
                windowChunk.adcPhaseShapeRadians()[row],
                seconds(windowEnd),
                constant,
                trajectory);
        windowChunk = null;
        double total = samples * dwell;
        double reference = constant == null ? 0 : window.sampleSeconds(samples / 2);
        double[] before = windowSteps.turnsUntil(reference, secondsPerTick);
        double[] all = windowSteps.turnsUntil(total, secondsPerTick);
        for (int axis = 0; axis < 3; axis++) {
            pendingTurns[axis] += before[axis];
        }
        pendingSeconds += reference;
        flushPending();
        played.add(new PlayedEvent.Reception(window));
        for (int axis = 0; axis < 3; axis++) {
            pendingTurns[axis] = all[axis] - before[axis];
        }
        pendingSeconds = total - reference;
    }

    private double seconds(long tick) {
        return tick * secondsPerTick;
    }

    /** A growing list of intervals in which all outputs are held. */
    private static final class Steps {
        private int count;
        private long[] ticks = new long[64];
        private float[] hertz = new float[64];
        private double[] phase = new double[64];
        private final float[][] gradient = {new float[64], new float[64], new float[64]};

        void clear() {
            count = 0;
        }

        void add(long duration, float b1, double b1Phase, float[] g) {
            if (count > 0
                    && hertz[count - 1] == b1
                    && phase[count - 1] == b1Phase
                    && gradient[0][count - 1] == g[0]
                    && gradient[1][count - 1] == g[1]
                    && gradient[2][count - 1] == g[2]) {
                ticks[count - 1] += duration;
                return;
            }
            if (count == ticks.length) {
                ticks = Arrays.copyOf(ticks, count * 2);
                hertz = Arrays.copyOf(hertz, count * 2);
                phase = Arrays.copyOf(phase, count * 2);
                for (int axis = 0; axis < 3; axis++) {
                    gradient[axis] = Arrays.copyOf(gradient[axis], count * 2);
                }
            }
            ticks[count] = duration;
            hertz[count] = b1;
            phase[count] = b1Phase;
            for (int axis = 0; axis < 3; axis++) {
                gradient[axis][count] = g[axis];
            }
            count++;
        }

        void addAll(Steps other) {
            for (int i = 0; i < other.count; i++) {
                add(other.ticks[i], other.hertz[i], other.phase[i], other.gradientAt(i));
            }
        }

        private float[] gradientAt(int i) {
            return new float[] {gradient[0][i], gradient[1][i], gradient[2][i]};
        }

        long totalTicks() {
            long sum = 0;
            for (int i = 0; i < count; i++) {
                sum += ticks[i];
            }
            return sum;
        }

        /** Where the longest stretch of one gradient begins. */
        int steadyFrom() {
            int best = 0;
            long longest = -1;
            for (int i = 0; i < count; i = steadyTo(i)) {
                long length = 0;
                for (int k = i; k < steadyTo(i); k++) {
                    length += ticks[k];
                }
                if (length > longest) {
                    longest = length;
                    best = i;
                }
            }
            return best;
        }

        /** The first step after this one that has another gradient. */
        int steadyTo(int from) {
            int to = from + 1;
            while (to < count
                    && gradient[0][to] == gradient[0][from]
                    && gradient[1][to] == gradient[1][from]
                    && gradient[2][to] == gradient[2][from]) {
                to++;
            }
            return to;
        }

        /** At most how much the steps from one to another turn a spin, in tick·Hz. */
        double turn(int from, int to) {
            double sum = 0;
            for (int i = from; i < to; i++) {
                sum += hertz[i] * (double) ticks[i];
            }
            return sum;
        }

        void pendInto(TableReader reader, int from, int to) {
            for (int i = from; i < to; i++) {
                reader.pend(ticks[i] * reader.secondsPerTick, gradientAt(i));
            }
        }

        Pulse toPulse(int from, int to, double secondsPerTick) {
            double[] relative = new double[to - from];
            for (int i = from; i < to; i++) {
                relative[i - from] = phase[i] - phase[from];
            }
            float[][] g = new float[3][];
            for (int axis = 0; axis < 3; axis++) {
                g[axis] = Arrays.copyOfRange(gradient[axis], from, to);
            }
            return new Pulse(
                    Arrays.copyOfRange(ticks, from, to),
                    Arrays.copyOfRange(hertz, from, to),
                    relative,
                    g,
                    secondsPerTick);
        }

        /** The gradient from one time to another, when it is the same throughout; else null. */
        double[] constantGradient(double fromSeconds, double toSeconds, double secondsPerTick) {
            double start = 0;
            double[] constant = null;
            for (int i = 0; i < count; i++) {
                double end = start + ticks[i] * secondsPerTick;
                if (end > fromSeconds && start < toSeconds || count == 1) {
                    double[] here = {gradient[0][i], gradient[1][i], gradient[2][i]};
                    if (constant != null && !Arrays.equals(constant, here)) {
                        return null;
                    }
                    constant = here;
                }
                start = end;
            }
            return constant;
        }

        double[] turnsUntil(double seconds, double secondsPerTick) {
            double[] sum = new double[3];
            double start = 0;
            for (int i = 0; i < count && start < seconds; i++) {
                double length = Math.min(ticks[i] * secondsPerTick, seconds - start);
                for (int axis = 0; axis < 3; axis++) {
                    sum[axis] += gradient[axis][i] * length;
                }
                start += ticks[i] * secondsPerTick;
            }
            return sum;
        }

        /** The gradient's integral at each sample. */
        float[][] turns(int samples, double dwell, double secondsPerTick) {
            float[][] turns = new float[3][samples];
            double[] sum = new double[3];
            double start = 0;
            int step = 0;
            for (int n = 0; n < samples; n++) {
                double time = (n + 0.5) * dwell;
                while (step < count - 1 && start + ticks[step] * secondsPerTick <= time) {
                    double length = ticks[step] * secondsPerTick;
                    for (int axis = 0; axis < 3; axis++) {
                        sum[axis] += gradient[axis][step] * length;
                    }
                    start += length;
                    step++;
                }
                for (int axis = 0; axis < 3; axis++) {
                    turns[axis][n] = (float) (sum[axis] + gradient[axis][step] * (time - start));
                }
            }
            return turns;
        }
    }
}
