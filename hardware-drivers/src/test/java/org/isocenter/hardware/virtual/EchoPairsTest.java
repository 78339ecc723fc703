package org.isocenter.hardware.virtual;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.isocenter.sequence.Gradient;
import org.isocenter.sequence.RfPulse;
import org.junit.jupiter.api.Test;

class EchoPairsTest {
    private static final RfPulse EXCITATION = Experiment.hardPulse(90, 50e-6, 0, 0);
    private static final RfPulse REFOCUSING = Experiment.hardPulse(180, 60e-6, 0, 0);

    private static TableSurvey survey(Experiment experiment) throws Exception {
        return TableSurvey.of(
                experiment.table(), new PulseLibrary(1), ScannerFields.perfect(Experiment.LIMITS), () -> false);
    }

    /** Two crushers about the refocusing pulse, each of so many turns per metre and somewhat more. */
    private static Experiment echo(double turnsPerMeter) {
        Gradient crusher = Experiment.trapezoid(turnsPerMeter / 5e-3, 5e-3);
        return new Experiment()
                .rf(EXCITATION)
                .gradient(null, null, crusher)
                .rf(REFOCUSING)
                .gradient(null, null, crusher)
                .read(Experiment.adc(64, 20e-6));
    }

    @Test
    void behindStrongCrushersAnExcitationIsSeenWhereItIsRefocusedOnly() throws Exception {
        TableSurvey survey = survey(echo(400));
        List<Pulse> pulses = survey.library().pulses();
        assertThat(survey.echoes().refocusing(pulses.get(0))).containsExactly(pulses.get(1));
        assertThat(survey.echoes().crushed(pulses.get(1))).isTrue();
    }

    @Test
    void behindWeakCrushersFreeDecaysAreSeen() throws Exception {
        TableSurvey survey = survey(echo(50));
        List<Pulse> pulses = survey.library().pulses();
        assertThat(survey.echoes().refocusing(pulses.get(0))).isEmpty();
        assertThat(survey.echoes().crushed(pulses.get(1))).isFalse();
    }

    @Test
    void anExcitationThatIsReadAtOnceAnywhereIsSeenByItself() throws Exception {
        TableSurvey survey = survey(echo(400).rf(EXCITATION).read(Experiment.adc(64, 20e-6)));
        List<Pulse> pulses = survey.library().pulses();
        assertThat(pulses).hasSize(2);
        assertThat(survey.echoes().refocusing(pulses.get(0))).isEmpty();
        assertThat(survey.echoes().crushed(pulses.get(1))).isTrue();
    }

    /** What two right angles store is read after a third: no pulse refocuses. */
    @Test
    void aStimulatedEchoNeedsNoRefocusingPulse() throws Exception {
        Gradient crusher = Experiment.trapezoid(400 / 5e-3, 5e-3);
        TableSurvey survey = survey(new Experiment()
                .rf(EXCITATION)
                .gradient(null, null, crusher)
                .rf(EXCITATION)
                .pause(0.02)
                .rf(EXCITATION)
                .gradient(null, null, crusher)
                .read(Experiment.adc(64, 20e-6)));
        assertThat(survey.echoes().refocusing(survey.library().pulses().get(0))).isEmpty();
    }
}
