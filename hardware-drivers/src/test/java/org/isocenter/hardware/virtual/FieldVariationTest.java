package org.isocenter.hardware.virtual;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.isocenter.hardware.virtual.Drop.imperfect;

import org.isocenter.hardware.Imperfections;
import org.isocenter.hardware.virtual.phantom.Phantom;
import org.isocenter.hardware.virtual.phantom.SpinList;
import org.isocenter.model.Vec3;
import org.isocenter.sequence.compile.EventTable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The main field in time and in place, against calculations of their own. */
class FieldVariationTest {
    private static final Drop DROP = new Drop(new Vec3(0.01, 0, 0));
    private static final double DWELL = 1e-3;
    private static final double LARMOR = 0.047 * 42577478.518;

    private static Experiment twoDecays() {
        return new Experiment()
                .rf(Experiment.hardPulse(90, 100e-6, 0, 0))
                .read(Experiment.adc(101, DWELL))
                .until(2)
                .rf(Experiment.hardPulse(90, 100e-6, 0, 0))
                .read(Experiment.adc(101, DWELL));
    }

    @Test
    void aDriftMovesTheFrequencyBetweenTwoDecays() {
        Imperfections drifting = imperfect("field.driftHertzPerSecond", "3");
        Experiment.Result result = twoDecays().on(DROP.phantom(), drifting);
        // In the middle of each window.
        assertThat(Drop.hertz(result, 0, DWELL)).isCloseTo(3 * (100e-6 + 0.0505), within(1e-3));
        assertThat(Drop.hertz(result, 1, DWELL)).isCloseTo(3 * (2 + 100e-6 + 0.0505), within(1e-3));
    }

    @Test
    void aDriftGoesOnFromRunToRunAndStartsAnewWithEachConnection() {
        Imperfections drifting = imperfect("field.driftHertzPerSecond", "3");
        EventTable table = twoDecays().table();
        try (VirtualScanner scanner = Experiment.scanner(DROP.phantom(), drifting, 2)) {
            double first = Drop.hertz(Experiment.collect(scanner, table), 0, DWELL);
            double second = Drop.hertz(Experiment.collect(scanner, table), 0, DWELL);
            assertThat(second - first).isCloseTo(3 * table.durationSeconds(), within(1e-3));
        }
        try (VirtualScanner scanner = Experiment.scanner(DROP.phantom(), drifting, 2)) {
            assertThat(Drop.hertz(Experiment.collect(scanner, table), 0, DWELL)).isLessThan(0.2);
        }
    }

    @Test
    void aMagnetThatWarmsUpApproachesItsFinalFrequency() {
        Imperfections warming = imperfect(
                "field.temperatureRiseKelvin", "2", "field.temperatureSeconds", "1.5", "field.ppmPerKelvin", "-10");
        Experiment.Result result = twoDecays().on(DROP.phantom(), warming);
        double whole = -2 * 10e-6 * LARMOR;
        for (int window = 0; window < 2; window++) {
            double from = 2 * window + 100e-6 + 0.5e-3;
            double to = from + 0.1;
            double mean = whole * (1 + 1.5 / 0.1 * (Math.exp(-to / 1.5) - Math.exp(-from / 1.5)));
            assertThat(Drop.hertz(result, window, DWELL)).isCloseTo(mean, within(1e-3));
        }
    }

    @ParameterizedTest
    @CsvSource({"50, 10, 0", "60, 30, 0", "50, 10, 6"})
    void mainsRippleGivesSidebandsOfBesselAmplitude(double mains, double ripple, double third) {
        Imperfections rippled = imperfect(
                "field.mainsHertz", "" + mains,
                "field.mainsRippleHertz", "" + ripple,
                "field.mainsThirdHarmonicHertz", "" + third);
        Experiment.Result result = new Experiment()
                .rf(Experiment.hardPulse(90, 100e-6, 0, 0))
                .read(Experiment.adc(1000, 1e-3))
                .on(DROP.phantom(), rippled);
        double centre = line(result, 0);
        double index = ripple / mains;
        for (int side : new int[] {-1, 1}) {
            if (third == 0) {
                assertThat(line(result, side * mains) / centre)
                        .isCloseTo(bessel(1, index) / bessel(0, index), within(2e-4));
                assertThat(line(result, 2 * side * mains) / centre)
                        .isCloseTo(bessel(2, index) / bessel(0, index), within(2e-4));
            } else {
                // To the first order in the third harmonic's small index; the fundamental's third order is 1e-4.
                assertThat(line(result, 3 * side * mains) / centre).isCloseTo(third / (2 * 3 * mains), within(5e-4));
            }
        }
        assertThat(line(result, 37) / centre).isLessThan(2e-4);
    }

    private static double line(Experiment.Result result, double hertz) {
        double re = 0;
        double im = 0;
        for (int n = 0; n < 1000; n++) {
            double angle = 2 * Math.PI * hertz * n * 1e-3;
            double x = result.re().get(0)[n];
            double y = result.im().get(0)[n];
            re += x * Math.cos(angle) - y * Math.sin(angle);
            im += x * Math.sin(angle) + y * Math.cos(angle);
        }
        return Math.hypot(re, im);
    }

    /** Power series. */
    private static double bessel(int order, double x) {
        double term = 1;
        for (int k = 1; k <= order; k++) {
            term *= x / (2 * k);
        }
        double sum = 0;
        for (int k = 0; k < 20; k++) {
            sum += term;
            term *= -x * x / (4.0 * (k + 1) * (k + 1 + order));
        }
        return sum;
    }

