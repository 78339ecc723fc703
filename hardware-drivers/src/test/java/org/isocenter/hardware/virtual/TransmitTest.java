package org.isocenter.hardware.virtual;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import org.isocenter.hardware.Imperfections;
import org.isocenter.hardware.TransmitImperfections;
import org.isocenter.hardware.virtual.Experiment.Result;
import org.isocenter.hardware.virtual.phantom.Material;
import org.isocenter.hardware.virtual.phantom.Phantom;
import org.isocenter.hardware.virtual.phantom.SpinList;
import org.isocenter.model.Vec3;
import org.isocenter.sequence.RfPulse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a transmitter that is too weak or uneven does to the signal, and what a slice looks like. */
class TransmitTest {
    private static final Material WATER = new Material("water", 1, 1e4, 1e4);

    /** So many points this far apart along z, the middle of them at the isocentre. */
    private static final int POINTS = 128;

    private static final double SPACING_METERS = 0.25e-3;
    private static final double SLICE_HERTZ_PER_METER = 400e3;
    private static final double READ_HERTZ_PER_METER = 312.5e3;
    private static final double DWELL_SECONDS = 1 / (POINTS * SPACING_METERS * READ_HERTZ_PER_METER);

    /** A column along z, 2 mm thick, as long as the points reach. */
    private record Column() implements Phantom {
        @Override
        public String name() {
            return "column";
        }

        @Override
        public List<Material> materials() {
            return List.of(WATER);
        }

        @Override
        public int materialAt(double x, double y, double z) {
            return Math.abs(x) <= 1e-3
                            && Math.abs(y) <= 1e-3
                            && Math.abs(z) <= halfExtentMeters().z()
                    ? 0
                    : -1;
        }

        @Override
        public Vec3 halfExtentMeters() {
            return new Vec3(1e-3, 1e-3, POINTS * SPACING_METERS / 2);
        }
    }

    @ParameterizedTest(name = "{0} degrees, time-bandwidth product {1}")
    @CsvSource({"90, 4", "30, 6", "150, 4"})
    void aSliceHasTheProfileOfDirectIntegration(double degrees, double timeBandwidth) {
        RfPulse pulse = Experiment.sincPulse(degrees, 2e-3, timeBandwidth, 0, 0);
        double[][] expected = integrated(pulse);
        double[] places = new double[POINTS];
        Arrays.setAll(places, j -> place(j));
        SpinList line = new SpinList.Builder("line", 1e-6)
                .places(new double[POINTS], new double[POINTS], places)
                .contrast(filled(1), filled(1e4), filled(1e4))
                .build();
        double[][] found = profile(pulse, line);
        for (int j = 0; j < POINTS; j++) {
            assertThat(Math.hypot(found[0][j] - expected[0][j], found[1][j] - expected[1][j]))
                    .as("at %.2f mm", 1e3 * place(j))
                    .isLessThan(5e-4);
        }
    }

    @Test
    void aColumnOfWaterShowsTheProfileToo() {
        RfPulse pulse = Experiment.sincPulse(90, 2e-3, 4, 0, 0);
        double[][] expected = integrated(pulse);
        double[][] found = profile(pulse, new Column());
        // How many columns of spins a cross-section of 2 mm takes in is a matter of some percent: the size is fitted.
        double product = 0;
        double norm = 0;
        for (int j = 0; j < POINTS; j++) {
            product += found[0][j] * expected[0][j] + found[1][j] * expected[1][j];
            norm += expected[0][j] * expected[0][j] + expected[1][j] * expected[1][j];
        }
        double size = product / norm;
        assertThat(size).isCloseTo(2e-3 * 2e-3 * SPACING_METERS * 1e6, within(0.05 * size));
        double square = 0;
        for (int j = 0; j < POINTS; j++) {
            double error = Math.hypot(found[0][j] / size - expected[0][j], found[1][j] / size - expected[1][j]);
            assertThat(error).as("at %.2f mm", 1e3 * place(j)).isLessThan(5e-3);
            square += error * error;
        }
        assertThat(Math.sqrt(square / POINTS)).isLessThan(1e-3);
    }

    private static double place(int point) {
        return (point - POINTS / 2) * SPACING_METERS;
    }

    private static double[] filled(double value) {
        double[] values = new double[POINTS];
        Arrays.fill(values, value);
        return values;
    }

    /** Transverse magnetisation {x, y} at each point when the pulse ends, in small steps. */
    private static double[][] integrated(RfPulse rf) {
        double[] shape = rf.magnitude().samples();
        double[] cycles = rf.phaseCycles().samples();
        long[] ticks = new long[shape.length];
        float[] hertz = new float[shape.length];
        double[] phase = new double[shape.length];
        for (int i = 0; i < shape.length; i++) {
            ticks[i] = 1;
            hertz[i] = (float) (rf.amplitudeHertz() * shape[i]);
            phase[i] = 2 * Math.PI * cycles[i];
        }
        Pulse pulse = new Pulse(ticks, hertz, phase, new float[3][shape.length], 1e-6);
        double[][] transverse = new double[2][POINTS];
        for (int j = 0; j < POINTS; j++) {
            double[] m = {0, 0, 1};
            BlochOracle.play(pulse, SLICE_HERTZ_PER_METER * place(j), WATER, 1e-6, m);
            transverse[0][j] = m[0];
            transverse[1][j] = m[1];
        }
        return transverse;
    }

