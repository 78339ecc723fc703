package org.isocenter.sequence.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.isocenter.model.Rotation;
import org.isocenter.model.SafetyLimits.Chronaxie;
import org.isocenter.model.SafetyLimits.Mode;
import org.isocenter.model.SafetyLimits.ModeLimit;
import org.isocenter.model.SafetyLimits.Safe;
import org.isocenter.model.SafetyLimits.SafeAxis;
import org.isocenter.model.Vec3;
import org.isocenter.sequence.Axis;
import org.isocenter.sequence.Extension;
import org.isocenter.sequence.Gradient;
import org.isocenter.sequence.Rasters;
import org.isocenter.sequence.Sequence;
import org.isocenter.sequence.Shape;
import org.isocenter.sequence.TestSystems;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The fast evaluations against closed forms and against the models' definitions, worked out the slow way. */
class StimulationTest {
    private static final long US = 1_000_000;
    private static final double GAMMA = TestSystems.GAMMA;
    private static final Rasters RASTERS = new Rasters(10 * US, US, 100_000, 10 * US);
    private static final ModeLimit LIMIT = new ModeLimit(0.8, 1);
    private static final Chronaxie CHRONAXIE = new Chronaxie("peripheral", 360e-6, 20, 0.333, LIMIT);

    private static Gradient.Trapezoid trapezoid(double teslaPerMeter, long rise, long flat, long fall, long delay) {
        return new Gradient.Trapezoid(teslaPerMeter * GAMMA, rise * US, flat * US, fall * US, delay * US);
    }

    private static Sequence single(Gradient x) {
        return new Sequence.Builder(RASTERS)
                .block(null, x, null, null, null, List.of())
                .delay(20_000 * US)
                .build();
    }

    private static <T extends Stimulation> T played(Sequence sequence, T stimulation) {
        GradientWalker walker = new GradientWalker(sequence, stimulation, 1);
        for (int block = 0; block < sequence.blockCount(); block++) {
            walker.block(block);
        }
        walker.results();
        return stimulation;
    }

    private static ChronaxieStimulation chronaxie(Sequence sequence) {
        return played(sequence, new ChronaxieStimulation(sequence, CHRONAXIE, Mode.NORMAL, GAMMA));
    }

    private static SafeStimulation safe(Sequence sequence) {
        return played(sequence, new SafeStimulation(SafetyOracleTest.EXAMPLE, Mode.NORMAL, GAMMA));
    }

    @Test
    void aRampStimulatesByChronaxieAsItsClosedFormSays() {
        double slew = 0.03 / 300e-6;
        ChronaxieStimulation ramp = chronaxie(single(trapezoid(0.03, 300, 5000, 5000, 0)));

        assertThat(ramp.peak.value()).isCloseTo(0.333 / 20 * slew * 300 / (360 + 300), within(2e-5));
        assertThat(ramp.peak.ps()).isEqualTo(300 * US);
    }

    @Test
    void aRampStimulatesBySafeAsItsClosedFormSays() {
        int n = 30;
        double slew = 0.03 / (n * 10e-6);
        SafeAxis axis = SafetyOracleTest.EXAMPLE.x();
        double[] tau = {axis.tau1Seconds(), axis.tau2Seconds(), axis.tau3Seconds()};
        double[] share = {axis.a1(), axis.a2(), axis.a3()};
        double before = 0;
        double after = 0;
        for (int f = 0; f < 3; f++) {
            // Centres of the raster see half a step at both ends of the ramp.
            double keep = tau[f] / (tau[f] + 10e-6);
            double left = Math.pow(keep, n - 1);
            double y = slew * (1 - left) + left * (1 - keep) * slew / 2;
            before += share[f] * y;
            after += share[f] * (slew / 2 + keep * (y - slew / 2));
        }
        SafeStimulation ramp = safe(single(trapezoid(0.03, 10L * n, 5000, 5000, 0)));

        assertThat(ramp.peak.value())
                .isCloseTo(Math.max(before, after) * axis.scale() / axis.limitTeslaPerMeterPerSecond(), within(1e-12));
    }