    @Test
    void aFieldThatHasWarmedUpIsLikeOneThatWasAlwaysSo() {
        // 631 Hz move the slice by half its thickness. What is not a multiple of 2 Hz
        // is put before and after the pulses; spins are placed where the slice has moved to.
        double gradient = 3e5;
        Experiment experiment = new Experiment()
                .pause(0.1)
                .rf(
                        Experiment.delayed(Experiment.sincPulse(90, 4e-3, 4, -gradient * 0.01 + 700, 0.3), 200e-6),
                        null,
                        null,
                        Experiment.trapezoid(gradient, 4e-3))
                .gradient(null, null, Experiment.trapezoid(-gradient, 1.9e-3))
                .pause(5e-3)
                .rf(Experiment.hardPulse(180, 100e-6, 0.5, 0))
                .pause(5e-3)
                .read(Experiment.adc(32, 100e-6));
        Imperfections warmed = imperfect(
                "field.temperatureRiseKelvin", "1",
                "field.temperatureSeconds", "0.002",
                "field.ppmPerKelvin", "" + 631 / LARMOR * 1e6);
        Imperfections always = imperfect("field.offsetHertz", "631");
        compare(experiment, line(0.02, 2001), warmed, always, 2e-3);
        // Spins at other places of the slice have a little other sums.
        compare(experiment, new Experiment.Ball(new Vec3(0, 0, 0), 0.02, Drop.WATER), warmed, always, 0.03);
    }

    private static void compare(
            Experiment experiment, Phantom phantom, Imperfections warmed, Imperfections always, double tolerance) {
        Experiment.Result one = experiment.on(phantom, warmed);
        Experiment.Result other = experiment.on(phantom, always);
        double whole = other.magnitude(0, 16);
        for (int n = 0; n < 32; n++) {
            double re = one.re().get(0)[n] - other.re().get(0)[n];
            double im = one.im().get(0)[n] - other.im().get(0)[n];
            assertThat(Math.hypot(re, im) / whole).isLessThan(tolerance);
        }
        Experiment.Result perfect = experiment.on(phantom);
        double re = perfect.re().get(0)[16] - other.re().get(0)[16];
        double im = perfect.im().get(0)[16] - other.im().get(0)[16];
        assertThat(Math.hypot(re, im) / whole).isGreaterThan(0.1);
    }

    /** Points on the z axis, further apart at one end, so that their sum tells where a slice is. */
    private static Phantom line(double halfLength, int points) {
        double[] z = new double[points];
        double[] ones = new double[points];
        double[] lasting = new double[points];
        for (int i = 0; i < points; i++) {
            double at = 2.0 * i / (points - 1) - 1;
            z[i] = halfLength * (at + 0.2 * at * at - 0.2);
            ones[i] = 1;
            lasting[i] = 1e4;
        }
        return new SpinList.Builder("line", 1e-9)
                .places(new double[points], new double[points], z)
                .contrast(ones, lasting, lasting)
                .build();
    }

    @Test
    void theCarrierFollowsTheClock() {
        Experiment.Result result = twoDecays().on(DROP.phantom(), imperfect("field.clockPpm", "5"));
        assertThat(Drop.hertz(result, 0, DWELL)).isCloseTo(-5e-6 * LARMOR, within(1e-3));
    }

    @ParameterizedTest
    @CsvSource({
        "X, 0.05, 0, 0, 0.5",
        "Y, 0, 0.05, 0, 0.5",
        "Z, 0, 0, -0.05, -0.5",
        "Z2, 0.04, 0, 0.06, 0.28",
        "XZ, 0.05, 0, 0.04, 0.2",
        "YZ, 0, 0.05, 0.04, 0.2",
        "X2-Y2, 0.06, 0.04, 0, 0.2",
        "XY, 0.06, 0.05, 0, 0.3"
    })
    void aShimGivesItsHarmonicTimesItsResponse(String shim, double x, double y, double z, double harmonic) {
        Imperfections shimmed = imperfect("field.shimHertz." + shim, "80", "field.shimResponse." + shim, "0.9");
        Experiment.Result result = twoDecays().on(new Drop(new Vec3(x, y, z)).phantom(), shimmed);
        assertThat(Drop.hertz(result, 0, DWELL)).isCloseTo(72 * harmonic, within(0.02));
    }

    @Test
    void shimsRemoveWhatTheMagnetLeaves() {
        double deviation = 60e-6 * LARMOR;
        Experiment.Ball ball = new Experiment.Ball(new Vec3(0, 0, 0), 0.08, Drop.WATER);
        Experiment decay =
                new Experiment().rf(Experiment.hardPulse(90, 100e-6, 0, 0)).read(Experiment.adc(50, DWELL));
        Experiment.Result unshimmed = decay.on(ball, imperfect("field.inhomogeneityPpm", "60"));
        Experiment.Result shimmed = decay.on(
                ball,
                imperfect(
                        "field.inhomogeneityPpm", "60",
                        "field.shimHertz.Z2", "" + -0.8 * deviation,
                        "field.shimHertz.X2-Y2", "" + -0.2 * deviation,
                        "field.shimHertz.XZ", "" + -0.3 * deviation,
                        "field.shimHertz.XY", "" + -0.15 * deviation));
        assertThat(unshimmed.magnitude(0, 49) / unshimmed.magnitude(0, 0)).isLessThan(0.5);
        assertThat(shimmed.magnitude(0, 49) / shimmed.magnitude(0, 0)).isCloseTo(1, within(1e-4));
    }
}
