package org.isocenter.hardware.marcos;

import java.util.Collections;
import java.util.List;
import org.isocenter.model.SystemLimits;

/**
 * How a scanner is wired to a marga board.
 *
 * @param board for gradients
 * @param spiDivider of the gradient board, 0 to 63
 * @param carrierHertz of the transmitter and of the receiver's demodulation
 * @param transmitFullScaleHertz γB1/2π at the transmitter's full scale
 * @param gradients of x, y and z
 * @param transmitChannel 0 or 1
 * @param receiveChannels 1 or 2
 * @param oversampling least number of samples that the receiver makes of one that is asked for
 * @param receiveDelay samples that the receiver's filter is late: so many more are received, and the first are left out
 */
public record MargaSettings(
        GradientBoard board,
        int spiDivider,
        double carrierHertz,
        double transmitFullScaleHertz,
        List<GradientScale> gradients,
        int transmitChannel,
        int receiveChannels,
        int oversampling,
        int receiveDelay) {
    private static final double HIGHEST_CARRIER_HERTZ = 61.44e6;
    private static final int MOST_OVERSAMPLING = 16;

    public MargaSettings {
        gradients = List.copyOf(gradients);
        if (spiDivider < 0 || spiDivider > 63) {
            throw new IllegalArgumentException("SPI divider " + spiDivider + " is not within 0 to 63");
        }
        if (!(carrierHertz > 0 && carrierHertz < HIGHEST_CARRIER_HERTZ)) {
            throw new IllegalArgumentException(
                    "a carrier of " + carrierHertz + " Hz is not below marga's " + HIGHEST_CARRIER_HERTZ + " Hz");
        }
        if (!(transmitFullScaleHertz > 0)) {
            throw new IllegalArgumentException("the transmitter's full scale must be positive");
        }
        if (gradients.size() != 3) {
            throw new IllegalArgumentException("there are three gradients, not " + gradients.size());
        }
        if (transmitChannel < 0 || transmitChannel > 1) {
            throw new IllegalArgumentException("transmit channel " + transmitChannel + " is not 0 or 1");
        }
        if (receiveChannels < 1 || receiveChannels > 2) {
            throw new IllegalArgumentException(
                    "a console with " + receiveChannels + " receive channels is not known: marga has 1 or 2");
        }
        if (oversampling < 1 || oversampling > MOST_OVERSAMPLING) {
            throw new IllegalArgumentException(
                    "oversampling " + oversampling + " is not within 1 to " + MOST_OVERSAMPLING);
        }
        if (receiveDelay < 0) {
            throw new IllegalArgumentException("a receiver is not early by " + -receiveDelay + " samples");
        }
    }

    /** With one full scale for all gradients, without shims, and with as many receive samples as are asked for. */
    public MargaSettings(
            GradientBoard board,
            int spiDivider,
            double carrierHertz,
            double transmitFullScaleHertz,
            double gradientFullScaleHertzPerMeter) {
        this(
                board,
                spiDivider,
                carrierHertz,
                transmitFullScaleHertz,
                Collections.nCopies(3, GradientScale.of(gradientFullScaleHertzPerMeter)),
                0,
                1,
                1,
                0);
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

    /** The same with another receiver. */
    public MargaSettings withReceiver(int newOversampling, int newReceiveDelay) {
        return new MargaSettings(
                board,
                spiDivider,
                carrierHertz,
                transmitFullScaleHertz,
                gradients,
                transmitChannel,
                receiveChannels,
                newOversampling,
                newReceiveDelay);
    }
}
