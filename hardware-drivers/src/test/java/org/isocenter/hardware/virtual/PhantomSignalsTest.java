package org.isocenter.hardware.virtual;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.isocenter.hardware.Imperfections;
import org.isocenter.hardware.ScannerProfile;
import org.isocenter.hardware.virtual.Experiment.Result;
import org.isocenter.hardware.virtual.phantom.Material;
import org.isocenter.hardware.virtual.phantom.Phantom;
import org.isocenter.hardware.virtual.phantom.Phantoms;
import org.isocenter.model.SystemLimits;
import org.isocenter.sequence.Gradient;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the built-in phantoms send, against what their materials say. */
class PhantomSignalsTest {
    private static final double HARD_SECONDS = 50e-6;
    private static final double READ_HERTZ_PER_METER = 50_000;
    private static final int SAMPLES = 64;
    private static final double DWELL = 100e-6;

    @TempDir
    Path folder;

    /** Signal to the right and to the left of the middle, in a projection along x of a spin echo after a saturation. */
    private static double[] halves(double recoverySeconds, double echoSeconds) {
        double flat = SAMPLES * DWELL;
        double half = echoSeconds / 2;
        Gradient prephase = Experiment.trapezoid(READ_HERTZ_PER_METER, flat / 2 - 100e-6);
        Gradient read = Experiment.trapezoid(READ_HERTZ_PER_METER, flat);
        Gradient spoil = Experiment.trapezoid(400_000, 4e-3);
        Result result = new Experiment()
                .rf(Experiment.hardPulse(90, HARD_SECONDS, 0, 0))
                .gradient(null, null, spoil)
                .pause(recoverySeconds - 4.4e-3 - HARD_SECONDS)
                .rf(Experiment.hardPulse(90, HARD_SECONDS, 0, 0))
                .gradient(prephase, null, null)
                .pause(half - HARD_SECONDS - flat / 2 - 300e-6)
                .rf(Experiment.hardPulse(180, HARD_SECONDS, Math.PI / 2, 0))
                .pause(half - HARD_SECONDS / 2 - flat / 2 - 200e-6)
                .read(Experiment.delayed(Experiment.adc(SAMPLES, DWELL), 200e-6), read, null, null)
                .on(Phantoms.named("tubes", 0.047));
        double[] sums = new double[2];
        for (int pixel = 0; pixel < SAMPLES; pixel++) {
            double re = 0;
            double im = 0;
            for (int n = 0; n < SAMPLES; n++) {
                double angle = 2 * Math.PI * (n + 0.5 - SAMPLES / 2.0) * (pixel + 0.5 - SAMPLES / 2.0) / SAMPLES;
                re += result.re().get(0)[n] * Math.cos(angle) - result.im().get(0)[n] * Math.sin(angle);
                im += result.re().get(0)[n] * Math.sin(angle) + result.im().get(0)[n] * Math.cos(angle);
            }
            sums[pixel < SAMPLES / 2 ? 0 : 1] += Math.hypot(re, im);
        }
        return sums;
    }

    @Test
    void thePairsOfSpinEchoesMeasureWhatTheTubesHave() {
        Phantom tubes = Phantoms.named("tubes", 0.047);
        Material left = tubes.materials().get(0);
        Material right = tubes.materials().get(1);
        double[] early = halves(1.0, 0.02);
        double[] late = halves(1.0, 0.06);
        double[] quick = halves(0.2, 0.02);
        for (int side = 0; side < 2; side++) {
            Material material = side == 0 ? right : left;
            double t2 = 0.04 / Math.log(early[side] / late[side]);
            assertThat(t2)
                    .as("T2 of the %s", material.name())
                    .isCloseTo(material.t2Seconds(), within(0.02 * material.t2Seconds()));
            double expected = -Math.expm1(-0.2 / material.t1Seconds()) / -Math.expm1(-1 / material.t1Seconds());
            assertThat(quick[side] / early[side])
                    .as("recovery of the %s", material.name())
                    .isCloseTo(expected, within(0.01));
        }
    }

    @ParameterizedTest
    @CsvSource({"0.047, 0.5e-3", "0.3, 0.2e-3", "1.5, 0.1e-3"})
    void waterAndOilBeatAtTheirShiftAndWithTheirShares(double tesla, double dwell) throws IOException {
        SystemLimits limits = idealAt(tesla);
        Phantom phantom = Phantoms.named("fatwater", limits.fieldTesla());
        Experiment experiment = new Experiment()
                .rf(Experiment.hardPulse(90, HARD_SECONDS, 0, 0))
                .read(Experiment.adc(300, dwell));
        VirtualOptions options =
                new VirtualOptions(new ScannerProfile(limits, Imperfections.NONE), phantom, 1, 1, false);
        Result result;
        try (VirtualScanner scanner = new VirtualScanner(Experiment.ADDRESS, options, 2, 50_000)) {
            result = Experiment.collect(scanner, experiment.table(limits));
        }
        double millilitres = Math.PI * 1.4 * 1.4 * 10;
        double hertz = -3.4e-6 * limits.larmorHertz();
        double[] water = excited(0, HARD_SECONDS);
        double[] oil = excited(hertz, HARD_SECONDS);
        double t2Oil = phantom.materials().get(1).t2Seconds();
        for (int n = 0; n < 300; n += 3) {
            double seconds = (n + 0.5) * dwell;
            double w = 4.15 * millilitres * Math.exp(-seconds / 0.1);
            double o = 2.85 * millilitres * Math.exp(-seconds / t2Oil);
            double angle = 2 * Math.PI * hertz * seconds;
            double re = w * water[0] + o * (oil[0] * Math.cos(angle) - oil[1] * Math.sin(angle));
            double im = w * water[1] + o * (oil[0] * Math.sin(angle) + oil[1] * Math.cos(angle));
            assertThat(result.magnitude(0, n) / millilitres)
                    .as("at %s s", seconds)
                    .isCloseTo(Math.hypot(re, im) / millilitres, within(0.03));
        }
    }

    private SystemLimits idealAt(double tesla) throws IOException {
        Path profile = folder.resolve("ideal.yaml");
        try (InputStream ideal = ScannerProfile.class.getResourceAsStream("profiles/ideal.yaml")) {
            String text = new String(ideal.readAllBytes(), StandardCharsets.UTF_8);
            Files.writeString(profile, text.replace("fieldTesla: 0.047", "fieldTesla: " + tesla));
        }
        SystemLimits limits = ScannerProfile.load(profile).limits();
        assertThat(limits.fieldTesla()).isEqualTo(tesla);
        return limits;
    }

    /** Transverse magnetisation at the end of a hard pulse of 90° along x, at this offset. */
    private static double[] excited(double hertz, double seconds) {
        double b1 = 0.25 / seconds;
        double effective = Math.hypot(b1, hertz);
        double angle = 2 * Math.PI * effective * seconds;
        double nx = b1 / effective;
        double nz = hertz / effective;
        return new double[] {nx * nz * (1 - Math.cos(angle)), -nx * Math.sin(angle)};
    }
}
