package org.isocenter.session.dicom;

import java.io.IOException;

/** Settings that cannot be used. The message says what is wrong, in which file and key, and what to do. */
public final class DicomSettingsException extends IOException {
    private static final long serialVersionUID = 1;

    /**
     * @param where file and key, or what else was given
     * @param remedy what to do
     */
    DicomSettingsException(String what, String where, String remedy) {
        super(what + " (" + where + "): " + remedy);
    }
}
