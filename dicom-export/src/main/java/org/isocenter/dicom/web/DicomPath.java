package org.isocenter.dicom.web;

import org.isocenter.dicom.data.UID;

/**
 * Where a study, series or instance lies in a service (PS3.18 table 10.4.1-1).
 *
 * @param series null for a whole study
 * @param instance null for a whole series
 */
public record DicomPath(String study, String series, String instance) {
    /** @throws IllegalArgumentException when one of them is no UID */
    public DicomPath {
        boolean whole = UID.isValid(study)
                && (series == null || UID.isValid(series))
                && (instance == null || series != null && UID.isValid(instance));
        if (!whole) {
            throw new IllegalArgumentException("expected the UIDs of a study, then of a series, then of an instance");
        }
    }

    public static DicomPath study(String study) {
        return new DicomPath(study, null, null);
    }

    /** Behind the service's address. */
    String text() {
        return "/studies/" + study
                + (series == null ? "" : "/series/" + series)
                + (instance == null ? "" : "/instances/" + instance);
    }
}
