package org.isocenter.hardware.virtual;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.isocenter.hardware.virtual.Experiment.Ball;
import org.isocenter.hardware.virtual.phantom.Material;
import org.isocenter.hardware.virtual.phantom.Phantom;
import org.isocenter.model.Vec3;
import org.isocenter.sequence.RfPulse;
import org.isocenter.sequence.RfUse;
import org.isocenter.sequence.Shape;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What pulses do to magnetisation that lasts: all within 0.05 %. */
class RotationLawsTest {
    private static final double TOLERANCE = 5e-4;
    private static final Material LASTING = new Material("lasting", 1, 1e6, 1e6);
    private static final Phantom BALL = new Ball(Vec3.ZERO, 0.005, LASTING);

    /** Rabi's formula: the turn about an axis that is tilted by the offset. */
    @ParameterizedTest
    @ValueSource(doubles = {-2000, -700, -250, 0, 100, 500, 1000, 3000})
    void aHardPulseOffResonanceTurnsAboutATiltedAxis(double offsetHertz) {
        double seconds = 1e-3;
        double b1 = 90.0 / 360 / seconds;
        double signal = signal(Experiment.hardPulse(90, seconds, 0, 0), offsetHertz, 0);
        double effective = Math.hypot(b1, offsetHertz);
        double half = Math.sin(Math.PI * effective * seconds);
        double along = 1 - 2 * b1 * b1 / (effective * effective) * half * half;
        assertThat(signal).isCloseTo(Math.sqrt(1 - along * along), within(TOLERANCE));
    }

    /** After a pulse; with an angle, after a hard pulse by so much more that follows what the first left along the field. */
    private static double signal(RfPulse pulse, double offsetHertz, double thenDegrees) {
        Experiment experiment = new Experiment().rf(pulse);
        if (thenDegrees != 0) {
            experiment.rf(Experiment.hardPulse(thenDegrees, 20e-6, 0, 0));
        }
        double full = new Experiment()
                .rf(Experiment.hardPulse(90, 20e-6, 0, 0))
                .read(Experiment.adc(1, 2e-6))
                .on(BALL, Experiment.imperfect(0, 0, 0), 1000)
                .magnitude(0, 0);
        return experiment
                        .read(Experiment.adc(1, 2e-6))
                        .on(BALL, Experiment.imperfect(offsetHertz, 0, 0), 1000)
                        .magnitude(0, 0)
                / full;
    }

    /**
     * A hyperbolic secant of truncation 1e-5: Hioe, Phys Rev A 30:2100 (1984), B1 = A sech(πt/T) with the frequency
     * running as B tanh(πt/T).
     */
    @ParameterizedTest
    @ValueSource(doubles = {0, 400, -800, 1000, 1200, 1600})
    void aHyperbolicSecantInvertsItsBandAndNothingElse(double offsetHertz) {
        double seconds = 10e-3;
        double beta = 2400;
        double sweepHertz = 1000;
        double peakHertz = 900;
        double signal = signal(secant(seconds, beta, sweepHertz, peakHertz), offsetHertz, 0);
        double t = Math.PI / beta;
        double a = 2 * Math.PI * peakHertz;
        double b = 2 * Math.PI * sweepHertz;
        double root = a * a - b * b;
        double cos = root >= 0 ? Math.cos(t * Math.sqrt(root)) : Math.cosh(t * Math.sqrt(-root));
        double inverted = (Math.cosh(t * b) - cos) / (Math.cosh(t * 2 * Math.PI * offsetHertz) + Math.cosh(t * b));
        double along = 1 - 2 * inverted;
        double across = Math.sqrt(Math.max(0, 1 - along * along));
        assertThat(signal).isCloseTo(across, within(TOLERANCE));
    }

    private static RfPulse secant(double seconds, double beta, double sweepHertz, double peakHertz) {
        int n = (int) Math.round(seconds * 1e6);
        double[] magnitude = new double[n];
        double[] cycles = new double[n];
        for (int i = 0; i < n; i++) {
            double t = (i + 0.5) * 1e-6 - seconds / 2;
            magnitude[i] = 1 / Math.cosh(beta * t);
            double turns = sweepHertz / beta * Math.log(Math.cosh(beta * t));
            cycles[i] = turns - Math.floor(turns);
        }
        return new RfPulse(
                peakHertz, new Shape(magnitude), new Shape(cycles), null, seconds / 2, 0, 0, 0, 0, 0, RfUse.INVERSION);
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4})
    void pulsesTurnMagnetisationWithoutMakingOrLosingAny(long seed) {
        Random random = new Random(seed);
        int steps = 200;
        long[] ticks = new long[steps];
        float[] hertz = new float[steps];
        double[] phase = new double[steps];
        float[][] gradient = new float[3][steps];
        for (int i = 0; i < steps; i++) {
            ticks[i] = 1 + random.nextInt(20_000);
            hertz[i] = random.nextFloat() * 3000;
            phase[i] = random.nextDouble() * 6;
            for (float[] axis : gradient) {
                axis[i] = random.nextFloat() * 1e5f;
            }
        }
        Pulse pulse = new Pulse(ticks, hertz, phase, gradient, 1e-9);
        float[][] places = new float[3][50];
        double[] offsets = new double[50];
        for (int i = 0; i < 50; i++) {
            offsets[i] = 4000 * (random.nextDouble() - 0.5);
            for (float[] axis : places) {
                axis[i] = random.nextFloat() - 0.5f;
            }
        }
        int segments = AffineMaps.segments(pulse, 1, LASTING);
        AffineMaps maps = AffineMaps.of(PulseTurns.atPlaces(pulse, offsets, places, null, segments), LASTING);
        for (int i = 0; i < 50; i++) {
            for (int row = 0; row < 3; row++) {
                for (int other = 0; other < 3; other++) {
                    double product = 0;
                    for (int column = 0; column < 3; column++) {
                        product += maps.entry[3 * row + column][i] * (double) maps.entry[3 * other + column][i];
                    }
                    assertThat(product).as("seed %d, spin %d", seed, i).isCloseTo(row == other ? 1 : 0, within(1e-6));
                }
            }
        }
    }
}
