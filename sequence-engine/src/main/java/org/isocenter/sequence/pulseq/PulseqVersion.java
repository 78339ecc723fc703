package org.isocenter.sequence.pulseq;

import java.util.Arrays;
import java.util.Optional;

/** The versions that can be written. */
public enum PulseqVersion {
    V1_4_2("1.4.2"),
    V1_5_1("1.5.1");

    private final String text;

    PulseqVersion(String text) {
        this.text = text;
    }

    /** The version written as "1.5.1". */
    public static Optional<PulseqVersion> of(String text) {
        return Arrays.stream(values()).filter(v -> v.text.equals(text)).findFirst();
    }

    @Override
    public String toString() {
        return text;
    }
}
