package org.isocenter.hardware.marcos;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.LongFunction;
import org.isocenter.hardware.UncompilableTableException;

/**
 * Sends a gradient board its words, ahead by the board's latency. Where channels change one after the other, those of one moment
 * lie around it, so each is late or early by some of a word's time, and by how much depends on which others change too. Were that
 * all, a gradient's area would depend on what the others do: the middle line of an image, where the phase encoding does not change,
 * would not fit the others, nor would echoes with blips fit those without. So the steps of a ramp give an axis back what it lacks, and
 * what the next step will lack, before the ramp ends. What rounding to the DAC's codes takes while a
 * gradient is held is given back by the ramp that ends it. A board whose channels change together, which also has finer codes, is sent just what it
 * is asked for. Changes wait until it is known how long they are held. One thread.
 */
final class GradientWords {
    /** What is held for longer is no step of a ramp. */
    private static final double LONGEST_STEP_SECONDS = 25e-6;

    /** Of a step, given back at most: a ramp must not become too steep for its amplifier. */
    private static final double LARGEST_SHARE_OF_STEP = 0.5;

    private static final int AXES = 3;

    private final MargaSettings settings;
    private final MargaProgram program;
    private final LongFunction<String> refusal;
    private final GradientBoard board;
    private final int latency;
    private final int spacing;
    private final long longestStep = Math.round(LONGEST_STEP_SECONDS * MargaCompiler.CLOCK_HERTZ);
    private final Deque<Change> waiting = new ArrayDeque<>();
    /** Shares of full scale, as all that follows. */
    private final double[] asked = new double[AXES];

    private final double[] sent = new double[AXES];
    /** What the board was sent last, which differs from what was asked for by what was given back. */
    private final int[] code = new int[AXES];
    /** Area that an axis lacks, in clocks, and how much of it is that of a change still to come. */
    private final double[] owed = new double[AXES];

    private final double[] expected = new double[AXES];
    /** What the DAC puts out less than it should, as its codes are whole numbers, and since which clock. */
    private final double[] rounding = new double[AXES];

    private final long[] since = new long[AXES];
    private long lastTransfer = Long.MIN_VALUE / 2;

    /** What all axes are asked for from a clock on. */
    private record Change(long at, double[] share) {}

    /**
     * @param first whether the board's outputs are at zero, else they are where they rest
     * @param refusal says why a change at a clock cannot be sent
     */
    GradientWords(MargaSettings settings, MargaProgram program, boolean first, LongFunction<String> refusal) {
        this.settings = settings;
        this.program = program;
        this.refusal = refusal;
        board = settings.board();
        latency = board.latencyClocks(settings.spiDivider());
        spacing = board.spacingClocks(settings.spiDivider());
        for (int axis = 0; axis < AXES; axis++) {
            asked[axis] = rest(axis);
            sent[axis] = first ? 0 : asked[axis];
            code[axis] = code(axis, sent[axis]);
        }
    }

    /** What an axis stands at when nothing is asked of it, as a share of full scale. */
    private double rest(int axis) {
        return settings.gradients().get(axis).share(0);
    }

    /** An axis changes. Clocks do not go back. */
    void change(long at, int axis, double share) {
        if (waiting.isEmpty() || waiting.getLast().at() < at) {
            waiting.add(new Change(at, asked.clone()));
        }
        asked[axis] = share;
        waiting.getLast().share()[axis] = share;
    }

    /** Nothing will change before this clock any more: sends what lies far enough before it. */
    void settledUntil(long clock) throws UncompilableTableException {
        while (!waiting.isEmpty() && waiting.getFirst().at() < clock - longestStep) {
            send(waiting.remove());
        }
    }

    /** Sends all that waits. */
    void flush() throws UncompilableTableException {
        while (!waiting.isEmpty()) {
            send(waiting.remove());
        }
    }

    /** Whether there are changes that have not been sent. */
    boolean waiting() {
        return !waiting.isEmpty();
    }

    /** The clock of the first change that waits, or this clock when it comes first. */
    long earliest(long clock) {
        return waiting.isEmpty() ? clock : Math.min(clock, waiting.getFirst().at());
    }

    /** When the board is ready again after the last word. */
    long ready() {
        return lastTransfer + spacing;
    }

    private int code(int axis, double share) {
        return board.word(axis, share, false);
    }

    private void send(Change change) throws UncompilableTableException {
        int left = 0;
        for (int axis = 0; axis < AXES; axis++) {
            left += differs(axis, change) ? 1 : 0;
        }
        if (left == 0) {
            return;
        }
        long at = change.at() - latency;
        long first = ready();
        if (board.updatesTogether() ? at < first : at + spacing < first) {
            throw new UncompilableTableException(refusal.apply(change.at()));
        }
        // One channel after the other: in the middle they are on time.
        long slot = Math.max(at - (left - 1L) * spacing / 2, first);
        for (int axis = AXES - 1; axis >= 0; axis--) {
            if (!differs(axis, change)) {
                continue;
            }
            double share = change.share()[axis];
            left--;
            long when = board.updatesTogether() ? at - left : slot;
            long late = board.updatesTogether() ? 0 : slot - at;
            if (!board.updatesTogether() && sent[axis] != rest(axis)) {
                owed[axis] += rounding[axis] * (slot - since[axis]);
            }
            double played = share + given(axis, change, late);
            int word = board.word(axis, played, left == 0);
            program.set(when, MargaBuffer.GRAD_LSB, word & 0xffff);
            program.set(when, MargaBuffer.GRAD_MSB, word >>> 16);
            lastTransfer = when;
            rounding[axis] = played - board.share(word);
            since[axis] = slot;
            slot += spacing;
            sent[axis] = share;
            code[axis] = code(axis, played);
        }
    }

    /** Whether an axis is to become something else, as the board can tell; what it was given beyond, it keeps as long as it is held. */
    private boolean differs(int axis, Change change) {
        double share = change.share()[axis];
        return share != sent[axis] && code(axis, share) != code[axis];
    }

    /** How many axes, from one on, are to become something else. */
    private int changes(double[] before, double[] after, int from) {
        int changes = 0;
        for (int axis = from; axis < AXES; axis++) {
            changes += code(axis, after[axis]) != code(axis, before[axis]) ? 1 : 0;
        }
        return changes;
    }

    /** What an axis gets beyond what it is asked for, while a change is held that comes so many clocks late. */
    private double given(int axis, Change change, long late) {
        double share = change.share()[axis];
        owed[axis] += (share - sent[axis]) * late - expected[axis];
        expected[axis] = 0;
        if (share == rest(axis)) {
            owed[axis] = 0;
        }
        double[] before = change.share();
        for (Change next : waiting) {
            double step = next.share()[axis] - share;
            long held = next.at() - change.at();
            if (held > longestStep) {
                break;
            }
            if (step != 0) {
                expected[axis] = step * late(axis, before, next.share());
                owed[axis] += expected[axis];
                double most = Math.min(LARGEST_SHARE_OF_STEP * Math.abs(step), 1 - Math.abs(share));
                double given = Math.max(-most, Math.min(most, owed[axis] / held));
                owed[axis] -= given * held;
                return given;
            }
            before = next.share();
        }
        return 0;
    }

    /** By how many clocks a channel will be late in a change, when the board is not busy with the one before. */
    private double late(int axis, double[] before, double[] after) {
        int ahead = changes(before, after, axis + 1);
        return board.updatesTogether() ? 0 : spacing * (ahead - 0.5 * (changes(before, after, 0) - 1));
    }
}
