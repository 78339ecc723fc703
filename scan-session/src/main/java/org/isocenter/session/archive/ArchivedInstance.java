package org.isocenter.session.archive;

/**
 * A DICOM file of a scan.
 *
 * @param path relative to the scan's directory, with '/'
 */
public record ArchivedInstance(String path, String sopClassUid, String sopInstanceUid) {}
