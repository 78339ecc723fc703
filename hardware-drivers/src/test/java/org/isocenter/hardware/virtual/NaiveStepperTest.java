package org.isocenter.hardware.virtual;

import static org.assertj.core.api.Assertions.assertThat;

import org.isocenter.hardware.Imperfections;
import org.isocenter.hardware.virtual.phantom.SpinList;
import org.isocenter.sequence.compile.EventTable;
import org.junit.jupiter.api.Test;

/** The whole fast simulation against the straight, slow one. */
class NaiveStepperTest {
    private static final double ERROR = 2e-4;

    private static double error(SpinList spins, EventTable table) {
        NaiveStepper.Result expected = NaiveStepper.play(table, spins, spins.count());
        try (VirtualScanner scanner = Experiment.scanner(spins, Imperfections.NONE, 2)) {
            return RaceSequences.error(Experiment.collect(scanner, table), expected);
        }
    }

    @Test
    void aSpinEchoHasTheSamplesOfPlainSteps() {
        assertThat(error(
                        RaceSequences.grid(20, 15, 1),
                        RaceSequences.spinEcho(6, 64).table()))
                .isLessThan(ERROR);
    }

    @Test
    void aTurboSpinEchoHasTheSamplesOfPlainSteps() {
        assertThat(error(
                        RaceSequences.grid(15, 10, 3),
                        RaceSequences.turboSpinEcho(32, 8, 2, 8).table()))
                .isLessThan(ERROR);
    }
}
