package org.isocenter.hardware.instrument;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.isocenter.hardware.Interlock;
import org.isocenter.hardware.ScannerException;
import org.isocenter.hardware.instrument.EmulatedInstrument.Fault;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class RelaxTableTest {
    private Bench<EmulatedTable> bench;
    private PatientTable table;

    @BeforeEach
    void open() throws ScannerException {
        bench = Bench.TABLE.open(0.02);
        table = bench.as(PatientTable.class);
    }

    @AfterEach
    void close() {
        bench.close();
    }

    @Test
    void itMovesInShortStepsAfterItWasSentHome() throws ScannerException {
        assertThatThrownBy(() -> table.moveTo(0.1)).hasMessageContaining("send it home first");
        table.home();
        table.moveTo(0.0455);
        assertThat(table.positionMeters()).isCloseTo(0.0455, within(1e-9));
        assertThat(bench.device().requests().stream().filter(r -> r.startsWith("G0")))
                .containsExactly("G0 10.00", "G0 20.00", "G0 30.00", "G0 40.00", "G0 45.50");
    }

    @Test
    void limitsAreTheDevicesAndRefusedWithoutAMove() throws ScannerException {
        table.home();
        assertThat(table.leastMeters()).isZero();
        assertThat(table.mostMeters()).isEqualTo(0.197);
        assertThatThrownBy(() -> table.moveTo(0.1971)).hasMessageContaining("it can from 0.0 to 197.0 mm");
        assertThatThrownBy(() -> table.moveTo(-0.001)).hasMessageContaining("cannot move");
        assertThatThrownBy(() -> table.moveTo(Double.NaN)).hasMessageContaining("cannot move");
        assertThat(bench.device().count("G0")).isZero();
    }

    @Test
    void aStopEndsAMoveAtTheNextStep() throws ScannerException {
        table.home();
        bench.device().moved = target -> {
            if (target > 25) {
                table.stop();
            }
        };
        table.moveTo(0.15);
        assertThat(table.positionMeters()).isCloseTo(0.030, within(1e-9));
        bench.device().moved = target -> {};
        table.moveTo(0.06);
        assertThat(table.positionMeters()).isCloseTo(0.060, within(1e-9));
    }

    @Test
    void aTableThatIsHeldSaysWhereItIsAndMustGoHome() throws ScannerException {
        table.home();
        bench.device().stuck = true;
        assertThatThrownBy(() -> table.moveTo(0.1)).hasMessageContaining("should be at 10.00 mm but says 0.00 mm");
        assertThatThrownBy(() -> table.moveTo(0.1)).hasMessageContaining("send it home first");
    }

    @Test
    void aMoveThatIsNotConfirmedIsNotToldTwice() throws ScannerException {
        table.home();
        bench.device().moved = target -> bench.device().fail(Fault.SILENCE, 1);
        assertThatThrownBy(() -> table.moveTo(0.1)).hasMessageContaining("where the table is is not known");
        assertThat(bench.device().count("G0")).isLessThanOrEqualTo(1);
        assertThatThrownBy(() -> table.moveTo(0.1)).hasMessageContaining("send it home first");
    }

    @Test
    void aFaultOfTheMotorLatchesAnInterlock() throws ScannerException {
        table.home();
        bench.device().say("E0: Overcurrent or Overtemp\n");
        assertThatThrownBy(() -> table.moveTo(0.1)).hasMessageContaining("E0: Overcurrent");
        assertThatThrownBy(table::home).hasMessageContaining("an interlock is latched");
        Interlock latched = table.interlocks().get(0);
        assertThat(latched.kind()).isEqualTo(Interlock.Kind.PATIENT);
        table.acknowledge(latched);
        table.home();
    }

    @ParameterizedTest
    @ValueSource(strings = {"E0: Overcurrent\n", "12E0: Overcurrent\n", "E0: Overcurrent "})
    void aFaultThatComesBetweenAQuestionAndItsAnswerIsHeard(String fault) throws ScannerException {
        bench.device().between = fault;
        assertThatThrownBy(table::positionMeters).hasMessageContaining("E0: Overcurrent");
        assertThat(table.interlocks()).hasSize(1);
        bench.device().between = "";
        assertThatThrownBy(table::home).hasMessageContaining("an interlock is latched");
    }

    @Test
    void aFaultThatComesBehindAnAnswerThatIsNotUnderstoodIsHeard() throws ScannerException {
        table.home();
        bench.device().fail(Fault.GARBAGE, 1, "M114");
        bench.device().sayAfterFailure("E0: Overcurrent\n");
        assertThat(table.positionMeters()).isZero();
        assertThat(table.interlocks()).hasSize(1);
    }

    @Test
    void aFaultThatComesWhileAnOlderOneIsAcknowledgedStaysLatched() throws ScannerException {
        bench.device().between = "E0: Overcurrent\n";
        assertThatThrownBy(table::positionMeters).isInstanceOf(ScannerException.class);
        bench.device().between = "";
        Interlock latched = table.interlocks().get(0);
        table.positionMeters();
        bench.device().say("E0: Overtemp\n");
        assertThatThrownBy(() -> table.acknowledge(latched)).hasMessageContaining("cause is still there");
        assertThat(table.interlocks()).containsExactly(latched);
        table.acknowledge(latched);
        assertThat(table.interlocks()).isEmpty();
    }
}