    /** Trapezoids and shapes, rotations, gradients that go on from block to block, and pauses. */
    private static Sequence random(long seed) {
        Random random = new Random(seed);
        Sequence.Builder builder = new Sequence.Builder(RASTERS);
        for (int block = 0; block < 40; block++) {
            Gradient[] axes = new Gradient[3];
            for (int a = 0; a < 3; a++) {
                double amplitude = 0.03 * (2 * random.nextDouble() - 1);
                long rise = 10 * (1 + random.nextInt(40));
                if (random.nextInt(3) > 0) {
                    axes[a] = trapezoid(amplitude, rise, 10L * random.nextInt(100), rise, 10L * random.nextInt(30));
                } else if (random.nextInt(3) == 0) {
                    double[] samples = new double[20];
                    for (int i = 0; i < 20; i++) {
                        samples[i] = Math.sin(Math.PI * (i + 0.5) / 20) * (0.5 + 0.5 * random.nextDouble());
                    }
                    axes[a] = new Gradient.Uniform(amplitude * GAMMA, new Shape(samples), 0, 0, 0, false);
                }
            }
            List<Extension> turn = random.nextInt(3) > 0
                    ? List.of()
                    : List.of(new Extension.Turn(Rotation.about(
                            new Vec3(random.nextDouble(), 1, random.nextDouble()), random.nextDouble() * 6)));
            builder.block(null, axes[0], axes[1], axes[2], null, turn);
            if (random.nextInt(4) == 0) {
                builder.block(
                                null,
                                new Gradient.Corners(5e5, new Shape(0, 1), new Shape(0, 20), 0),
                                null,
                                null,
                                null,
                                List.of())
                        .block(
                                null,
                                new Gradient.Corners(5e5, new Shape(1, 1, 0), new Shape(0, 9, 40), 0),
                                null,
                                null,
                                null,
                                List.of());
            }
            builder.delay(10 * US * random.nextInt(300));
        }
        return builder.build();
    }

