package org.isocenter.hardware;

import java.util.Collections;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.DoubleStream;

/**
 * What a builder has measured of a scanner that a MaRCoS console drives: the section {@code marcos} of a profile. Whatever is
 * missing is for the driver to choose.
 *
 * @param transmitFullScaleHertz γB1/2π at the transmitter's full scale
 * @param receiveScale what a sample of the console's client, int32 · CIC factor / 2^24, is worth
 * @param gradientFullScaleHertzPerMeter of x, y, z at the gradient board's full scale; empty when not measured
 * @param shimHertzPerMeter added to x, y, z for as long as a scan runs; empty for none
 * @param gradientPolynomials for x, y, z: c0 to c3 of the share of full scale to send, c0 + c1·g + c2·g² + c3·g³, for the share
 *     g that is wanted; an axis that was not measured has none
 */
public record MarcosCalibration(
        OptionalDouble transmitFullScaleHertz,
        OptionalDouble receiveScale,
        List<Double> gradientFullScaleHertzPerMeter,
        List<Double> shimHertzPerMeter,
        List<List<Double>> gradientPolynomials) {
    public static final MarcosCalibration NONE = new MarcosCalibration(
            OptionalDouble.empty(), OptionalDouble.empty(), List.of(), List.of(), Collections.nCopies(3, List.of()));

    private static final int COEFFICIENTS = 4;

    static MarcosCalibration read(ProfileSection section, double gammaHertzPerTesla) throws ProfileFormatException {
        double perMillitesla = 1e-3 * gammaHertzPerTesla;
        ProfileSection polynomials = section.sectionOrEmpty("gradientPolynomials");
        MarcosCalibration calibration = new MarcosCalibration(
                number(section, "transmitFullScaleHertz", 1e-3, 1e7),
                number(section, "receiveScale", 1e-9, 1e9),
                numbers(section, "gradientFullScaleMilliteslaPerMeter", 3, 1e-6, 1e5, perMillitesla),
                numbers(section, "shimMilliteslaPerMeter", 3, -1e3, 1e3, perMillitesla),
                List.of(
                        numbers(polynomials, "x", COEFFICIENTS, -2, 2, 1),
                        numbers(polynomials, "y", COEFFICIENTS, -2, 2, 1),
                        numbers(polynomials, "z", COEFFICIENTS, -2, 2, 1)));
        polynomials.end();
        section.end();
        return calibration;
    }

    private static OptionalDouble number(ProfileSection section, String key, double minimum, double maximum)
            throws ProfileFormatException {
        return section.has(key) ? OptionalDouble.of(section.number(key, minimum, maximum)) : OptionalDouble.empty();
    }

    private static List<Double> numbers(
            ProfileSection section, String key, int count, double minimum, double maximum, double unit)
            throws ProfileFormatException {
        return section.has(key)
                ? DoubleStream.of(section.numbers(key, count, minimum, maximum))
                        .mapToObj(value -> value * unit)
                        .toList()
                : List.of();
    }
}
