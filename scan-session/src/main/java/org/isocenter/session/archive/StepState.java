package org.isocenter.session.archive;

/** How far a performed procedure step is. */
public enum StepState {
    IN_PROGRESS,
    /** The visit is over; the hospital has yet to be told. */
    ENDED,
    /** The visit was broken off; the hospital has yet to be told. */
    BROKEN_OFF,
    /** The last message says: completed. */
    COMPLETED,
    /** The last message says: discontinued. */
    DISCONTINUED;

    /** Whether the last message about it has been put into the outbox. */
    public boolean isFinal() {
        return this == COMPLETED || this == DISCONTINUED;
    }
}
