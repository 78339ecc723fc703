package org.isocenter.dicom.file;

import org.isocenter.dicom.data.Attributes;

/** What a DICOM file holds: the file meta information (group 0002) and the data set. */
public record DicomFile(Attributes meta, Attributes dataset) {}
