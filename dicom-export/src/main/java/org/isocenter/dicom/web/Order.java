package org.isocenter.dicom.web;

import java.util.List;
import org.isocenter.model.ScheduledStep;

/**
 * An order as a worklist entry.
 *
 * @param problems what the order does not tell, or tells in a way that DICOM cannot hold, each as a sentence for the user
 *     without anything of the patient; nothing was guessed in its place
 */
public record Order(ScheduledStep step, List<String> problems) {
    public Order {
        problems = List.copyOf(problems);
    }
}
