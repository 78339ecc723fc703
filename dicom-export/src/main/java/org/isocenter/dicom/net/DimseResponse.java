package org.isocenter.dicom.net;

import org.isocenter.dicom.data.Attributes;

/**
 * The response to an operation.
 *
 * @param sopInstanceUid of the object that was affected; empty when the response does not name it
 * @param dataset what came with it; empty for none
 * @param subOperations how far a C-MOVE or C-GET has come
 */
public record DimseResponse(
        DimseStatus status, String sopInstanceUid, Attributes dataset, SubOperations subOperations) {
    public DimseResponse(DimseStatus status, String sopInstanceUid, Attributes dataset) {
        this(status, sopInstanceUid, dataset, SubOperations.UNTOLD);
    }

    /** Without instance and data set. */
    public static DimseResponse of(DimseStatus status) {
        return new DimseResponse(status, "", new Attributes());
    }
}
