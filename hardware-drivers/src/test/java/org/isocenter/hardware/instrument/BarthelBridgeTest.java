package org.isocenter.hardware.instrument;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.isocenter.hardware.Interlock;
import org.isocenter.hardware.ScannerException;
import org.isocenter.hardware.instrument.EmulatedInstrument.Fault;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Timeout(60)
class BarthelBridgeTest {
    private Bench<EmulatedBarthelBridge> bench;
    private PowerAmplifier gradient;
    private PowerAmplifier rf;

    @BeforeEach
    void open() throws ScannerException {
        bench = Bench.BRIDGE.open();
        gradient = bench.as(BarthelBridge.class).gradientAmplifier();
        rf = bench.as(BarthelBridge.class).rfAmplifier();
    }

    @AfterEach
    void neverWasAFaultResetUnasked() {
        bench.close();
        assertThat(bench.device().count("GPA_ERRST")).isLessThanOrEqualTo(acknowledgements);
    }

    private int acknowledgements;

    @Test
    void openingSwitchesBothAmplifiersOff() {
        assertThat(bench.device().requests()).containsExactly("RFPA_RF 0", "GPA_ON 0");
    }

    @Test
    void amplifiersAreEnabledOneByOneAndOffWhenClosed() throws ScannerException {
        gradient.enable();
        assertThat(bench.device().gradientOn).isTrue();
        assertThat(bench.device().rfOn).isFalse();
        rf.enable();
        assertThat(bench.device().rfOn).isTrue();
        assertThat(rf.status()).isEqualTo(PowerAmplifier.State.ON);
        bench.instrument().close();
        assertThat(bench.device().gradientOn).isFalse();
        assertThat(bench.device().rfOn).isFalse();
    }

    @Test
    void aRefusalLatchesAnInterlockUntilAPersonAcknowledgesIt() throws ScannerException {
        bench.device().gradientFault = true;
        assertThatThrownBy(gradient::enable)
                .isInstanceOfSatisfying(
                        ScannerException.class, e -> assertThat(e.kind()).isEqualTo(ScannerException.Kind.INTERLOCK))
                .hasMessageContaining(">ERR INTERLOCK")
                .hasMessageContaining("has been switched off");
        assertThatThrownBy(gradient::enable).hasMessageContaining("an interlock is latched");
        assertThat(bench.device().count("GPA_ON 1")).isEqualTo(1);

        Interlock latched = bench.instrument().interlocks().get(0);
        assertThat(latched.kind()).isEqualTo(Interlock.Kind.GRADIENT_AMPLIFIER);
        acknowledgements = 1;
        bench.instrument().acknowledge(latched);
        assertThat(bench.device().gradientOn).isFalse();
        gradient.enable();
        assertThat(bench.device().gradientOn).isTrue();
    }

    @Test
    void anAcknowledgementDoesNotHelpWhileTheCauseIsThere() {
        bench.device().gradientFault = true;
        bench.device().faultPersists = true;
        assertThatThrownBy(gradient::enable).isInstanceOf(ScannerException.class);
        Interlock latched = bench.instrument().interlocks().get(0);
        acknowledgements = 1;
        assertThatThrownBy(() -> bench.instrument().acknowledge(latched)).hasMessageContaining("cause is still there");
        assertThat(bench.instrument().interlocks()).containsExactly(latched);
    }

    @Test
    void aFaultThatTheBridgeTellsByItselfSwitchesOffAndLatchesOnlyThatAmplifier() throws ScannerException {
        gradient.enable();
        bench.device().trip();
        assertThat(gradient.status()).isEqualTo(PowerAmplifier.State.OFF);
        assertThat(gradient.interlocks())
                .singleElement()
                .extracting(Interlock::reason)
                .asString()
                .contains("overtemp");
        assertThat(rf.interlocks()).isEmpty();
        assertThatThrownBy(gradient::enable).hasMessageContaining("an interlock is latched");
    }

