package org.isocenter.sequence.pulseq;

import java.util.Arrays;
import java.util.Optional;

/** The versions that can be written. */
public enum PulseqVersion {
    V1_2_1("1.2.1", 1_002_001),
    V1_3_1("1.3.1", 1_003_001),
    V1_4_2("1.4.2", 1_004_002),
    V1_5_0("1.5.0", 1_005_000),
    V1_5_1("1.5.1", 1_005_001),
    /** The only binary one: the layout was not settled before. */
    BINARY_1_5_2("1.5.2", 1_005_002);

    private final String number;
    private final int order;

    PulseqVersion(String number, int order) {
        this.number = number;
        this.order = order;
    }

    /** The text version written as "1.5.1". */
    public static Optional<PulseqVersion> of(String number) {
        return Arrays.stream(values())
                .filter(v -> !v.isBinary() && v.number.equals(number))
                .findFirst();
    }

    /** As files hold it: "1.5.1". */
    public String number() {
        return number;
    }

    public boolean isBinary() {
        return this == BINARY_1_5_2;
    }

    boolean isBefore(PulseqVersion other) {
        return order < other.order;
    }

    /** For people: "1.5.1", "1.5.2 binary". */
    @Override
    public String toString() {
        return isBinary() ? number + " binary" : number;
    }
}
