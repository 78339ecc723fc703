package org.isocenter.model;

/** Points to a DICOM instance (PS3.3 table 10-11). */
public record SopReference(String sopClassUid, String sopInstanceUid) {}
