package org.isocenter.hardware;

/** The transmitter and its coil. */
public record TransmitImperfections() {
    public static final TransmitImperfections NONE = new TransmitImperfections();

    static TransmitImperfections read(ProfileSection section) throws ProfileFormatException {
        section.end();
        return NONE;
    }
}
