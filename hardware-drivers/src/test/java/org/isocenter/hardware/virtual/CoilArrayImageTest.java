package org.isocenter.hardware.virtual;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Map;
import org.isocenter.hardware.Imperfections;
import org.isocenter.hardware.ProfileFormatException;
import org.isocenter.hardware.ScannerProfile;
import org.isocenter.hardware.virtual.Experiment.Result;
import org.isocenter.hardware.virtual.phantom.BottlePhantom;
import org.isocenter.hardware.virtual.receive.ReceiveCoil;
import org.isocenter.model.Vec3;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Images of a slice through the bottle, channel by channel, against the same slice received by a uniform coil. */
class CoilArrayImageTest {
    private static final int LINES = 48;
    private static final double FIELD_OF_VIEW = 0.18;
    private static final double DWELL = 20e-6;

    private static Experiment gradientEcho() {
        Experiment experiment = new Experiment();
        double read = 1 / (FIELD_OF_VIEW * DWELL);
        double half = 0.5 * LINES * DWELL;
        for (int line = 0; line < LINES; line++) {
            // As long as the read gradient needs from its start to the middle of the window, less a ramp.
            double flat = half + 100e-6 - 200e-6;
            double phase = (line - LINES / 2) / FIELD_OF_VIEW / (flat + 200e-6);
            experiment
                    .rf(Experiment.sincPulse(5, 2e-3, 4, 0, 0), null, null, Experiment.trapezoid(400e3, 1.6e-3))
                    .gradient(
                            Experiment.trapezoid(-read, flat),
                            Experiment.trapezoid(phase, flat),
                            Experiment.trapezoid(-400e3 * 0.9e-3 / (flat + 200e-6), flat))
                    .read(
                            Experiment.delayed(Experiment.adc(LINES, DWELL), 200e-6),
                            Experiment.trapezoid(read, LINES * DWELL),
                            null,
                            null)
                    .gradient(null, null, Experiment.trapezoid(600e3, 2e-3));
        }
        return experiment;
    }

    private static Imperfections array(int channels, String direction) {
        try {
            return ScannerProfile.builtIn(
                            "ideal",
                            Map.of("receive.channels", Integer.toString(channels), "receive.fieldDirection", direction))
                    .imperfections();
        } catch (ProfileFormatException e) {
            throw new AssertionError(e);
        }
    }

    /** One point of a channel's image, with k-space tapered so that no edge rings into it. */
    private static double[] pixel(Result scan, int channel, double x, double y) {
        double re = 0;
        double im = 0;
        for (int line = 0; line < LINES; line++) {
            for (int s = 0; s < LINES; s++) {
                double kx = (s + 0.5 - LINES / 2) / FIELD_OF_VIEW;
                double ky = (line - LINES / 2) / FIELD_OF_VIEW;
                double taper = taper(s + 0.5 - LINES / 2) * taper(line - LINES / 2);
                double cos = taper * Math.cos(2 * Math.PI * (kx * x + ky * y));
                double sin = taper * Math.sin(2 * Math.PI * (kx * x + ky * y));
                double a = scan.re().get(line)[channel * LINES + s];
                double b = scan.im().get(line)[channel * LINES + s];
                re += a * cos - b * sin;
                im += a * sin + b * cos;
            }
        }
        return new double[] {re, im};
    }

    private static double taper(double index) {
        return 0.5 + 0.5 * Math.cos(2 * Math.PI * index / LINES);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"8 | [0, 0, 1] | 0 0 1", "32 | [0, 1, 0] | 0 1 0"})
    void eachChannelsImageIsThePhantomTimesItsSensitivity(int channels, String direction, String vector) {
        Experiment experiment = gradientEcho();
        Result uniform = experiment.on(new BottlePhantom());
        Result array = experiment.on(new BottlePhantom(), array(channels, direction));
        String[] v = vector.split(" ");
        ReceiveCoil coil = new ReceiveCoil(
                channels, new Vec3(Double.parseDouble(v[0]), Double.parseDouble(v[1]), Double.parseDouble(v[2])));
        float[] x = {0, 0.03f, -0.02f, 0.01f, -0.03f};
        float[] y = {0, 0.01f, 0.03f, -0.035f, -0.02f};
        for (int channel = 0; channel < channels; channel++) {
            float[][] sensitivity = coil.sensitivity(channel, x, y, new float[x.length]);
            for (int place = 0; place < x.length; place++) {
                double[] water = pixel(uniform, 0, x[place], y[place]);
                double[] seen = pixel(array, channel, x[place], y[place]);
                double square = water[0] * water[0] + water[1] * water[1];
                double re = (seen[0] * water[0] + seen[1] * water[1]) / square;
                double im = (seen[1] * water[0] - seen[0] * water[1]) / square;
                assertThat(re)
                        .as("channel %d, place %d", channel, place)
                        .isCloseTo(sensitivity[0][place], within(0.01));
                assertThat(im)
                        .as("channel %d, place %d", channel, place)
                        .isCloseTo(sensitivity[1][place], within(0.01));
            }
        }
    }
}
