package org.isocenter.dicom.web;

import org.isocenter.dicom.data.Tag;

/** What is looked for. */
public enum QueryLevel {
    STUDY("/studies", Tag.StudyInstanceUID),
    SERIES("/series", Tag.SeriesInstanceUID),
    INSTANCE("/instances", Tag.SOPInstanceUID);

    private final String path;
    private final int uidTag;

    QueryLevel(String path, int uidTag) {
        this.path = path;
        this.uidTag = uidTag;
    }

    /** Behind the service's address, or that of what is looked in. */
    String path() {
        return path;
    }

    /** The attribute in which no two matches are alike. */
    int uidTag() {
        return uidTag;
    }
}
