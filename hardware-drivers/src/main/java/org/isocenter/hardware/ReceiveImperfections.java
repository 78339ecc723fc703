package org.isocenter.hardware;

/**
 * The way from the receive coil to the samples.
 *
 * @param noise standard deviation of the real and of the imaginary part of a sample at 10 kHz sampling rate, in millilitres
 *     of fully polarised water; grows with the root of the sampling rate
 */
public record ReceiveImperfections(double noise) {
    public static final ReceiveImperfections NONE = new ReceiveImperfections(0);

    static ReceiveImperfections read(ProfileSection section) throws ProfileFormatException {
        ReceiveImperfections receive = new ReceiveImperfections(section.numberOr("noise", 0, 0, 1e6));
        section.end();
        return receive;
    }
}
