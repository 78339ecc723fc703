package org.isocenter.dicom.web;

import java.util.List;
import org.isocenter.dicom.workflow.WorklistEntry;

/**
 * What a server answered about orders.
 *
 * @param entries each order as an entry of a worklist, with what it does not tell; nothing was guessed in its place
 * @param notes for the user: orders that could not be read, or that there are more
 */
public record Orders(List<WorklistEntry> entries, List<String> notes) {
    public Orders {
        entries = List.copyOf(entries);
        notes = List.copyOf(notes);
    }
}
