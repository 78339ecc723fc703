package org.isocenter.session.cli;

/** What scripts see. */
final class ExitCode {
    static final int DONE = 0;
    /** The work was done and the answer is no. */
    static final int NO = 1;
    /** Bad arguments or unreadable input. */
    static final int INPUT = 2;
    /** The device or peer failed, or this program did. */
    static final int DEVICE = 3;
    /** A safety limit refused. */
    static final int SAFETY = 4;

    static final int INTERRUPTED = 130;

    private ExitCode() {}
}
