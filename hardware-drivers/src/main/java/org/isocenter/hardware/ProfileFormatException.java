package org.isocenter.hardware;

import java.io.IOException;

/** A scanner profile cannot be used: which file, which key, and what was expected. */
public final class ProfileFormatException extends IOException {
    private static final long serialVersionUID = 1;

    /** @param key with its section, "imperfections.noise"; empty when the whole file is to blame */
    public ProfileFormatException(String file, String key, String problem) {
        this(file, key, problem, null);
    }

    public ProfileFormatException(String file, String key, String problem, Throwable cause) {
        super("scanner profile " + file + (key.isEmpty() ? " " : ", key '" + key + "': ") + problem, cause);
    }
}
