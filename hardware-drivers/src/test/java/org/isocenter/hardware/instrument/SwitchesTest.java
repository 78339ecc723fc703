package org.isocenter.hardware.instrument;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.isocenter.hardware.ScannerException;
import org.isocenter.hardware.instrument.EmulatedInstrument.Fault;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The tuning board and the attenuator. */
@Timeout(60)
class SwitchesTest {
    @Test
    void theTuningBoardGetsFifteenBitsOfCapacitorsAndTwoOfTheAntennaSwitch() throws ScannerException {
        try (Bench<EmulatedMargeBoard> bench = Bench.TUNER.open()) {
            bench.as(Tuner.class).set(new Tuner.Setting(1, 16, 31), Tuner.Antenna.SCANNER);
            assertThat(bench.device().setting).isEqualTo("00001" + "10000" + "11111" + "10");
            bench.as(Tuner.class).set(new Tuner.Setting(0, 5, 10), Tuner.Antenna.NETWORK_ANALYZER);
            assertThat(bench.device().setting).isEqualTo("00000" + "00101" + "01010" + "01");
        }
    }

    @Test
    void aSettingThatNoBankHasIsRefused() throws ScannerException {
        try (Bench<EmulatedMargeBoard> bench = Bench.TUNER.open()) {
            assertThatThrownBy(() -> bench.as(Tuner.class).set(new Tuner.Setting(32, 0, 0), Tuner.Antenna.SCANNER))
                    .hasMessageContaining("settings are 0 to 31");
            assertThat(bench.device().requests()).isEmpty();
        }
    }

    @Test
    void anUnconfirmedSettingIsSaidToBeUnknown() throws ScannerException {
        try (Bench<EmulatedMargeBoard> bench = Bench.TUNER.open(0.05)) {
            bench.device().fail(Fault.SILENCE, 100);
            assertThatThrownBy(() -> bench.as(Tuner.class).set(new Tuner.Setting(0, 0, 0), Tuner.Antenna.SCANNER))
                    .hasMessageContaining("are not known: do not transmit");
        }
    }

    @Test
    void theAttenuatorGetsTheGainAboveItsLeast() throws ScannerException {
        try (Bench<EmulatedMargeBoard> bench = Bench.ATTENUATOR.open()) {
            bench.as(Attenuator.class).setGain(35);
            assertThat(bench.device().setting).isEqualTo("100000");
            bench.as(Attenuator.class).setGain(50);
            assertThat(bench.device().setting).isEqualTo("101111");
            assertThatThrownBy(() -> bench.as(Attenuator.class).setGain(51)).hasMessageContaining("35 to 50 dB");
        }
    }
}
