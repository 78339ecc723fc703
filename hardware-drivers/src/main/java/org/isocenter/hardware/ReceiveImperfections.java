package org.isocenter.hardware;

import java.util.ArrayList;
import java.util.List;
import org.isocenter.model.Vec3;

/**
 * The way from the receive coil to the samples, in the order of the hardware. Amplitudes and deviations are in millilitres of
 * fully polarised water at a uniform coil.
 *
 * @param channels receive channels; 0 for as many as the profile has
 * @param fieldDirection of the main field, on which the sensitivities of several channels depend
 * @param noise of coil and patient: standard deviation of the real and of the imaginary part of a sample at 10 kHz sampling
 *     rate; grows with the root of the sampling rate
 * @param noiseCorrelation correlation of this noise between the two channels nearest to each other, from 0, below 1
 * @param interference tones that the coil picks up
 * @param mainsNoise broadband noise that swells with the mains, whose frequency is the field's: root mean square, as
 *     {@code noise}
 * @param ringdownAmplitude what the coil still sends right after a pulse that ends at the transmitter's peak
 * @param ringdownSeconds time constant of the coil
 * @param deadSeconds for how long after a transmission nothing from the coil passes the receive switch
 * @param noiseFigureDecibels by how much the preamplifier raises the noise, in power
 * @param gainDecibels of the receiver, against its nominal one
 * @param fullScale amplitude at nominal gain that the converter just takes; 0 for a converter without limit
 * @param bits word length of the samples, the sign included, for which full scale is the largest; 0 for no rounding
 */
public record ReceiveImperfections(
        int channels,
        Vec3 fieldDirection,
        double noise,
        double noiseCorrelation,
        List<InterferenceLine> interference,
        double mainsNoise,
        double ringdownAmplitude,
        double ringdownSeconds,
        double deadSeconds,
        double noiseFigureDecibels,
        double gainDecibels,
        double fullScale,
        int bits) {
    public static final ReceiveImperfections NONE = new ReceiveImperfections(0);

    public ReceiveImperfections {
        interference = List.copyOf(interference);
    }

    /** Thermal noise only. */
    public ReceiveImperfections(double noise) {
        this(0, Vec3.Z, noise, 0, List.of(), 0, 0, 0, 0, 0, 0, 0, 0);
    }

    static ReceiveImperfections read(ProfileSection section) throws ProfileFormatException {
        List<InterferenceLine> interference = new ArrayList<>();
        for (ProfileSection line : section.sections("interference")) {
            interference.add(InterferenceLine.read(line));
        }
        ReceiveImperfections receive = new ReceiveImperfections(
                section.has("channels") ? section.wholeNumber("channels", 1, 64) : 0,
                direction(section),
                section.numberOr("noise", 0, 0, 1e6),
                section.numberOr("noiseCorrelation", 0, 0, 0.99),
                interference,
                section.numberOr("mainsNoise", 0, 0, 1e6),
                section.numberOr("ringdownAmplitude", 0, 0, 1e12),
                section.numberOr("ringdownSeconds", 0, 0, 1),
                section.numberOr("deadSeconds", 0, 0, 1),
                section.numberOr("noiseFigureDecibels", 0, 0, 60),
                section.numberOr("gainDecibels", 0, -200, 200),
                section.numberOr("fullScale", 0, 0, 1e12),
                section.has("bits") ? section.wholeNumber("bits", 0, 32) : 0);
        if (receive.ringdownAmplitude > 0 && receive.ringdownSeconds == 0) {
            throw section.fault("ringdownSeconds", "is needed beside ringdownAmplitude: the coil's time constant");
        }
        if (receive.bits > 0 && receive.fullScale == 0) {
            throw section.fault("fullScale", "is needed beside bits: what the largest word stands for");
        }
        section.end();
        return receive;
    }

    private static Vec3 direction(ProfileSection section) throws ProfileFormatException {
        if (!section.has("fieldDirection")) {
            return Vec3.Z;
        }
        double[] components = section.numbers("fieldDirection", 3, -1, 1);
        Vec3 direction = new Vec3(components[0], components[1], components[2]);
        if (direction.norm() < 1e-3) {
            throw section.fault("fieldDirection", "has no length: write e.g. [0, 1, 0]");
        }
        return direction.normalized();
    }

    /** As a factor of amplitudes. */
    public double gain() {
        return Math.pow(10, gainDecibels / 20);
    }

    /** Standard deviation of all noise in the delivered samples, at 10 kHz as {@link #noise}. */
    public double deliveredNoise() {
        return Math.hypot(noise * Math.pow(10, noiseFigureDecibels / 20), mainsNoise) * gain();
    }

    /** The step between neighbouring words; 0 when samples are not rounded. */
    public double quantum() {
        return bits == 0 ? 0 : fullScale / Math.pow(2, bits - 1);
    }
}
