package org.isocenter.hardware;

import java.time.Instant;

/**
 * Why a device must not play: a protective input has tripped. It stays latched until a person acknowledges it.
 *
 * @param kind what tripped
 * @param reason for people: what the device reported and, where it is known, what helps: "the door of the shielded room is open"
 * @param since when it was seen first
 */
public record Interlock(Kind kind, String reason, Instant since) {
    /** What tripped. */
    public enum Kind {
        EMERGENCY_STOP("emergency stop"),
        /** The patient's call bell, or the table. */
        PATIENT("patient"),
        DOOR("door"),
        SAR("SAR monitor"),
        RF_AMPLIFIER("RF amplifier"),
        GRADIENT_AMPLIFIER("gradient amplifier"),
        TEMPERATURE("temperature"),
        OTHER("other");

        private final String text;

        Kind(String text) {
            this.text = text;
        }

        /** What people read: "gradient amplifier". */
        public String text() {
            return text;
        }
    }

    /** What people read: "door: the door of the shielded room is open". */
    public String text() {
        return kind.text() + ": " + reason;
    }
}
