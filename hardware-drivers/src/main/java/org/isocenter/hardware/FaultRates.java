package org.isocenter.hardware;

/** How often the spectrometer fails. */
public record FaultRates() {
    public static final FaultRates NONE = new FaultRates();

    static FaultRates read(ProfileSection section) throws ProfileFormatException {
        section.end();
        return NONE;
    }
}
