package org.isocenter.hardware.marcos.server;

import java.util.Arrays;

/**
 * marga's instruction decoder and the queues of its output buffers, clock by clock as the firmware does it: a word of a buffer
 * that is decoded at clock c with delay d is loaded at max(c, the clock after the buffer's last word came out), and comes out d
 * clocks later. One thread.
 */
final class Sequencer {
    /** Buffers that exist; words to others do nothing. */
    static final int BUFFERS = 24;

    private static final int FINISH = 1;
    private static final int WAIT = 2;
    private static final int TRIGGER = 3;
    private static final int TRIGGER_FOREVER = 4;
    /** What WAIT n and an unanswered TRIG n take beyond n. */
    private static final int WAIT_EXCESS = 3;

    private static final int QUEUE = 4;

    /** What comes out of the buffers. */
    interface Strobes {
        /**
         * Values come out of these buffers in one clock.
         *
         * @param buffers a bit for each
         * @param values of all buffers; of those that are named they are new
         */
        void strobed(long clock, int buffers, int[] values);
    }

    /** What the decoder does. */
    enum State {
        RUNNING,
        /** At FINISH. */
        HALTED,
        /** At a trigger that never comes. */
        WAITING_FOREVER
    }

    private State state = State.RUNNING;
    private long clock;
    private int full;
    private int overflowed;
    private final long[] lastOut = new long[BUFFERS];
    private final long[][] loads = new long[BUFFERS][QUEUE];

    private final int[] values = new int[BUFFERS];
    private long[] out = new long[BUFFERS * (QUEUE + 2)];
    private int[] buffer = new int[out.length];
    private int[] value = new int[out.length];
    private int pending;

    Sequencer() {
        Arrays.fill(lastOut, -1);
        for (long[] queue : loads) {
            Arrays.fill(queue, Long.MIN_VALUE);
        }
    }

    /** One that goes on where the other is. */
    Sequencer(Sequencer other) {
        state = other.state;
        clock = other.clock;
        full = other.full;
        overflowed = other.overflowed;
        System.arraycopy(other.lastOut, 0, lastOut, 0, BUFFERS);
        for (int b = 0; b < BUFFERS; b++) {
            loads[b] = other.loads[b].clone();
        }
        System.arraycopy(other.values, 0, values, 0, BUFFERS);
        out = other.out.clone();
        buffer = other.buffer.clone();
        value = other.value.clone();
        pending = other.pending;
    }

    State state() {
        return state;
    }

    /** When the next instruction is decoded; at FINISH, when that was. */
    long clock() {
        return clock;
    }

    /** Buffers that were as full as they may be: a bit for each. */
    int full() {
        return full;
    }

    /** Buffers that were given more than they hold. */
    int overflowed() {
        return overflowed;
    }

    void clearFull() {
        full = 0;
    }

    void clearOverflowed() {
        overflowed = 0;
    }

    /** The program counter is at zero again. */
    void restart() {
        state = State.RUNNING;
    }

    /** Nothing is decoded until then. */
    void idleUntil(long until, Strobes strobes) {
        clock = Math.max(clock, until);
        flush(clock, strobes);
    }

    /** Decodes one instruction. Without effect unless {@link State#RUNNING}. */
    void execute(int word, Strobes strobes) {
        if (state != State.RUNNING) {
            return;
        }
        if (word < 0) {
            load(word >>> 24 & 0x1f, word >>> 16 & 0x7f, word & 0xffff);
            clock++;
        } else {
            switch (word >>> 24) {
                case FINISH -> state = State.HALTED;
                case WAIT, TRIGGER -> clock += (word & 0xffffff) + WAIT_EXCESS;
                case TRIGGER_FOREVER -> state = State.WAITING_FOREVER;
                default -> clock++;
            }
        }
        // Whatever is decoded from now on comes out at this clock at the earliest.
        flush(clock, strobes);
    }

    /** Puts a value into a buffer from outside, past the program. */
    void direct(int number, int newValue, Strobes strobes) {
        load(number, 0, newValue & 0xffff);
        clock++;
        flush(clock, strobes);
    }

    /** Lets all buffers run empty; no time passes for the decoder. */
    void drain(Strobes strobes) {
        flush(Long.MAX_VALUE, strobes);
    }

    private void load(int number, int delay, int newValue) {
        if (number >= BUFFERS) {
            return;
        }
        long[] queue = loads[number];
        int waiting = 1;
        for (long before : queue) {
            waiting += before > clock - 2 ? 1 : 0;
        }
        if (waiting > QUEUE) {
            overflowed |= 1 << number;
            return;
        }
        if (waiting == QUEUE) {
            full |= 1 << number;
        }
        long load = Math.max(clock, lastOut[number] + 1);
        System.arraycopy(queue, 1, queue, 0, QUEUE - 1);
        queue[QUEUE - 1] = load;
        lastOut[number] = load + delay;
        insert(load + delay, number, newValue);
    }

    private void insert(long when, int number, int newValue) {
        if (pending == out.length) {
            out = Arrays.copyOf(out, 2 * pending);
            buffer = Arrays.copyOf(buffer, 2 * pending);
            value = Arrays.copyOf(value, 2 * pending);
        }
        int at = pending++;
        while (at > 0 && out[at - 1] > when) {
            out[at] = out[at - 1];
            buffer[at] = buffer[at - 1];
            value[at] = value[at - 1];
            at--;
        }
        out[at] = when;
        buffer[at] = number;
        value[at] = newValue;
    }

    /** Hands on all that comes out before this clock. */
    private void flush(long before, Strobes strobes) {
        int from = 0;
        while (from < pending && out[from] < before) {
            int to = from;
            int buffers = 0;
            while (to < pending && out[to] == out[from]) {
                values[buffer[to]] = value[to];
                buffers |= 1 << buffer[to];
                to++;
            }
            strobes.strobed(out[from], buffers, values);
            from = to;
        }
        if (from > 0) {
            pending -= from;
            System.arraycopy(out, from, out, 0, pending);
            System.arraycopy(buffer, from, buffer, 0, pending);
            System.arraycopy(value, from, value, 0, pending);
        }
    }
}
