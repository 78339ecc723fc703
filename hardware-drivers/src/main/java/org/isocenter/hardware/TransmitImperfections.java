package org.isocenter.hardware;

/**
 * The transmitter and its coil.
 *
 * @param gain B1 at the isocentre over what was asked for
 * @param b1InhomogeneityFraction by how much B1 is weaker 100 mm along z from the isocentre than there, as of a solenoid that
 *     lies along z; negative for a coil that is stronger towards its ends
 */
public record TransmitImperfections(double gain, double b1InhomogeneityFraction) {
    public static final TransmitImperfections NONE = new TransmitImperfections(1, 0);

    static TransmitImperfections read(ProfileSection section) throws ProfileFormatException {
        TransmitImperfections transmit = new TransmitImperfections(
                section.numberOr("gain", 1, 0, 10), section.numberOr("b1InhomogeneityFraction", 0, -1, 0.9));
        section.end();
        return transmit;
    }
}
