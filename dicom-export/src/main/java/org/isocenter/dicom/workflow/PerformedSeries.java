package org.isocenter.dicom.workflow;

import java.util.List;
import org.isocenter.model.SopReference;

/**
 * A series that a performed step has made.
 *
 * @param instanceUid SeriesInstanceUID
 * @param protocolName what was run; never empty
 * @param performingPhysician PN, or empty
 * @param operators PN, or empty
 * @param images of the series; may be empty
 * @param others instances that are no images
 */
public record PerformedSeries(
        String instanceUid,
        String protocolName,
        String description,
        String performingPhysician,
        String operators,
        List<SopReference> images,
        List<SopReference> others) {
    public PerformedSeries {
        if (protocolName.isBlank()) {
            throw new IllegalArgumentException("a performed series needs the name of its protocol");
        }
        images = List.copyOf(images);
        others = List.copyOf(others);
    }
}
