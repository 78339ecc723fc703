package org.isocenter.hardware.virtual;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.isocenter.hardware.Imperfections;
import org.isocenter.hardware.virtual.Experiment.Ball;
import org.isocenter.hardware.virtual.Experiment.Result;
import org.isocenter.hardware.virtual.phantom.Material;
import org.isocenter.hardware.virtual.phantom.Phantom;
import org.isocenter.model.PatientPosition;
import org.isocenter.model.Protocol;
import org.isocenter.model.ReadoutHeader;
import org.isocenter.model.Vec3;
import org.isocenter.sequence.SequenceBuilder;
import org.isocenter.sequence.SequencePlan;
import org.isocenter.sequence.check.SafetyCheck;
import org.isocenter.sequence.check.UnsafeSequenceException;
import org.isocenter.sequence.compile.EventCompiler;
import org.isocenter.sequence.library.SequenceLibrary;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The gradient-echo family of the library against its signal equations. A small ball in the middle of a slab, where the flip
 * angle is the nominal one; the centre of k-space holds its whole signal. Formulas: Bernstein et al., Handbook of MRI Pulse
 * Sequences, 14.1.
 */
class GradientEchoSignalsTest {
    private static final double T1 = 0.25;
    private static final double T2 = 0.1;
    private static final double RADIUS_METERS = 0.01;
    private static final double MILLILITRES = 4.0 / 3 * Math.PI * Math.pow(RADIUS_METERS * 100, 3);

    private static Phantom ball(double t1, double t2) {
        return new Ball(Vec3.ZERO, RADIUS_METERS, new Material("water", 1, t1, t2));
    }

    private record Scan(SequencePlan plan, Result result) {
        /** The signal at the centre of k-space, over that of fully polarised water. */
        double signal(int readout) {
            ReadoutHeader header = plan.readouts().get(readout);
            return result.magnitude(readout, header.centerSample()) / MILLILITRES;
        }

        /** At the centre of k-space, of the line that was measured last. */
        double central() {
            int centre = 0;
            for (int i = 0; i < plan.readouts().size(); i++) {
                if (plan.readouts().get(i).counters().step2()
                        == plan.encodings().get(0).step2().center()) {
                    centre = i;
                }
            }
            return signal(centre);
        }
    }

    /** @param settings "TR=30ms FA=20deg" */
    private static Scan scan(String name, String settings, Phantom phantom, Imperfections imperfections) {
        SequenceBuilder builder = SequenceLibrary.find(name).orElseThrow();
        Protocol protocol = SequenceLibrary.defaults(builder, Experiment.LIMITS)
                .with("matrix", 16)
                .with("matrixPhase", 1)
                .with("partitions", 1);
        for (String setting : settings.split(" ")) {
            String[] pair = setting.split("=");
            protocol = protocol.withText(pair[0], pair[1]);
        }
        SequencePlan plan = builder.build(protocol, Experiment.LIMITS, PatientPosition.HFS);
        try (VirtualScanner scanner = Experiment.scanner(phantom, imperfections, 2)) {
            return new Scan(
                    plan,
                    Experiment.collect(
                            scanner, EventCompiler.compile(SafetyCheck.check(plan.sequence(), Experiment.LIMITS))));
        } catch (UnsafeSequenceException e) {
            throw new AssertionError(e);
        }
    }

    /** RF spoiling by 117° leaves more or less than ideal spoiling would: within 0.5 % of the phase graph of the same train. */
    @ParameterizedTest
    @CsvSource({"10, 0.1", "28, 0.1", "60, 0.1", "20, 0.3", "60, 0.3", "90, 0.3"})
    void aSpoiledSteadyStateFollowsThePhaseGraphOfItsTrain(double degrees, double t2) {
        double tr = 0.03;
        double te = 0.008;
        Scan scan = scan(
                "gre3d",
                "partitions=16 TR=30ms TE=8ms dummies=45 FA=" + degrees + "deg",
                ball(T1, t2),
                Imperfections.NONE);

        ExtendedPhaseGraph graph = new ExtendedPhaseGraph(T1, t2);
        double expected = 0;
        for (int pulse = 0; pulse <= 45 + 8; pulse++) {
            graph.pulse(Math.toRadians(degrees), spoilingPhase(pulse));
            expected = graph.signal() * Math.exp(-te / t2);
            graph.dephase(tr);
        }
        assertThat(scan.central()).isCloseTo(expected, within(0.005 * expected));
    }

