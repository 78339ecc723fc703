package org.isocenter.sequence;

import java.util.List;
import org.isocenter.model.Encoding;
import org.isocenter.model.ReadoutGroup;
import org.isocenter.model.ReadoutHeader;
import org.isocenter.model.SequenceParameters;

/**
 * A sequence together with what its readouts mean: made by a {@link SequenceBuilder}, or worked out for a file from its
 * labels, definitions and trajectory.
 *
 * @param sequence what is played; {@code readouts} follow its ADC windows one for one
 * @param encodings encoding spaces, at least one
 * @param readouts header of each ADC window, with one channel; what is first or last in its slice is marked here
 * @param parameters in DICOM's terms
 * @param notes what had to be assumed, for the user
 */
public record SequencePlan(
        Sequence sequence,
        List<Encoding> encodings,
        List<ReadoutHeader> readouts,
        SequenceParameters parameters,
        List<String> notes) {
    public SequencePlan {
        encodings = List.copyOf(encodings);
        readouts = List.copyOf(ReadoutGroup.marked(readouts));
        notes = List.copyOf(notes);
        if (readouts.size() != sequence.adcWindows()) {
            throw new IllegalArgumentException(
                    readouts.size() + " readout headers for " + sequence.adcWindows() + " ADC windows");
        }
    }
}
