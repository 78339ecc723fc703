package org.isocenter.dicom.file;

import org.isocenter.dicom.data.Attributes;

/**
 * What stands in a Part 10 file before its data set.
 *
 * @param meta the file meta information (group 0002)
 * @param transferSyntax of the data set
 * @param datasetOffset byte of the file at which the data set begins
 */
public record DicomFileStart(Attributes meta, String transferSyntax, long datasetOffset) {}
