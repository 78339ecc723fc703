package org.isocenter.hardware.marcos;

import java.io.IOException;
import java.util.Arrays;
import org.isocenter.hardware.UncompilableTableException;

/**
 * Writes changes of marga's output buffers as instructions, so that each change appears at its clock. Changes may come a
 * little out of order; {@link #settledUntil} says from when on nothing earlier will come, and what lies before is written.
 * Not safe for several threads.
 *
 * <p>All words of a tick are issued back to back, the last of them one clock before the tick; each waits in its buffer's queue
 * until all appear together. Where a tick needs more words than there are clocks before it, the words of the ticks before are
 * issued earlier and wait longer.
 */
final class MargaProgram {
    static final int FINISH = 0x0100_0000;
    private static final int WAIT = 0x0200_0000;
    private static final int DATA = 0x8000_0000;
    /** What WAIT n takes beyond n. */
    private static final int WAIT_EXCESS = 3;

    private static final long LONGEST_WAIT = (1 << 24) - 1 + WAIT_EXCESS;
    private static final int LONGEST_DELAY = 127;
    /** Words that one buffer's queue takes. */
    private static final int QUEUE = 4;

    /** A pause this long parts groups so far that no word of the later one has to be issued before it. */
    private static final int PARTING_CLOCKS = 64;

    private final WordSink sink;
    private final int[] value = new int[MargaBuffer.COUNT];

    private long[] tick = new long[256];
    private int[] buffer = new int[256];
    private int[] bits = new int[256];
    private int[] mask = new int[256];
    private int pending;

    private long[] wordTick = new long[256];
    private int[] wordBuffer = new int[256];
    private int[] wordValue = new int[256];
    private long[] issue = new long[256];
    private int words;

    private final long[] lastOut = new long[MargaBuffer.COUNT];
    private final long[][] loads = new long[MargaBuffer.COUNT][QUEUE];
    private long clock;
    private long written;

    /** @param initial what every buffer is set to at first */
    MargaProgram(int[] initial, WordSink sink) throws IOException {
        this.sink = sink;
        for (int k = 0; k < MargaBuffer.COUNT; k++) {
            int number = MargaBuffer.COUNT - 1 - k;
            value[number] = initial[number];
            emit(data(number, k, initial[number]));
        }
        Arrays.fill(lastOut, -1);
        for (long[] queue : loads) {
            Arrays.fill(queue, Long.MIN_VALUE);
        }
    }

    /** Sets those bits of a buffer that are in {@code changedBits} at this tick. */
    void set(long atTick, int number, int newBits, int changedBits) {
        if (pending == tick.length) {
            int larger = pending * 2;
            tick = Arrays.copyOf(tick, larger);
            buffer = Arrays.copyOf(buffer, larger);
            bits = Arrays.copyOf(bits, larger);
            mask = Arrays.copyOf(mask, larger);
        }
        int at = pending++;
        while (at > 0 && tick[at - 1] > atTick) {
            tick[at] = tick[at - 1];
            buffer[at] = buffer[at - 1];
            bits[at] = bits[at - 1];
            mask[at] = mask[at - 1];
            at--;
        }
        tick[at] = atTick;
        buffer[at] = number;
        bits[at] = newBits & changedBits;
        mask[at] = changedBits;
    }

    /** Sets a whole buffer. */
    void set(long atTick, int number, int newValue) {
        set(atTick, number, newValue, 0xffff);
    }

    /** Nothing before this tick will be set any more. */
    void settledUntil(long atTick) throws IOException, UncompilableTableException {
        int cut = pending;
        while (cut > 0
                && (tick[cut - 1] >= atTick - PARTING_CLOCKS
                        || cut < pending && tick[cut] - tick[cut - 1] < PARTING_CLOCKS)) {
            cut--;
        }
        write(cut);
    }

