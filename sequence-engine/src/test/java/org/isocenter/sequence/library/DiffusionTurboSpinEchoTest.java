package org.isocenter.sequence.library;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import org.isocenter.model.PatientPosition;
import org.isocenter.model.Protocol;
import org.isocenter.model.ReadoutHeader;
import org.isocenter.model.SystemLimits;
import org.isocenter.model.Violation;
import org.isocenter.sequence.RfPulse;
import org.isocenter.sequence.RfUse;
import org.isocenter.sequence.Sequence;
import org.isocenter.sequence.SequenceBuilder;
import org.isocenter.sequence.SequencePlan;
import org.isocenter.sequence.TestSystems;
import org.isocenter.sequence.trajectory.KspaceTrajectory;
import org.junit.jupiter.api.Test;

class DiffusionTurboSpinEchoTest {
    private static final SystemLimits LIMITS = TestSystems.lowField();

    private record Pulse(RfUse use, double seconds, double radians) {}

    private static List<Pulse> pulses(Sequence sequence) {
        List<Pulse> pulses = new ArrayList<>();
        for (int block = 0; block < sequence.blockCount(); block++) {
            if (sequence.rfId(block) != 0) {
                RfPulse rf = sequence.rfPulse(sequence.rfId(block));
                int middle = rf.magnitude().length() / 2;
                double shape = rf.phaseCycles() == null
                        ? 0
                        : 2 * Math.PI * rf.phaseCycles().at(middle);
                double phase = rf.phaseRadians() + 2 * Math.PI * rf.frequencyHertz() * rf.centerSeconds() + shape;
                pulses.add(new Pulse(
                        rf.use(),
                        (sequence.startPs(block) + rf.delayPs()) * 1e-12 + rf.centerSeconds(),
                        Math.IEEEremainder(phase, 2 * Math.PI)));
            }
        }
        return pulses;
    }

    private static Protocol protocol() {
        SequenceBuilder builder = SequenceLibrary.find("dwitse2d").orElseThrow();
        return SequenceLibrary.defaults(builder, LIMITS)
                .with("slices", 1)
                .with("matrixPhase", 16)
                .with("dummies", 0);
    }

    private static SequencePlan plan(Protocol protocol) {
        SequenceBuilder builder = SequenceLibrary.find("dwitse2d").orElseThrow();
        assertThat(builder.validate(protocol, LIMITS)).isEmpty();
        return builder.build(protocol, LIMITS, PatientPosition.HFS);
    }

    @Test
    void thePreparationRefocusesAtThePulseThatTurnsBackWhateverTheFieldIs() {
        List<Pulse> pulses = pulses(plan(protocol()).sequence());
        Pulse excitation = pulses.get(0);
        Pulse refocusing = pulses.get(1);
        Pulse back = pulses.get(2);
        assertThat(excitation.use).isEqualTo(RfUse.EXCITATION);
        assertThat(refocusing.use).isEqualTo(RfUse.REFOCUSING);
        assertThat(back.use).isEqualTo(RfUse.PREPARATION);
        assertThat(back.seconds - refocusing.seconds).isCloseTo(refocusing.seconds - excitation.seconds, within(1e-9));
    }

    @Test
    void everyOtherAverageIsStoredAndExcitedTheOtherWay() {
        SequencePlan plan = plan(protocol());
        List<Pulse> pulses = pulses(plan.sequence());
        int perTrain = 3 + 1 + 8;
        for (int train = 0; train < pulses.size() / perTrain; train++) {
            boolean down = train / 2 % 2 == 1;
            double back = pulses.get(train * perTrain + 2).radians;
            double excited = pulses.get(train * perTrain + 3).radians;
            assertThat(Math.abs(Math.IEEEremainder(back - (down ? 0 : Math.PI), 2 * Math.PI)))
                    .isLessThan(1e-6);
            assertThat(Math.abs(Math.IEEEremainder(excited - (down ? Math.PI : 0), 2 * Math.PI)))
                    .isLessThan(1e-6);
        }
        assertThat(plan.notes()).isEmpty();
        assertThat(plan(protocol().with("averages", 1)).notes()).anyMatch(note -> note.contains("odd number"));
    }

    @Test
    void theFirstEchoMeasuresTheCentreAndTheHeaderTellsTheWholeDecay() {
        SequencePlan plan = plan(protocol());
        List<Pulse> pulses = pulses(plan.sequence());
        double preparation = pulses.get(2).seconds - pulses.get(0).seconds;
        int[] central = {0};
        KspaceTrajectory.forEachWindow(plan.sequence(), window -> {
            ReadoutHeader header = plan.readouts().get(window.adcIndex());
            if (header.counters().step1() == 8) {
                double echo = window.timeSeconds(header.centerSample()) - window.excitationSeconds();
                assertThat(echo + preparation)
                        .isCloseTo(plan.parameters().echoTimesSeconds().get(0), within(1e-6));
                central[0]++;
            }
        });
        assertThat(central[0]).isEqualTo(4 * 2);
        assertThat(plan.parameters().diffusion()).hasSize(4);
    }

    @Test
    void aPreparationTooShortForTheBValueNamesTheShortest() {
        SequenceBuilder builder = SequenceLibrary.find("dwitse2d").orElseThrow();
        List<Violation> violations = builder.validate(protocol().with("TEprep", 0.03), LIMITS);
        assertThat(violations).extracting(Violation::parameter).containsExactly("TEprep");
        double least = violations.get(0).remedies().get(0).value();
        assertThat(builder.validate(protocol().with("TEprep", least), LIMITS)).isEmpty();
    }
}
