package org.isocenter.hardware.marcos;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * The timing of marga's queues, as measured on the firmware: a word of buffer b with delay d, decoded at clock c, is loaded at
 * max(c, out of the word before + 1) and comes out d clocks later.
 */
final class MargaModel {
    private static final int INITIAL_WORDS = 17;
    private static final int MOST_QUEUED = 4;

    /** A buffer's new value at a tick; the initial words set theirs at tick 0. */
    record Change(long tick, int buffer, int value) {}

    private final List<Change> changes = new ArrayList<>();
    private final long[] lastOut = new long[32];
    private final List<List<Long>> loads = new ArrayList<>();
    private long clock;
    private boolean finished;

    private MargaModel() {
        for (int i = 0; i < lastOut.length; i++) {
            lastOut[i] = -1;
            loads.add(new ArrayList<>());
        }
    }

    /** Plays a program, and fails where the firmware would. */
    static List<Change> play(List<Integer> words) {
        MargaModel model = new MargaModel();
        for (int i = 0; i < words.size(); i++) {
            model.word(words.get(i), i);
        }
        if (!model.finished) {
            throw new AssertionError("no FINISH");
        }
        model.changes.sort(Comparator.comparingLong(Change::tick));
        return model.changes;
    }

    private void word(int word, int index) {
        if (finished) {
            throw new AssertionError("words after FINISH");
        }
        if (word < 0) {
            data(word, index);
            clock++;
            return;
        }
        switch (word >>> 24) {
            case 0 -> clock++;
            case 1 -> finished = true;
            case 2 -> clock += (word & 0xffffff) + 3;
            default -> throw new AssertionError("opcode " + (word >>> 24));
        }
    }

    private void data(int word, int index) {
        int buffer = word >>> 24 & 0x7f;
        int delay = word >>> 16 & 0x7f;
        long load = Math.max(clock, lastOut[buffer] + 1);
        List<Long> queue = loads.get(buffer);
        queue.removeIf(l -> l <= clock - 2);
        queue.add(load);
        if (queue.size() > MOST_QUEUED) {
            throw new AssertionError("buffer " + buffer + " overflows at clock " + clock);
        }
        lastOut[buffer] = load + delay;
        boolean initial = index < INITIAL_WORDS;
        changes.add(new Change(initial ? 0 : lastOut[buffer] + 1 - INITIAL_WORDS, buffer, word & 0xffff));
    }
}
