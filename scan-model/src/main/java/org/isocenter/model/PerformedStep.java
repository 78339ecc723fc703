package org.isocenter.model;

import java.time.OffsetDateTime;

/**
 * One visit to the scanner: a modality performed procedure step. Images and the messages about it carry the same values.
 *
 * @param instanceUid SOP instance UID of the step
 * @param id PerformedProcedureStepID (0040,0253), at most 16 characters
 * @param start when its first scan began
 * @param description PerformedProcedureStepDescription (0040,0254)
 */
public record PerformedStep(String instanceUid, String id, OffsetDateTime start, String description) {

    @Override
    public String toString() {
        return "PerformedStep[" + instanceUid + "]";
    }
}
