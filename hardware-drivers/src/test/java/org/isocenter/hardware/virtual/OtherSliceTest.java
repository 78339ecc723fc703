package org.isocenter.hardware.virtual;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.isocenter.hardware.Imperfections;
import org.isocenter.sequence.Gradient;
import org.isocenter.sequence.RfPulse;
import org.junit.jupiter.api.Test;

/** When a pulse is one for another slice, so that what the last one left dephased may be forgotten. */
class OtherSliceTest {
    private static final double HERTZ_PER_METER = 400e3;
    private static final double PULSE_SECONDS = 2e-3;
    private static final Gradient SELECT = Experiment.trapezoid(HERTZ_PER_METER, PULSE_SECONDS);
    private static final Gradient REVERSED = Experiment.trapezoid(-HERTZ_PER_METER, PULSE_SECONDS);

    private static RfPulse pulse(double degrees, double hertz) {
        return Experiment.delayed(Experiment.sincPulse(degrees, PULSE_SECONDS, 4, hertz, 0), 200e-6);
    }

    private static boolean secondIsElsewhere(Experiment twoPulses) {
        PulseLibrary library = new PulseLibrary(1);
        try {
            TableSurvey.of(
                    twoPulses.table(),
                    library,
                    new ScannerFields(Imperfections.NONE, Experiment.LIMITS, 0),
                    () -> false);
        } catch (UnplayableTableException e) {
            throw new AssertionError(e);
        }
        List<Pulse> pulses = library.pulses();
        assertThat(pulses).hasSize(2);
        return pulses.get(1).excitesElsewhere(pulses.get(0));
    }

    @Test
    void aParallelSliceEightMillimetresOnIsAnother() {
        double hertz = 8e-3 * HERTZ_PER_METER;

        assertThat(secondIsElsewhere(
                        new Experiment().rf(pulse(90, 0), null, null, SELECT).rf(pulse(90, hertz), null, null, SELECT)))
                .isTrue();
        assertThat(secondIsElsewhere(new Experiment()
                        .rf(pulse(90, hertz), null, null, SELECT)
                        .rf(pulse(90, hertz), null, null, REVERSED)))
                .isTrue();
    }

    @Test
    void theSameSliceIsTheSameWhateverTheFlipAngleOrTheSignOfTheGradient() {
        double hertz = 8e-3 * HERTZ_PER_METER;

        assertThat(secondIsElsewhere(new Experiment()
                        .rf(pulse(90, hertz), null, null, SELECT)
                        .rf(pulse(45, hertz), null, null, SELECT)))
                .isFalse();
        assertThat(secondIsElsewhere(new Experiment()
                        .rf(pulse(90, hertz), null, null, SELECT)
                        .rf(pulse(90, -hertz), null, null, REVERSED)))
                .isFalse();
    }

    @Test
    void slicesThatCrossMayChooseAVolumeTogether() {
        assertThat(secondIsElsewhere(
                        new Experiment().rf(pulse(90, 0), null, null, SELECT).rf(pulse(90, 4000), SELECT, null, null)))
                .isFalse();
    }

    @Test
    void refocusingPulsesExciteNothing() {
        assertThat(secondIsElsewhere(
                        new Experiment().rf(pulse(90, 0), null, null, SELECT).rf(pulse(180, 4000), null, null, SELECT)))
                .isFalse();
    }
}
