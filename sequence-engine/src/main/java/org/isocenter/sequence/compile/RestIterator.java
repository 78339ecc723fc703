package org.isocenter.sequence.compile;

import java.util.HashSet;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Set;
import org.isocenter.sequence.Sequence;
import org.isocenter.sequence.compile.RepetitionIterator.Repetition;
import org.isocenter.sequence.compile.RepetitionIterator.Timing;

/**
 * Finds the rests of a sequence: one after each repetition. After one without a readout it is certain when both this repetition and
 * the next are timed as a pair of which the first has a readout: one alone may be as long as a mixing time by chance.
 */
final class RestIterator implements Iterator<Rest> {
    private final Sequence sequence;
    private final TickClock clock;
    private final RepetitionIterator repetitions;
    private Repetition repetition;
    private Repetition following;
    private Set<Pair> read;

    private record Pair(Timing timing, Timing following) {}

    RestIterator(Sequence sequence, TickClock clock) {
        this.sequence = sequence;
        this.clock = clock;
        repetitions = new RepetitionIterator(sequence);
        following = after(repetitions);
        advance();
    }

    private static Repetition after(RepetitionIterator repetitions) {
        return repetitions.hasNext() ? repetitions.next() : null;
    }

    private void advance() {
        repetition = following;
        following = after(repetitions);
    }

    /** Looked for when the first repetition without a readout comes. */
    private Set<Pair> read() {
        if (read == null) {
            read = new HashSet<>();
            RepetitionIterator all = new RepetitionIterator(sequence);
            Repetition next;
            for (Repetition each = after(all); each != null; each = next) {
                next = after(all);
                if (each.acquired() && next != null) {
                    read.add(new Pair(each.timing(), next.timing()));
                }
            }
        }
        return read;
    }

    private boolean isDummy() {
        return following != null && read().contains(new Pair(repetition.timing(), following.timing()));
    }

    @Override
    public boolean hasNext() {
        return repetition != null;
    }

    @Override
    public Rest next() {
        if (repetition == null) {
            throw new NoSuchElementException();
        }
        Rest rest = new Rest(
                clock.tick(repetition.busyUntilPs()),
                clock.tick(repetition.nextPs()),
                repetition.acquired() || isDummy());
        advance();
        return rest;
    }
}
