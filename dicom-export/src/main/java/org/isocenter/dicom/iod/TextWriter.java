package org.isocenter.dicom.iod;

import java.util.List;
import org.isocenter.dicom.data.Attributes;
import org.isocenter.dicom.data.Dictionary;

/**
 * Puts free text into a data set. A description that is too long is shortened, and a note says so: a scan must not be lost
 * over it. (What identifies goes through {@link Attributes#setString}, which refuses.)
 */
public final class TextWriter {
    private static final String CUT = "…";

    private final Attributes attributes;
    private final List<String> notes;

    public TextWriter(Attributes attributes, List<String> notes) {
        this.attributes = attributes;
        this.notes = notes;
    }

    /** Writes the description, or nothing when there is none. */
    public void describe(int tag, String text) {
        if (text == null || text.isBlank()) {
            return;
        }
        String line = text.replaceAll("[\\p{Cntrl}\\\\]+", " ").strip();
        int most = Dictionary.vr(tag).maxCharacters();
        int characters = line.codePointCount(0, line.length());
        if (characters > most) {
            line = line.substring(0, line.offsetByCodePoints(0, most - 1)).stripTrailing() + CUT;
            notes.add(Dictionary.describe(tag) + " was shortened from " + characters + " to " + most
                    + " characters in the DICOM files");
        }
        attributes.setString(tag, line);
    }
}
