package org.isocenter.dicom.iod;

import java.nio.file.Path;
import java.util.List;

/**
 * What a series became.
 *
 * @param files one per instance, in order
 * @param notes for the user: what had to be shortened or could not be kept
 */
public record WrittenSeries(List<Path> files, List<String> notes) {
    public WrittenSeries {
        files = List.copyOf(files);
        notes = List.copyOf(notes);
    }
}
