package org.isocenter.hardware.virtual;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.isocenter.hardware.virtual.Experiment.Cube;
import org.isocenter.hardware.virtual.Experiment.Result;
import org.isocenter.hardware.virtual.phantom.Material;
import org.isocenter.sequence.Adc;
import org.isocenter.sequence.Gradient;
import org.isocenter.sequence.Rasters;
import org.isocenter.sequence.RfPulse;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The spoiled steady state of a slice, from its middle to its edges. */
class SpoiledSliceTest {
    private static final double T1 = 0.3;
    private static final double T2 = 0.1;
    private static final double TR = 0.012;
    private static final int PULSES = 40;
    private static final double PULSE_SECONDS = 1e-3;
    private static final double TIME_BANDWIDTH = 4;
    private static final double SELECTING = 800e3;
    private static final double READING = 100e3;
    private static final double RAMP_SECONDS = 200e-6;
    private static final double SPOILER_PER_METER = 800;
    private static final int SAMPLES = 32;
    private static final double DWELL_SECONDS = 20e-6;

    /** What the slice gradient leaves in each repetition: half its own area, and the spoiler's with its ramps. */
    private static final double TURNS_PER_METER = 0.5 * SELECTING * (PULSE_SECONDS + RAMP_SECONDS) + SPOILER_PER_METER;

    private static final int PLACES = 1601;
    private static final double REACH_METERS = 8e-3;

    /**
     * RF spoiling is not ideal, and by how much goes with the flip angle in no straight way: the signal of a slice is the sum over its
     * places. Within 0.5 % and 0.01 rad of Bloch's equation for
     * 1601 places, 10 µm from each other.
     */
    @ParameterizedTest
    @CsvSource({"10, 117", "30, 50", "30, 117", "60, 117", "60, 50", "90, 117", "60, 0"})
    void theSumOverASliceIsThatOfEachPlace(double degrees, double increment) {
        Experiment experiment = new Experiment();
        for (int i = 0; i < PULSES; i++) {
            double phase = quadratic(increment, i);
            RfPulse pulse = Experiment.sincPulse(degrees, PULSE_SECONDS, TIME_BANDWIDTH, 0, phase);
            double rephasing = -SELECTING * 0.5 * (PULSE_SECONDS + RAMP_SECONDS) / 600e-6;
            double prephasing = -READING * 0.5 * (SAMPLES * DWELL_SECONDS + RAMP_SECONDS) / 600e-6;
            Adc adc = new Adc(SAMPLES, Rasters.ps(DWELL_SECONDS), Rasters.ps(RAMP_SECONDS), 0, 0, 0, phase, null);
            Gradient spoiler = Experiment.trapezoid(SPOILER_PER_METER / 2.2e-3, 2e-3);
            experiment
                    .until(i * TR)
                    .rf(
                            Experiment.delayed(pulse, RAMP_SECONDS),
                            null,
                            null,
                            Experiment.trapezoid(SELECTING, PULSE_SECONDS))
                    .gradient(Experiment.trapezoid(prephasing, 400e-6), null, Experiment.trapezoid(rephasing, 400e-6))
                    .read(adc, Experiment.trapezoid(READING, SAMPLES * DWELL_SECONDS), null, null)
                    .gradient(null, null, spoiler);
        }
        Result result = experiment.on(new Cube(new Material("water", 1, T1, T2)));
        int middle = SAMPLES / 2;
        double ratio = result.magnitude(PULSES - 1, middle) / result.magnitude(0, middle);
        double turned = result.phase(PULSES - 1, middle) - result.phase(0, middle);
        double[] expected = expected(degrees, increment);
        double size = Math.hypot(expected[0], expected[1]);
        assertThat(ratio).isCloseTo(size, within(5e-3 * size));
        assertThat(turned).isCloseTo(Math.atan2(expected[1], expected[0]), within(0.01));
    }

