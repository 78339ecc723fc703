package org.isocenter.sequence.pulseq;

import java.util.List;
import java.util.Optional;
import org.isocenter.sequence.Sequence;

/**
 * A Pulseq file as read.
 *
 * @param version "1.4.1", with any suffix
 * @param binary whether the file is binary rather than text
 * @param writer the program that it says to be created by, "JEMRIS 2.9.0"; "" when it does not say
 * @param signature what was found of a signature
 * @param warnings what was tolerated, each with its line
 */
public record PulseqFile(
        Sequence sequence, String version, boolean binary, String writer, Signature signature, List<String> warnings) {

    /** What the [SIGNATURE] section says and whether it holds. */
    public enum Signature {
        ABSENT,
        VALID,
        /** Holds if the newline before the section is hashed too, as JEMRIS does. */
        VALID_WITH_NEWLINE,
        /** Holds for the same text with other line ends: something on the way exchanged LF and CRLF. */
        VALID_BEFORE_LINE_ENDS_CHANGED,
        INVALID,
        /** Of a kind other than MD5. */
        UNKNOWN_TYPE;

        /** What the user should know of it. */
        Optional<String> warning() {
            return switch (this) {
                case INVALID -> Optional.of("the signature does not fit: the file was changed after it was written");
                case VALID_BEFORE_LINE_ENDS_CHANGED ->
                    Optional.of(
                            "the signature fits but for the line ends: they were exchanged after the file was written");
                case UNKNOWN_TYPE -> Optional.of("the signature is of another kind than MD5: it was not checked");
                default -> Optional.empty();
            };
        }
    }

    public PulseqFile {
        warnings = List.copyOf(warnings);
    }
}
