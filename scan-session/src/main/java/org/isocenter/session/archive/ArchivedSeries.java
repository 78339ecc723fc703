package org.isocenter.session.archive;

/** A DICOM series of a scan. */
public record ArchivedSeries(String instanceUid, int number, String description, int images) {}