    private static double spoilingPhase(int pulse) {
        return Math.toRadians(117 * (pulse * (pulse + 1.0) / 2 % 360));
    }

    @ParameterizedTest
    @ValueSource(strings = {"fly-back", "bipolar"})
    void laterEchoesDecay(String mode) {
        Scan scan = scan(
                "gre3d",
                "TR=100ms echoes=4 ESP=15ms readoutMode=" + mode + " dummies=20",
                ball(T1, T2),
                Imperfections.NONE);

        List<Double> times = scan.plan().parameters().echoTimesSeconds();
        assertThat(times).hasSize(4);
        for (int echo = 1; echo < 4; echo++) {
            double expected = Math.exp(-(times.get(echo) - times.get(0)) / T2);
            assertThat(scan.signal(echo) / scan.signal(0)).isCloseTo(expected, within(0.01));
        }
    }

    /** Freeman and Hill 1971: with alternating phases, the signal by the angle that a spin turns in TR. */
    @ParameterizedTest
    @CsvSource({"60, 0", "30, 0", "60, 20", "60, 55"})
    void aBalancedSteadyStateFollowsFlipAngleAndOffset(double degrees, double hertz) {
        Scan scan = scan(
                "bssfp3d", "dummies=150 TR=8ms FA=" + degrees + "deg", ball(T1, T2), Experiment.imperfect(hertz, 0, 0));

        double tr = scan.plan().parameters().repetitionTimeSeconds();
        assertThat(scan.central()).isCloseTo(balanced(Math.toRadians(degrees), hertz, tr), within(0.015));
    }

    private static double balanced(double flip, double hertz, double tr) {
        double e1 = Math.exp(-tr / T1);
        double e2 = Math.exp(-tr / T2);
        double theta = 2 * Math.PI * hertz * tr + Math.PI;
        double cos = Math.cos(flip);
        double d = (1 - e1 * cos) * (1 - e2 * Math.cos(theta)) - e2 * (e1 - cos) * (e2 - Math.cos(theta));
        double x = (1 - e1) * e2 * Math.sin(flip) * Math.sin(theta) / d;
        double y = (1 - e1) * Math.sin(flip) * (1 - e2 * Math.cos(theta)) / d;
        return Math.hypot(x, y) * Math.exp(-tr / 2 / T2);
    }

    @Test
    void halfAnAngleStartsTheBalancedStateSmoothly() {
        Scan scan = scan("bssfp3d", "dummies=0 averages=40 TR=8ms FA=60deg", ball(T1, T2), Imperfections.NONE);

        double smallest = Double.POSITIVE_INFINITY;
        for (int i = 1; i < 40; i++) {
            assertThat(scan.signal(i)).as("echo %d", i).isLessThan(scan.signal(i - 1) + 1e-3);
            smallest = Math.min(smallest, scan.signal(i));
        }
        assertThat(smallest).isGreaterThan(0.9 * balanced(Math.toRadians(60), 0, 0.008));
    }

    /** The phase graph of inversion, wait, pulses and recovery. Of fluid the coherences of the train are a fifth. */
    @ParameterizedTest
    @CsvSource({"0.33, 0.35", "0.275, 0.35", "3.7, 0.35", "0.33, 0.12"})
    void anInversionPreparedEchoHasTheContrastOfItsInversionTime(double t1, double ti) {
        Scan scan = scan(
                "mprage",
                "partitions=12 TR=1s ESP=12ms FA=15deg dummies=2 TI=" + ti * 1e3 + "ms",
                ball(t1, 0.1),
                Imperfections.NONE);

        ExtendedPhaseGraph graph = new ExtendedPhaseGraph(t1, 0.1);
        double expected = 0;
        for (int train = 0; train < 3; train++) {
            graph.pulse(Math.PI, 0).dephase(ti - 6 * 0.012);
            for (int echo = 0; echo < 12; echo++) {
                graph.pulse(Math.toRadians(15), spoilingPhase(12 * train + echo));
                expected = echo == 6 ? graph.signal() * Math.exp(-0.006 / 0.1) : expected;
                graph.dephase(0.012);
            }
            graph.dephase(1 - ti - 6 * 0.012);
        }
        assertThat(scan.central()).isCloseTo(expected, within(0.02 * 0.25));
    }
}
