package org.isocenter.app.notice;

import java.util.List;

/**
 * One message: it names the thing, the cause and the next step.
 *
 * @param actions next steps that one click takes
 */
public record Notice(Kind kind, String text, List<Action> actions) {

    /** How urgent it is: each has a sign of its own, not only a colour. */
    public enum Kind {
        INFO("i"),
        OK("✓"),
        WARNING("!"),
        ERROR("✕");

        private final String sign;

        Kind(String sign) {
            this.sign = sign;
        }

        public String sign() {
            return sign;
        }
    }

    /** A next step. */
    public record Action(String label, Runnable run) {}

    public Notice {
        actions = List.copyOf(actions);
    }

    public static Notice of(Kind kind, String text, Action... actions) {
        return new Notice(kind, text, List.of(actions));
    }
}
