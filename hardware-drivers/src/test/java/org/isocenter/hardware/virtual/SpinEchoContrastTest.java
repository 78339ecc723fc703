package org.isocenter.hardware.virtual;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import org.isocenter.hardware.Imperfections;
import org.isocenter.hardware.virtual.Experiment.Ball;
import org.isocenter.hardware.virtual.Experiment.Result;
import org.isocenter.hardware.virtual.phantom.Material;
import org.isocenter.model.Encoding;
import org.isocenter.model.EncodingCounters;
import org.isocenter.model.PatientPosition;
import org.isocenter.model.Protocol;
import org.isocenter.model.Vec3;
import org.isocenter.sequence.SequenceBuilder;
import org.isocenter.sequence.SequencePlan;
import org.isocenter.sequence.check.SafetyCheck;
import org.isocenter.sequence.check.UnsafeSequenceException;
import org.isocenter.sequence.compile.EventCompiler;
import org.isocenter.sequence.compile.EventTable;
import org.isocenter.sequence.library.SequenceLibrary;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The contrast of the library's spin-echo sequences on a small ball, against the signal equations. */
class SpinEchoContrastTest {
    private static final double BALL_RADIUS = 0.008;
    private static final double MILLILITRES = 4.0 / 3 * Math.PI * Math.pow(BALL_RADIUS, 3) * 1e6;
    private static final Material TISSUE = new Material("tissue", 1, 0.3, 0.1);
    private static final Material FLUID = new Material("fluid", 1, 2, 1.2);

    /** Only the central line, in thick slices: the ball lies where slice profiles are flat. */
    private static Protocol protocol(String settings) {
        String[] words = settings.split(" ");
        SequenceBuilder builder = SequenceLibrary.find(words[0]).orElseThrow();
        Protocol protocol = SequenceLibrary.defaults(builder, Experiment.LIMITS)
                .with("matrix", 16)
                .with("matrixPhase", 1);
        if (protocol.has("partitions")) {
            protocol = protocol.with("partitions", 8).with("slab", 0.064);
        } else {
            protocol = protocol.with("slices", 1).with("thickness", 0.03);
        }
        for (int i = 1; i < words.length; i++) {
            String[] pair = words[i].split("=");
            protocol = protocol.withText(pair[0], pair[1]);
        }
        assertThat(builder.validate(protocol, Experiment.LIMITS)).isEmpty();
        return protocol;
    }

    /** The centre of k-space of each readout of the last repetition, per unit of fully polarised ball. */
    private static double[] echoes(Protocol protocol, Material material) {
        SequencePlan plan = SequenceLibrary.find(protocol.sequence())
                .orElseThrow()
                .build(protocol, Experiment.LIMITS, PatientPosition.HFS);
        try (VirtualScanner scanner =
                Experiment.scanner(new Ball(Vec3.ZERO, BALL_RADIUS, material), Imperfections.NONE, 2)) {
            EventTable table = EventCompiler.compile(SafetyCheck.check(plan.sequence(), Experiment.LIMITS));
            Result result = Experiment.collect(scanner, table);
            List<Double> values = new ArrayList<>();
            for (int i = 0; i < plan.readouts().size(); i++) {
                EncodingCounters at = plan.readouts().get(i).counters();
                Encoding encoding = plan.encodings().get(0);
                if (at.step1() != encoding.step1().center()
                        || at.step2() != encoding.step2().center()) {
                    continue;
                }
                values.add(result.magnitude(i, plan.readouts().get(i).centerSample()) / MILLILITRES);
            }
            return values.stream().mapToDouble(v -> v).toArray();
        } catch (UnsafeSequenceException e) {
            throw new AssertionError(e);
        }
    }

