package org.isocenter.session.journal;

import java.util.List;
import java.util.Locale;
import org.isocenter.model.RawData;

/**
 * What a journal holds.
 *
 * @param raw all readouts up to the first damage
 * @param report as given to {@link Journal#create}; empty when the journal ends before it
 * @param endState how the scan ended, or empty when it was cut short
 * @param goodBytes of the file that could be read
 * @param lostBytes of the file after them
 * @param damage what ended the reading, or empty
 * @param notes what was wrong with the messages themselves
 */
public record RecoveredScan(
        RawData raw,
        String report,
        String endState,
        long goodBytes,
        long lostBytes,
        String damage,
        List<String> notes) {
    public RecoveredScan {
        notes = List.copyOf(notes);
    }

    public boolean isEnded() {
        return !endState.isEmpty();
    }

    /** One line for people: what was found, and what was lost. */
    public String summary() {
        String found =
                String.format(Locale.ROOT, "%d of %d readouts found (%d bytes)", raw.size(), raw.expected(), goodBytes);
        String lost = lostBytes == 0 ? "nothing cut off" : lostBytes + " bytes cut off: " + damage;
        return found + ", " + lost + (isEnded() ? ", the scan had ended: " + endState : ", the scan was cut short");
    }
}
