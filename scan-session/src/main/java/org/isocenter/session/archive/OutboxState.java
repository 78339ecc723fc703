package org.isocenter.session.archive;

/** How far a row of the outbox is. */
public enum OutboxState {
    /** Waits for its turn; after a failure that may pass, until its next attempt. */
    PENDING,
    /** A process is at it. */
    SENDING,
    /** The destination has taken it. A commitment request then waits for its answer until its next attempt. */
    SENT,
    /** The destination has promised to keep it. */
    COMMITTED,
    /** It was refused for good: waits for a person. */
    FAILED,
    /** A person does not want it any more. */
    CANCELLED
}
