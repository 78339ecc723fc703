package org.isocenter.session.archive;

/**
 * What came of an attempt to deliver a row.
 *
 * @param reason of a failure: a sentence that says what happened, where, and what to do, and nothing of a patient; else empty
 */
public record OutboxOutcome(Kind kind, String reason) {
    /** The destination has it. For a commitment request: it will answer. */
    public static final OutboxOutcome SENT = new OutboxOutcome(Kind.SENT, "");
    /** The destination has it and has promised to keep it. */
    public static final OutboxOutcome COMMITTED = new OutboxOutcome(Kind.COMMITTED, "");

    /** How an attempt ends. */
    public enum Kind {
        SENT,
        COMMITTED,
        /** It may work later: tried again by itself. */
        TEMPORARY,
        /** It will not work as it is: a person has to look at it. */
        PERMANENT
    }

    public OutboxOutcome {
        boolean failed = kind == Kind.TEMPORARY || kind == Kind.PERMANENT;
        if (failed == reason.isEmpty()) {
            throw new IllegalArgumentException(kind + " with the reason \"" + reason + "\"");
        }
    }

    /** It may work later: unreachable, busy, no room there, cut off. */
    public static OutboxOutcome temporary(String reason) {
        return new OutboxOutcome(Kind.TEMPORARY, reason);
    }

    /** It will not work as it is: not accepted there, not right. */
    public static OutboxOutcome permanent(String reason) {
        return new OutboxOutcome(Kind.PERMANENT, reason);
    }
}
