package org.isocenter.session.outbox;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import org.isocenter.session.archive.ArchiveException;
import org.isocenter.session.archive.OutboxKind;
import org.isocenter.session.archive.OutboxOutcome;
import org.isocenter.session.archive.OutboxRow;
import org.isocenter.session.archive.OutboxStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes down what comes of a batch's rows: many in one transaction, so that the disk does not hold up the network, but none much later
 * than it happened. What cannot be written down now is kept for the next time. One thread.
 */
final class Settlement {
    private static final Logger LOG = LoggerFactory.getLogger(Settlement.class);
    private static final int MOST_UNWRITTEN = 100;

    /** What is asked for by mistake must not hold images up for days. */
    static final Duration MOST_OBEYED = Duration.ofHours(1);

    private static final long WRITE_NANOS = 500_000_000L;

    private final OutboxStore store;
    private final BackOff backOff;
    private final Duration answerWithin;
    private final List<OutboxStore.Settled> unwritten = new ArrayList<>();
    private final List<OutboxRow> notTried = new ArrayList<>();
    private final Runnable written;
    private Optional<OutboxStore.Settled> firstRetry = Optional.empty();
    private Optional<OutboxStore.Settled> askedToWait = Optional.empty();
    private boolean anySuccess;
    private long lastWrite = System.nanoTime();

    /**
     * @param answerWithin after which an unanswered commitment request is overdue, the first time
     * @param written called when the database has changed
     */
    Settlement(OutboxStore store, BackOff backOff, Duration answerWithin, Runnable written) {
        this.store = store;
        this.backOff = backOff;
        this.answerWithin = answerWithin;
        this.written = written;
    }

    void outcome(OutboxRow row, OutboxOutcome outcome) {
        OutboxStore.Settled settled = new OutboxStore.Settled(row.number(), outcome, nextAttempt(row, outcome));
        log(row, settled);
        unwritten.add(settled);
        if (settled.isTriedAgain()) {
            if (firstRetry.isEmpty()
                    || settled.nextAttempt().isBefore(firstRetry.get().nextAttempt())) {
                firstRetry = Optional.of(settled);
            }
            if (outcome.pause().compareTo(Duration.ZERO) > 0) {
                askedToWait = Optional.of(settled);
            }
        } else if (outcome.kind() != OutboxOutcome.Kind.PERMANENT) {
            anySuccess = true;
        }
        if (unwritten.size() >= MOST_UNWRITTEN || System.nanoTime() - lastWrite > WRITE_NANOS) {
            tryToWrite();
        }
    }

    /** These are given back as they were. */
    void notTried(List<OutboxRow> rows) {
        notTried.addAll(rows);
    }

    private Instant nextAttempt(OutboxRow row, OutboxOutcome outcome) {
        if (outcome.equals(OutboxOutcome.CUT_OFF)) {
            return Instant.now();
        }
        boolean awaitsAnswer = row.kind() == OutboxKind.COMMITMENT && outcome.kind() == OutboxOutcome.Kind.SENT;
        Duration wait = awaitsAnswer
                ? answerWithin.multipliedBy(1L << Math.min(row.attempts(), Outbox.Timing.MOST_DOUBLINGS))
                : longer(backOff.after(row.attempts() + 1, ThreadLocalRandom.current()), outcome.pause());
        return Instant.now().plus(wait);
    }

    private static Duration longer(Duration ours, Duration asked) {
        Duration obeyed = asked.compareTo(MOST_OBEYED) > 0 ? MOST_OBEYED : asked;
        return obeyed.compareTo(ours) > 0 ? obeyed : ours;
    }

    /** The reason may hold what a peer wrote, and that may name a patient: it stays in the archive. */
    private static void log(OutboxRow row, OutboxStore.Settled settled) {
        switch (settled.outcome().kind()) {
            case SENT, COMMITTED ->
                LOG.debug(
                        "outbox {}: {} {} {}",
                        row.number(),
                        row.kind(),
                        row.subjectUid(),
                        settled.outcome().kind());
            case TEMPORARY, UNANSWERED ->
                LOG.info(
                        "outbox {}: {} {} not delivered to {}, failure {}, again at {}",
                        row.number(),
                        row.kind(),
                        row.subjectUid(),
                        row.destination(),
                        row.attempts() + 1,
                        settled.nextAttempt());
            case PERMANENT ->
                LOG.warn(
                        "outbox {}: {} {} refused by {}",
                        row.number(),
                        row.kind(),
                        row.subjectUid(),
                        row.destination());
        }
    }

    boolean anySuccess() {
        return anySuccess;
    }

    /** The failure that is tried again first; empty when none is. */
    Optional<OutboxStore.Settled> firstRetry() {
        return firstRetry;
    }

    /** The last failure by which the destination asked to be left alone; empty when it did not. */
    Optional<OutboxStore.Settled> askedToWait() {
        return askedToWait;
    }

    /** False when the archive cannot be written now. */
    boolean tryToWrite() {
        if (unwritten.isEmpty() && notTried.isEmpty()) {
            return true;
        }
        lastWrite = System.nanoTime();
        try {
            store.settle(unwritten);
            store.release(notTried);
        } catch (ArchiveException e) {
            LOG.error("{} outcomes of the outbox cannot be written down yet", unwritten.size(), e);
            return false;
        }
        unwritten.clear();
        notTried.clear();
        written.run();
        return true;
    }
}
