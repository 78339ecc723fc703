package org.isocenter.sequence;

/** What an RF pulse is for: Pulseq's one-letter use. */
public enum RfUse {
    EXCITATION('e'),
    REFOCUSING('r'),
    INVERSION('i'),
    SATURATION('s'),
    PREPARATION('p'),
    OTHER('o'),
    UNDEFINED('u');

    private final char letter;

    RfUse(char letter) {
        this.letter = letter;
    }

    public char letter() {
        return letter;
    }

    /** Whether this resets k (excitation, undefined) or turns it round (refocusing), as Pulseq's toolboxes count it. */
    public boolean movesKspace() {
        return this == EXCITATION || this == UNDEFINED || this == REFOCUSING;
    }

    /** The use with this letter; {@link #UNDEFINED} for a letter that Pulseq does not know. */
    public static RfUse of(char letter) {
        for (RfUse use : values()) {
            if (use.letter == letter) {
                return use;
            }
        }
        return UNDEFINED;
    }
}
