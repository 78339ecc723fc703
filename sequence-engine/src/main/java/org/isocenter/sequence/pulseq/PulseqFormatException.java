package org.isocenter.sequence.pulseq;

import java.io.IOException;

/** A Pulseq file cannot be read: where, what is wrong, and what was expected. */
public final class PulseqFormatException extends IOException {
    private static final long serialVersionUID = 1;
    private final String file;
    private final int line;
    private final String section;

    /** @param line from 1, or 0 when no single line is to blame */
    public PulseqFormatException(String file, int line, String section, String problem) {
        super(file + (line > 0 ? " line " + line : "") + (section.isEmpty() ? "" : " in [" + section + "]") + ": "
                + problem);
        this.file = file;
        this.line = line;
        this.section = section;
    }

    public String file() {
        return file;
    }

    public int line() {
        return line;
    }

    public String section() {
        return section;
    }
}