    /** Writes what is left, and waits for this tick, if it has not passed. FINISH may follow. */
    void end(long atTick) throws IOException, UncompilableTableException {
        write(pending);
        pause(atTick - clock);
    }

    long words() {
        return written;
    }

    private void write(int changes) throws IOException, UncompilableTableException {
        if (changes == 0) {
            return;
        }
        gather(changes);
        long latest = Long.MAX_VALUE;
        long group = Long.MAX_VALUE;
        for (int i = words - 1; i >= 0; i--) {
            if (wordTick[i] != group) {
                group = wordTick[i];
                latest = Math.min(latest, group - 1);
            }
            issue[i] = latest--;
        }
        for (int i = 0; i < words; i++) {
            issue(i);
        }
        pending -= changes;
        System.arraycopy(tick, changes, tick, 0, pending);
        System.arraycopy(buffer, changes, buffer, 0, pending);
        System.arraycopy(bits, changes, bits, 0, pending);
        System.arraycopy(mask, changes, mask, 0, pending);
    }

    /** One word for each buffer that changes at a tick, by ascending number. */
    private void gather(int changes) {
        words = 0;
        int[] next = value.clone();
        int from = 0;
        while (from < changes) {
            int to = from;
            while (to < changes && tick[to] == tick[from]) {
                next[buffer[to]] = next[buffer[to]] & ~mask[to] | bits[to];
                to++;
            }
            for (int number = 0; number < MargaBuffer.COUNT; number++) {
                if (next[number] != value[number]) {
                    value[number] = next[number];
                    addWord(tick[from], number, next[number]);
                }
            }
            from = to;
        }
    }

    private void addWord(long atTick, int number, int newValue) {
        if (words == wordTick.length) {
            int larger = words * 2;
            wordTick = Arrays.copyOf(wordTick, larger);
            wordBuffer = Arrays.copyOf(wordBuffer, larger);
            wordValue = Arrays.copyOf(wordValue, larger);
            issue = Arrays.copyOf(issue, larger);
        }
        wordTick[words] = atTick;
        wordBuffer[words] = number;
        wordValue[words] = newValue;
        words++;
    }

    private void issue(int i) throws IOException, UncompilableTableException {
        if (issue[i] < clock) {
            throw new UncompilableTableException("more changes than marga can take" + at(wordTick[i])
                    + ": longer rasters, or changes that do not fall together");
        }
        pause(issue[i] - clock);
        int number = wordBuffer[i];
        long load = Math.max(clock, lastOut[number] + 1);
        long out = wordTick[i] - 1;
        long[] queue = loads[number];
        if (out < load || out - load > LONGEST_DELAY || queue[0] > clock - 2) {
            throw new UncompilableTableException("buffer " + number + " of marga cannot change so often"
                    + at(wordTick[i]) + ": longer rasters, or a slower SPI clock");
        }
        System.arraycopy(queue, 1, queue, 0, QUEUE - 1);
        queue[QUEUE - 1] = load;
        lastOut[number] = out;
        emit(data(number, (int) (out - load), wordValue[i]));
        clock++;
    }

    private static String at(long atTick) {
        return " at " + atTick / MargaCompiler.CLOCK_HERTZ + " s";
    }

    private void pause(long clocks) throws IOException {
        pause(clocks, this::emit);
        clock += Math.max(0, clocks);
    }

    /** Writes words that take so many clocks and do nothing. */
    static void pause(long clocks, WordSink sink) throws IOException {
        long left = clocks;
        while (left >= WAIT_EXCESS) {
            long part = Math.min(left, LONGEST_WAIT);
            sink.word(WAIT | (int) (part - WAIT_EXCESS));
            left -= part;
        }
        for (; left > 0; left--) {
            sink.word(0);
        }
    }

    private static int data(int number, int delay, int newValue) {
        return DATA | number << 24 | delay << 16 | newValue & 0xffff;
    }

    private void emit(int word) throws IOException {
        sink.word(word);
        written++;
    }
}
