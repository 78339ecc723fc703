package org.isocenter.hardware.marcos;

import org.isocenter.model.SystemLimits;

/**
 * How a scanner is wired to a marga board.
 *
 * @param board for gradients
 * @param spiDivider of the gradient board, 0 to 63
 * @param carrierHertz of the transmitter and of the receiver's demodulation
 * @param transmitFullScaleHertz γB1/2π at the transmitter's full scale
 * @param gradientFullScaleHertzPerMeter at the gradient board's full scale, on every axis
 */
public record MargaSettings(
        GradientBoard board,
        int spiDivider,
        double carrierHertz,
        double transmitFullScaleHertz,
        double gradientFullScaleHertzPerMeter) {
    private static final double HIGHEST_CARRIER_HERTZ = 61.44e6;

    public MargaSettings {
        if (spiDivider < 0 || spiDivider > 63) {
            throw new IllegalArgumentException("SPI divider " + spiDivider + " is not within 0 to 63");
        }
        if (!(carrierHertz > 0 && carrierHertz < HIGHEST_CARRIER_HERTZ)) {
            throw new IllegalArgumentException(
                    "a carrier of " + carrierHertz + " Hz is not below marga's " + HIGHEST_CARRIER_HERTZ + " Hz");
        }
        if (!(transmitFullScaleHertz > 0 && gradientFullScaleHertzPerMeter > 0)) {
            throw new IllegalArgumentException("full scales must be positive");
        }
    }

    /** Full scales are the system's limits, the carrier is at its Larmor frequency, the divider the board's default. */
    public static MargaSettings of(SystemLimits limits, GradientBoard board) {
        return new MargaSettings(
                board,
                board.defaultDivider(),
                limits.larmorHertz(),
                limits.rfPeakHertz(),
                limits.gradientHertzPerMeter());
    }
}
