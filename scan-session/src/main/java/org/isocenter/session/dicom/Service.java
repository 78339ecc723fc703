package org.isocenter.session.dicom;

import java.util.Locale;

/** What a destination is used for. */
public enum Service {
    /** Images are sent to it. */
    STORE,
    /** It is asked which exams are planned. */
    WORKLIST,
    /** It is told which exams are under way and done. */
    MPPS,
    /** It is asked to confirm that it keeps what was stored there. */
    COMMITMENT,
    /** It is asked for earlier images. */
    QUERY;

    /** As in the settings: small letters. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }
}
