package org.isocenter.recon.mrd;

import java.io.IOException;

/** MRD data cannot be read: which file or stream, where in it, what is wrong and what was expected. */
public final class MrdFormatException extends IOException {
    private static final long serialVersionUID = 1;

    private final String source;
    private final String where;
    private final String problem;

    /**
     * @param source file or peer; empty when the caller knows it better
     * @param where "record 12", "byte 340"; empty when the whole is meant
     */
    public MrdFormatException(String source, String where, String problem) {
        this(source, where, problem, null);
    }

    public MrdFormatException(String source, String where, String problem, Throwable cause) {
        super(
                (source.isEmpty() ? "MRD data" : source) + (where.isEmpty() ? "" : " at " + where) + ": " + problem,
                cause);
        this.source = source;
        this.where = where;
        this.problem = problem;
    }

    /** The same, with its source named if it was not. */
    public MrdFormatException in(String file) {
        return source.isEmpty() ? new MrdFormatException(file, where, problem, this) : this;
    }
}
