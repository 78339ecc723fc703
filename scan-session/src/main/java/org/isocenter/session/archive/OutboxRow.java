package org.isocenter.session.archive;

import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;

/**
 * A row of the outbox: one thing for one destination. Says nothing of a patient except in its message.
 *
 * @param number by which people and programs call it; later rows have higher ones
 * @param destination name in the settings, or {@code AE@HOST:PORT}
 * @param subjectUid of what it is about, see {@link OutboxEntry}
 * @param sopClassUid of an instance; else empty
 * @param file of an instance
 * @param message what is sent of what has no file
 * @param reason of the last failure, as a sentence; empty after success
 * @param attempts that failed, or whose program ended in the midst of them
 * @param nextAttempt when it is tried again, or when an answer is overdue; meaningful while PENDING, and for a commitment
 *     request that is SENT
 * @param changed when it came into its state
 * @param commits whether the destination is asked to confirm that it keeps it
 * @param unanswered whether an attempt ended before its answer was heard: it may be there, or not
 */
public record OutboxRow(
        long number,
        String destination,
        OutboxKind kind,
        String subjectUid,
        String sopClassUid,
        Optional<Path> file,
        Optional<byte[]> message,
        Optional<String> scanId,
        OutboxState state,
        String reason,
        int attempts,
        Instant nextAttempt,
        Instant created,
        Instant changed,
        boolean commits,
        boolean unanswered) {

    /** Whether nothing more will happen to it: delivered, and committed where that is asked for, or cancelled. */
    public boolean isDone() {
        return switch (state) {
            case COMMITTED, CANCELLED -> true;
            case SENT -> !commits && kind != OutboxKind.COMMITMENT;
            case PENDING, SENDING, FAILED -> false;
        };
    }

    @Override
    public String toString() {
        return "OutboxRow[" + number + ", " + kind + " " + subjectUid + " to " + destination + ", " + state + "]";
    }
}