    /** The same from a scan: the pulse in its gradient, a readout along the same axis, a discrete Fourier transform. */
    private static double[][] profile(RfPulse pulse, Phantom phantom) {
        Result result = new Experiment()
                .rf(
                        Experiment.delayed(pulse, 200e-6),
                        null,
                        null,
                        Experiment.trapezoid(
                                SLICE_HERTZ_PER_METER, pulse.magnitude().samples().length * 1e-6))
                // To the start of a readout that is symmetric about the middle of the pulse.
                .gradient(null, null, Experiment.trapezoid(-rewindHertzPerMeter(), 7e-3))
                .read(
                        Experiment.delayed(Experiment.adc(POINTS, DWELL_SECONDS), 200e-6),
                        null,
                        null,
                        Experiment.trapezoid(READ_HERTZ_PER_METER, POINTS * DWELL_SECONDS))
                .on(phantom);
        double start = SLICE_HERTZ_PER_METER * 100e-6
                - rewindHertzPerMeter() * 7.2e-3
                + READ_HERTZ_PER_METER * (100e-6 + 0.5 * DWELL_SECONDS);
        double[][] transverse = new double[2][POINTS];
        for (int j = 0; j < POINTS; j++) {
            for (int n = 0; n < POINTS; n++) {
                double k = start + n * READ_HERTZ_PER_METER * DWELL_SECONDS;
                double angle = 2 * Math.PI * k * place(j);
                double re = result.re().get(0)[n];
                double im = result.im().get(0)[n];
                transverse[0][j] += (re * Math.cos(angle) - im * Math.sin(angle)) / POINTS;
                // The receiver conjugates.
                transverse[1][j] -= (re * Math.sin(angle) + im * Math.cos(angle)) / POINTS;
            }
        }
        return transverse;
    }

    private static double rewindHertzPerMeter() {
        double half = 0.5 * POINTS * DWELL_SECONDS;
        return (SLICE_HERTZ_PER_METER * 1.1e-3 + READ_HERTZ_PER_METER * (100e-6 + half)) / 7.2e-3;
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.7, 0.93, 1, 1.2})
    void twoAnglesTellTheGain(double gain) {
        Imperfections imperfect = Imperfections.NONE.with(new TransmitImperfections(gain, 0));
        assertThat(measuredFactor(new Vec3(0.03, 0, -0.05), imperfect)).isCloseTo(gain, within(1e-4));
    }

    @ParameterizedTest
    @CsvSource({"0, 0, 0", "0, 0, 0.1", "0, 0, -0.06", "0.08, 0, 0", "0.03, -0.05, 0.07"})
    void twoAnglesTellTheShapeOfB1(double x, double y, double z) {
        Imperfections imperfect = Imperfections.NONE.with(new TransmitImperfections(0.95, 0.1));
        double shape = (z * z - (x * x + y * y) / 2) / 0.01;
        assertThat(measuredFactor(new Vec3(x, y, z), imperfect)).isCloseTo(0.95 * Math.pow(0.9, shape), within(1e-4));
        assertThat(measuredFactor(new Vec3(x, y, z), Imperfections.NONE)).isCloseTo(1, within(1e-4));
    }

    @Test
    void selectiveAndChangingPulsesFeelTheShapeAlike() {
        // In the slice's middle a flip of 60° is 60° times the factor, under a steady gradient and under one that
        // changes.
        Vec3 place = new Vec3(0.05, 0, 0);
        Imperfections imperfect = Imperfections.NONE.with(new TransmitImperfections(1, 0.3));
        double factor = Math.pow(0.7, -0.125);
        RfPulse pulse = Experiment.sincPulse(60, 2e-3, 4, 0, 0);
        for (double delay : new double[] {200e-6, 100e-6}) {
            Result result = new Experiment()
                    .rf(Experiment.delayed(pulse, delay), null, null, Experiment.trapezoid(SLICE_HERTZ_PER_METER, 2e-3))
                    .read(Experiment.adc(1, 2e-6))
                    .on(new Drop(place).phantom(), imperfect);
            assertThat(result.magnitude(0, 0)).isCloseTo(Math.sin(Math.toRadians(60) * factor), within(2e-4));
        }
    }

    /** By double angle: S(2α)/S(α) is 2·cos α. */
    private static double measuredFactor(Vec3 place, Imperfections imperfections) {
        double degrees = 55;
        Result single = new Experiment()
                .rf(Experiment.hardPulse(degrees, 100e-6, 0, 0))
                .read(Experiment.adc(1, 2e-6))
                .on(new Drop(place).phantom(), imperfections);
        Result twice = new Experiment()
                .rf(Experiment.hardPulse(2 * degrees, 100e-6, 0, 0))
                .read(Experiment.adc(1, 2e-6))
                .on(new Drop(place).phantom(), imperfections);
        return Math.toDegrees(Math.acos(signedRatio(single, twice) / 2)) / degrees;
    }

    private static double signedRatio(Result single, Result twice) {
        double re = single.re().get(0)[0];
        double im = single.im().get(0)[0];
        return (twice.re().get(0)[0] * re + twice.im().get(0)[0] * im) / (re * re + im * im);
    }
}
