package org.isocenter.sequence.pulseq;

import java.util.List;
import org.isocenter.sequence.Sequence;

/**
 * A Pulseq file as read.
 *
 * @param version "1.4.1", with any suffix
 * @param signature what was found of a signature
 * @param warnings what was tolerated, each with its line
 */
public record PulseqFile(Sequence sequence, String version, Signature signature, List<String> warnings) {

    /** What the [SIGNATURE] section says and whether it holds. */
    public enum Signature {
        ABSENT,
        VALID,
        /** Holds if the newline before the section is hashed too, as JEMRIS does. */
        VALID_WITH_NEWLINE,
        INVALID,
        /** Of a kind other than MD5. */
        UNKNOWN_TYPE
    }

    public PulseqFile {
        warnings = List.copyOf(warnings);
    }
}
