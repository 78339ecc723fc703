package org.isocenter.dicom.web;

import java.util.List;
import org.isocenter.dicom.data.Attributes;

/**
 * What a search brought.
 *
 * @param complete false when there are more than were wanted, or the server would not tell all
 */
public record Found(List<Attributes> matches, boolean complete) {
    public Found {
        matches = List.copyOf(matches);
    }
}
