package org.isocenter.model;

import java.util.Locale;
import java.util.Optional;

/** Which of a pair is imaged, as the patient has them. */
public enum Side {
    UNKNOWN("", null),
    RIGHT("R", new Code("24028007", "SCT", "Right")),
    LEFT("L", new Code("7771000", "SCT", "Left")),
    /** Both of them in the images. */
    BOTH("B", new Code("51440002", "SCT", "Bilateral"));

    private final String letter;
    private final Code code;

    Side(String letter, Code code) {
        this.letter = letter;
        this.code = code;
    }

    /** As ImageLaterality (0020,0062) has it: R, L or B; empty when it is not known. */
    public String letter() {
        return letter;
    }

    /** As PS3.16 CID 244 has it; null when it is not known. */
    public Code code() {
        return code;
    }

    /** "right", "L" and so on; empty for all that names no side. */
    public static Optional<Side> of(String text) {
        String wanted = text.strip().toUpperCase(Locale.ROOT);
        for (Side side : values()) {
            if (side != UNKNOWN && (side.name().equals(wanted) || side.letter.equals(wanted))) {
                return Optional.of(side);
            }
        }
        return Optional.empty();
    }

    /** The side that this code stands for; empty where none does. */
    public static Optional<Side> of(Code code) {
        for (Side side : values()) {
            if (side != UNKNOWN && side.code.means(code)) {
                return Optional.of(side);
            }
        }
        return Optional.empty();
    }
}