    private static double[] physical(Sequence sequence, int block, long inBlockPs) {
        double[] v = new double[3];
        for (Axis axis : Axis.values()) {
            int id = sequence.gradientId(block, axis);
            v[axis.ordinal()] =
                    id == 0 ? 0 : sequence.gradient(id).waveform(RASTERS).at(inBlockPs);
        }
        Vec3 turned = sequence.rotation(block).apply(new Vec3(v[0], v[1], v[2]));
        return new double[] {turned.x() / GAMMA, turned.y() / GAMMA, turned.z() / GAMMA};
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void steppingOverPiecesFindsThePeakOfSteppingThroughTheRaster(long seed) {
        Sequence sequence = random(seed);
        Safe model = SafetyOracleTest.EXAMPLE;
        SafeAxis[] axes = {model.x(), model.y(), model.z()};
        double[][] y = new double[3][3];
        double[] last = new double[3];
        double[] peaks = new double[4];
        int block = 0;
        for (long ps = 5 * US; ps < sequence.durationPs(); ps += 10 * US) {
            while (ps >= sequence.startPs(block + 1)) {
                block++;
            }
            double[] now = physical(sequence, block, ps - sequence.startPs(block));
            double squares = 0;
            for (int a = 0; a < 3; a++) {
                double s = (now[a] - last[a]) / 10e-6;
                SafeAxis p = axes[a];
                y[a][0] += 10e-6 / (p.tau1Seconds() + 10e-6) * (s - y[a][0]);
                y[a][1] += 10e-6 / (p.tau2Seconds() + 10e-6) * (Math.abs(s) - y[a][1]);
                y[a][2] += 10e-6 / (p.tau3Seconds() + 10e-6) * (s - y[a][2]);
                double stimulation = p.scale()
                        / p.limitTeslaPerMeterPerSecond()
                        * (p.a1() * Math.abs(y[a][0]) + p.a2() * y[a][1] + p.a3() * Math.abs(y[a][2]));
                peaks[a] = Math.max(peaks[a], stimulation);
                squares += stimulation * stimulation;
                last[a] = now[a];
            }
            peaks[3] = Math.max(peaks[3], Math.sqrt(squares));
        }
        SafeStimulation fast = safe(sequence);

        assertThat(fast.peak.value()).as("seed " + seed).isCloseTo(peaks[3], within(1e-9));
        for (int a = 0; a < 3; a++) {
            assertThat(fast.axisPeaks[a].value()).as("seed " + seed).isCloseTo(peaks[a], within(1e-9));
        }
    }

    /** Corners of the whole sequence: time in s and gradient before and after it. */
    private static List<double[]> pieces(Sequence sequence) {
        List<double[]> pieces = new ArrayList<>();
        GradientWalker walker = new GradientWalker(
                sequence,
                new GradientSink() {
                    @Override
                    public void piece(long fromPs, long toPs, double[] from, double[] to, int block) {
                        pieces.add(new double[] {
                            fromPs * 1e-12, toPs * 1e-12, from[0], from[1], from[2], to[0], to[1], to[2]
                        });
                    }

                    @Override
                    public List<CheckResult> results() {
                        return List.of();
                    }
                },
                1);
        for (int block = 0; block < sequence.blockCount(); block++) {
            walker.block(block);
        }
        return pieces;
    }

    /** The convolution itself, at every corner and every 20 µs: each piece's slew rate times the kernel's integral over it. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void aSumOfExponentialsFindsThePeakOfTheConvolution(long seed) {
        Sequence sequence = random(seed);
        List<double[]> pieces = pieces(sequence);
        double c = 360e-6;
        double peak = 0;
        for (int i = 0; i < pieces.size(); i++) {
            double[] p = pieces.get(i);
            boolean flat = p[2] == p[5] && p[3] == p[6] && p[4] == p[7];
            int looks = flat ? 4 : Math.max(1, (int) Math.round((p[1] - p[0]) / 20e-6));
            for (int k = 1; k <= looks; k++) {
                double t = p[0] + (p[1] - p[0]) * k / looks;
                double[] sum = new double[3];
                for (int m = 0; m <= i; m++) {
                    double[] q = pieces.get(m);
                    double end = Math.min(t, q[1]);
                    double kernel = c / (c + t - end) - c / (c + t - q[0]);
                    for (int a = 0; a < 3; a++) {
                        sum[a] += (q[5 + a] - q[2 + a]) / (q[1] - q[0]) / GAMMA * kernel;
                    }
                }
                peak = Math.max(peak, 0.333 / 20 * Math.sqrt(sum[0] * sum[0] + sum[1] * sum[1] + sum[2] * sum[2]));
            }
        }
        // Looking every 10 µs may see a little more than the definition every 20 µs, never less.
        assertThat(chronaxie(sequence).peak.value()).as("seed " + seed).isBetween(peak * (1 - 1e-4), peak * (1 + 2e-3));
    }

    @Test
    void whatFailsInTheNormalModeMayPassInTheFirstLevelAndSaysWhatPasses() {
        Sequence sequence = single(trapezoid(0.036, 300, 500, 300, 0));
        CheckResult normal = chronaxie(sequence).results().get(0);
        CheckResult first = played(sequence, new ChronaxieStimulation(sequence, CHRONAXIE, Mode.FIRST_LEVEL, GAMMA))
                .results()
                .get(0);

        assertThat(normal.pass()).isFalse();
        assertThat(normal.name()).isEqualTo("PNS (chronaxie)");
        assertThat(normal.limit()).isEqualTo(80);
        assertThat(normal.detail()).contains("block 1 at 0.3 ms, gradient x", "scaled by", "first level");
        assertThat(first.pass()).isTrue();
        assertThat(first.limit()).isEqualTo(100);
        double factor = Remedies.factor(normal.detail());
        CheckResult mended = chronaxie(single(trapezoid(0.036 * factor, 300, 500, 300, 0)))
                .results()
                .get(0);
        assertThat(mended.pass()).isTrue();
        assertThat(mended.value()).isGreaterThan(79.5);
    }
}
