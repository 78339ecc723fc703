package org.isocenter.session.cli;

/** A command cannot go on. The message has the form {@code WHAT (WHERE): WHAT TO DO}. */
final class CommandException extends Exception {
    private static final long serialVersionUID = 1;
    private final int exitCode;

    CommandException(int exitCode, String message) {
        this(exitCode, message, null);
    }

    CommandException(int exitCode, String message, Throwable cause) {
        super(message, cause);
        this.exitCode = exitCode;
    }

    int exitCode() {
        return exitCode;
    }
}
