package org.isocenter.session.archive;

/**
 * A file of a scan.
 *
 * @param path relative to the scan's directory, with '/'
 * @param sha256 in hexadecimal
 */
public record ArchivedFile(String path, long bytes, String sha256) {}