    @Test
    void aFaultThatComesBetweenAQuestionAndItsAnswerIsHeard() throws ScannerException {
        gradient.enable();
        bench.device().between = Map.of("GPA_VERB 1", "GPA_ERR overtemperature\r\n");
        assertThat(gradient.status()).isEqualTo(PowerAmplifier.State.OFF);
        assertThat(gradient.interlocks())
                .singleElement()
                .extracting(Interlock::reason)
                .asString()
                .contains("overtemp");
        assertThat(rf.interlocks()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(names = {"GARBAGE", "HALF"})
    void aFaultThatComesBehindAnAnswerThatIsNotUnderstoodIsHeard(Fault fault) throws ScannerException {
        gradient.enable();
        bench.device().fail(fault, 1, "GPA_VERB");
        bench.device().sayAfterFailure("\r\nGPA_ERR overtemperature\r\n");
        assertThat(gradient.status()).isEqualTo(PowerAmplifier.State.OFF);
        assertThat(gradient.interlocks())
                .singleElement()
                .extracting(Interlock::reason)
                .asString()
                .contains("overtemp");
        assertThat(rf.interlocks()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(names = {"GARBAGE", "HALF", "SILENCE"})
    void anAnswerThatIsNotUnderstoodIsNoFaultOfTheAmplifier(Fault fault) throws ScannerException {
        gradient.enable();
        bench.device().fail(fault, 1, "GPA_VERB");
        assertThat(gradient.status()).isEqualTo(PowerAmplifier.State.ON);
        assertThat(bench.instrument().interlocks()).isEmpty();
    }

    @Test
    void aFaultThatComesWhileAnOlderOneIsAcknowledgedStaysLatched() {
        bench.device().gradientFault = true;
        assertThatThrownBy(gradient::enable).isInstanceOf(ScannerException.class);
        Interlock latched = bench.instrument().interlocks().get(0);
        acknowledgements = 2;
        bench.device().between = Map.of("GPA_ERRST", "GPA_ERR overtemperature\r\n");
        assertThatThrownBy(() -> bench.instrument().acknowledge(latched)).hasMessageContaining("cause is still there");
        assertThat(bench.instrument().interlocks()).containsExactly(latched);
    }

    @Test
    void whatIsNotConfirmedIsSwitchedOffAgainAndNotOnASecondTime() {
        bench.device().fail(Fault.SILENCE, 1, "GPA_ON 1");
        assertThatThrownBy(gradient::enable).hasMessageContaining("the gradient amplifier has been switched off");
        assertThat(bench.device().count("GPA_ON 1")).isEqualTo(1);
        assertThat(bench.device().gradientOn).isFalse();
    }

    @Test
    void aBridgeThatFallsSilentIsToldToSwitchOffBothAmplifiersWithoutMoreWaitsThanOneForEach() throws ScannerException {
        gradient.enable();
        bench.device().fail(Fault.SILENCE, Integer.MAX_VALUE);
        assertThatThrownBy(bench.instrument()::selfTest).hasMessageContaining("is NOT known: switch it off by hand");
        bench.instrument().close();
        assertThat(bench.device().requests())
                .containsExactly(
                        "GPA_VERB 1",
                        "GPA_VERB 1",
                        "GPA_VERB 1",
                        "GPA_ON 0", // the question, and what its failure does
                        "RFPA_RF 0",
                        "GPA_ON 0");
        assertThat(bench.device().gradientOn).isFalse();
    }

    @Test
    void aBridgeThatAnswersAgainIsAskedAsPatientlyAsBefore() throws ScannerException {
        bench.device().fail(Fault.SILENCE, 4);
        assertThatThrownBy(gradient::status).hasMessageContaining("no answer");
        gradient.disable();
        bench.device().fail(Fault.SILENCE, 2);
        assertThat(gradient.status()).isEqualTo(PowerAmplifier.State.OFF);
    }

    @Test
    void whatTheBridgeSaysWithoutANameTripsBothAmplifiers() {
        bench.device().say("emergency!\r\n");
        assertThatThrownBy(gradient::enable).hasMessageContaining("emergency!");
        assertThat(rf.interlocks()).isNotEmpty();
    }

    @Test
    void anAmplifierThatCannotBeReachedIsSaidToBeUnknown() throws ScannerException {
        gradient.enable();
        bench.device().fail(Fault.CUT, 1);
        assertThatThrownBy(gradient::status).hasMessageContaining("is NOT known: switch it off by hand");
    }

    @Test
    void ofALinkThatIsLostBothAmplifiersAreSaidToBeUnknown() throws ScannerException {
        gradient.enable();
        rf.enable();
        bench.device().fail(Fault.CUT, 1);
        assertThatThrownBy(bench.instrument()::selfTest)
                .hasMessageContaining("gradient amplifier and the RF amplifier are off is NOT known")
                .hasMessageContaining("switch both off by hand");
    }

    @Test
    void whatNobodyCanReadIsShownAllTheSame() {
        bench.device().say("\u0081\u0092\r\n");
        assertThatThrownBy(gradient::enable).hasMessageContaining("reported '··'");
    }
}