    /** The echoes of the last of many repetitions. */
    private static double[] predicted(Protocol p, Material material, int echoes) {
        double esp = p.number(p.has("ETL") || echoes > 1 ? "ESP" : "TE");
        double first = p.has("ETL") ? esp : p.number("TE");
        double angle = p.has("refocusingAngle") ? p.number("refocusingAngle") : Math.PI;
        double ti = p.has("TI") ? p.number("TI") : 0;
        boolean driven = p.has("drivenEquilibrium") && p.flag("drivenEquilibrium");
        ExtendedPhaseGraph graph = new ExtendedPhaseGraph(material.t1Seconds(), material.t2Seconds());
        double[] result = new double[echoes];
        for (int repetition = 0; repetition < 60; repetition++) {
            if (ti > 0) {
                graph.spoil().pulse(Math.PI, 0).relax(ti);
            }
            if (p.has("TS")) {
                graph.spoil().pulse(Math.PI / 2, 0).spoil().relax(p.number("TS"));
            }
            graph.spoil().pulse(p.number("FA"), 0);
            double used = 0;
            for (int echo = 0; echo < echoes + (driven ? 1 : 0); echo++) {
                double half = (echo == 0 ? first : esp) / 2;
                graph.dephase(half).pulse(echo == 0 && echoes > 1 ? (Math.PI + angle) / 2 : angle, Math.PI / 2);
                graph.dephase(half);
                used += 2 * half;
                if (echo < echoes) {
                    result[echo] = graph.signal();
                }
            }
            if (driven) {
                graph.pulse(p.number("FA"), Math.PI);
            }
            graph.spoil().relax(p.number("TR") - used - ti - (p.has("TS") ? p.number("TS") : 0));
        }
        return result;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "se2d echoes=3 dummies=2 TE=20ms ESP=20ms",
                "se2d echoes=2 dummies=2 TE=20ms ESP=60ms",
                "se3d echoes=3 dummies=2 TE=20ms ESP=20ms",
            })
    void severalEchoesDecayWithT2(String settings) {
        Protocol protocol = protocol(settings);
        double[] echoes = echoes(protocol, TISSUE);
        double decay = Math.exp(-protocol.number("ESP") / TISSUE.t2Seconds());

        assertThat(echoes).hasSize(protocol.count("echoes"));
        for (int echo = 1; echo < echoes.length; echo++) {
            assertThat(echoes[echo] / echoes[echo - 1]).isCloseTo(decay, within(0.015 * decay));
        }
        assertThat(echoes[0]).isCloseTo(predicted(protocol, TISSUE, echoes.length)[0], within(0.015));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ir2d TI=100ms",
                "ir2d TI=400ms",
                "ir2d TI=207ms",
                "ir2d TI=207ms inversionPulse=plain",
                "sr2d TR=1s TS=100ms",
                "sr2d TR=1s TS=300ms",
                "sr2d TR=2s TS=300ms FA=60deg"
            })
    void recoveryFollowsT1(String settings) {
        Protocol protocol = protocol(settings + " dummies=1");

        assertThat(echoes(protocol, TISSUE)[0]).isCloseTo(predicted(protocol, TISSUE, 1)[0], within(0.015));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "tse2d TE=10ms",
                "tse2d TE=80ms",
                "tse2d TE=80ms viewOrder=out-in",
                "tse2d TE=40ms refocusingAngle=120deg",
                "tse2d TE=40ms TR=400ms drivenEquilibrium=yes",
                "tse3d TE=40ms TR=400ms",
                "tse3d TE=40ms refocusingAngle=60deg"
            })
    void trainsHaveTheContrastThatPhaseGraphsPredict(String settings) {
        Protocol protocol = protocol(settings + " matrixPhase=8 ETL=8 ESP=10ms dummies=3");
        int te = (int) Math.rint(protocol.number("TE") / protocol.number("ESP")) - 1;
        double expected = predicted(protocol, TISSUE, 8)[te];

        assertThat(echoes(protocol, TISSUE)[0]).isCloseTo(expected, within(0.025 * expected));
    }

    @Test
    void aTurboSpinEchoHasTheContrastOfASpinEchoOfItsEffectiveTime() {
        double slow = echoes(protocol("se2d TR=2s TE=60ms dummies=1"), TISSUE)[0];
        double turbo = echoes(protocol("tse2d TR=2s TE=60ms ESP=10ms ETL=8 matrixPhase=8 dummies=1"), TISSUE)[0];

        assertThat(turbo).isCloseTo(slow, within(0.02 * slow));
    }

    @Test
    void fluidAttenuationMakesFluidDarkAndDrivenEquilibriumBright() {
        String train = "tse2d matrixPhase=8 ETL=8 ESP=10ms TE=40ms ";
        double attenuated = echoes(protocol(train + "TR=4s TI=1.1s dummies=1"), FLUID)[0];
        double tissue = echoes(protocol(train + "TR=4s TI=1.1s dummies=1"), TISSUE)[0];
        double driven = echoes(protocol(train + "TR=400ms drivenEquilibrium=yes dummies=8"), FLUID)[0];
        double saturated = echoes(protocol(train + "TR=400ms dummies=8"), FLUID)[0];

        assertThat(attenuated).isLessThan(0.03 * tissue);
        assertThat(driven).isGreaterThan(3 * saturated);
    }
}
