package org.isocenter.session.dicom;

import java.io.IOException;
import java.nio.file.Path;

/** Settings that cannot be used. The message says what is wrong, in which file and key, and what to do. */
public final class DicomSettingsException extends IOException {
    private static final long serialVersionUID = 1;

    private final String what;
    private final String key;
    private final String remedy;

    /**
     * @param what is wrong
     * @param file that holds it
     * @param key that holds it, {@code destinations[0].port} for example, or another place in the file; empty for all of it
     * @param remedy what to do
     */
    DicomSettingsException(String what, Path file, String key, String remedy) {
        super(what + " (" + file + (key.isEmpty() ? "" : ", " + key) + "): " + remedy);
        this.what = what;
        this.key = key;
        this.remedy = remedy;
    }

    /** What is wrong. */
    public String what() {
        return what;
    }

    /** Where in the file it is; empty for all of it. */
    public String key() {
        return key;
    }

    /** What to do. */
    public String remedy() {
        return remedy;
    }
}
