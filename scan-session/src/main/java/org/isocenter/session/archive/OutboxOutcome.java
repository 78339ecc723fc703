package org.isocenter.session.archive;

import java.time.Duration;

/**
 * What came of an attempt to deliver a row.
 *
 * @param reason of a failure: a sentence that says what happened, where, and what to do, and nothing of a patient; else empty
 * @param pause how long the destination asks not to be called at all; zero when it does not say
 */
public record OutboxOutcome(Kind kind, String reason, Duration pause) {
    /** The destination has it. For a commitment request: it will answer. */
    public static final OutboxOutcome SENT = new OutboxOutcome(Kind.SENT, "", Duration.ZERO);
    /** The destination has it and has promised to keep it. */
    public static final OutboxOutcome COMMITTED = new OutboxOutcome(Kind.COMMITTED, "", Duration.ZERO);

    /** This program ended between the question and its answer, which says nothing of the destination: asked again at the next start. */
    public static final OutboxOutcome CUT_OFF =
            new OutboxOutcome(Kind.UNANSWERED, "the program ended before the answer came", Duration.ZERO);

    /** How an attempt ends. */
    public enum Kind {
        SENT,
        COMMITTED,
        /** It may work later: tried again by itself. */
        TEMPORARY,
        /** It broke off before the answer: it may have arrived, or not. Tried again by itself. */
        UNANSWERED,
        /** It will not work as it is: a person has to look at it. */
        PERMANENT
    }

    public OutboxOutcome {
        boolean failed = kind != Kind.SENT && kind != Kind.COMMITTED;
        if (failed == reason.isEmpty()) {
            throw new IllegalArgumentException(kind + " with the reason \"" + reason + "\"");
        }
    }

    /** It may work later: unreachable, busy, no room there, cut off. */
    public static OutboxOutcome temporary(String reason) {
        return temporary(reason, Duration.ZERO);
    }

    /** The same, and it asks to be left alone for a while. */
    public static OutboxOutcome temporary(String reason, Duration pause) {
        return new OutboxOutcome(Kind.TEMPORARY, reason, pause);
    }

    /** It broke off between the question and its answer. */
    public static OutboxOutcome unanswered(String reason) {
        return new OutboxOutcome(Kind.UNANSWERED, reason, Duration.ZERO);
    }

    /** It will not work as it is: not accepted there, not right. */
    public static OutboxOutcome permanent(String reason) {
        return new OutboxOutcome(Kind.PERMANENT, reason, Duration.ZERO);
    }
}