    private static double quadratic(double incrementDegrees, int pulse) {
        return Math.toRadians(incrementDegrees) * (pulse * (pulse + 1.0) / 2 % 360);
    }

    /** The last signal over the first, as the receiver has them, conjugated. */
    private static double[] expected(double degrees, double increment) {
        RfPulse pulse = Experiment.sincPulse(degrees, PULSE_SECONDS, TIME_BANDWIDTH, 0, 0);
        double[] first = new double[2];
        double[] last = new double[2];
        for (int place = 0; place < PLACES; place++) {
            double z = REACH_METERS * (2.0 * place / (PLACES - 1) - 1);
            double[][] map = map(pulse, SELECTING * z);
            double[] m = {0, 0, 1};
            for (int i = 0; i < PULSES; i++) {
                double phase = quadratic(increment, i);
                turn(m, -phase);
                m = mapped(map, m);
                if (i == 0 || i == PULSES - 1) {
                    double rephased = -Math.PI * PULSE_SECONDS * SELECTING * z;
                    double[] sum = i == 0 ? first : last;
                    sum[0] += Math.cos(rephased) * m[0] - Math.sin(rephased) * m[1];
                    sum[1] += Math.sin(rephased) * m[0] + Math.cos(rephased) * m[1];
                }
                turn(m, phase + 2 * Math.PI * (TURNS_PER_METER - PULSE_SECONDS * SELECTING) * z);
                relax(m, TR - PULSE_SECONDS);
            }
        }
        double square = first[0] * first[0] + first[1] * first[1];
        return new double[] {
            (last[0] * first[0] + last[1] * first[1]) / square, (last[0] * first[1] - last[1] * first[0]) / square
        };
    }

    /** What becomes of nothing, and of a unit along each axis: a turn about the field of each microsecond, relaxation with it. */
    private static double[][] map(RfPulse pulse, double offsetHertz) {
        double[][] map = {{0, 0, 0}, {1, 0, 0}, {0, 1, 0}, {0, 0, 1}};
        double step = PULSE_SECONDS / pulse.magnitude().samples().length;
        for (int i = 0; i < pulse.magnitude().samples().length; i++) {
            double b1 = pulse.amplitudeHertz() * pulse.magnitude().samples()[i];
            double bx = b1 * Math.cos(2 * Math.PI * pulse.phaseCycles().samples()[i]);
            double norm = Math.hypot(bx, offsetHertz);
            double c = Math.cos(2 * Math.PI * norm * step);
            double s = Math.sin(2 * Math.PI * norm * step);
            double ux = norm == 0 ? 0 : bx / norm;
            double uz = norm == 0 ? 1 : offsetHertz / norm;
            for (double[] m : map) {
                double along = (1 - c) * (ux * m[0] + uz * m[2]);
                double x = c * m[0] - s * uz * m[1] + along * ux;
                double y = c * m[1] + s * (uz * m[0] - ux * m[2]);
                m[2] = c * m[2] + s * ux * m[1] + along * uz;
                m[0] = x;
                m[1] = y;
                relax(m, step);
            }
        }
        return map;
    }

    private static double[] mapped(double[][] map, double[] m) {
        double[] result = map[0].clone();
        for (int axis = 0; axis < 3; axis++) {
            for (int k = 0; k < 3; k++) {
                result[k] += m[axis] * (map[axis + 1][k] - map[0][k]);
            }
        }
        return result;
    }

    private static void relax(double[] m, double seconds) {
        m[0] *= Math.exp(-seconds / T2);
        m[1] *= Math.exp(-seconds / T2);
        m[2] = 1 + (m[2] - 1) * Math.exp(-seconds / T1);
    }

    private static void turn(double[] m, double radians) {
        double x = Math.cos(radians) * m[0] - Math.sin(radians) * m[1];
        m[1] = Math.sin(radians) * m[0] + Math.cos(radians) * m[1];
        m[0] = x;
    }
}
