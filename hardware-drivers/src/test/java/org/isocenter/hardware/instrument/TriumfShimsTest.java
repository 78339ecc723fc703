package org.isocenter.hardware.instrument;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.isocenter.hardware.ScannerException;
import org.isocenter.hardware.instrument.EmulatedInstrument.Fault;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class TriumfShimsTest {
    private Bench<EmulatedShims> bench;
    private ShimSupply shims;

    @BeforeEach
    void open() throws ScannerException {
        bench = Bench.SHIMS.open();
        shims = bench.as(ShimSupply.class);
    }

    @AfterEach
    void close() {
        bench.close();
    }

    @Test
    void limitsComeFromTheDevicesCalibration() {
        assertThat(shims.channels()).isEqualTo(64);
        assertThat(shims.limitAmperes(7)).isCloseTo(0.099, within(1e-9));
        assertThat(bench.device().requests()).startsWith("OFA");
    }

    @Test
    void currentsComeOutOnlyWhenAllAreStored() throws ScannerException {
        double[] amperes = new double[64];
        Random random = new Random(3);
        for (int i = 0; i < 64; i++) {
            amperes[i] = 0.198 * random.nextDouble() - 0.099;
        }
        shims.set(amperes);
        assertThat(bench.device().on).isTrue();
        for (int i = 0; i < 64; i++) {
            assertThat(0.01 * bench.device().voltage[i] + 0.001).isCloseTo(amperes[i], within(1e-6));
        }
        assertThat(bench.device().requests()).endsWith("ONA");
    }

    @Test
    void aCurrentBeyondItsLimitIsRefusedBeforeAnythingIsSet() {
        double[] amperes = new double[64];
        amperes[63] = -0.1;
        assertThatThrownBy(() -> shims.set(amperes))
                .hasMessageContaining("channel 63 cannot give -0.1000 A; its limit is ±0.09900 A");
        amperes[63] = Double.NaN;
        assertThatThrownBy(() -> shims.set(amperes)).hasMessageContaining("channel 63");
        assertThatThrownBy(() -> shims.set(new double[3])).hasMessageContaining("has 64 channels");
        assertThat(bench.device().count("STC")).isZero();
    }

    @Test
    void aRestartOnTheWayIsFoundAndNothingIsPutOut() {
        bench.device().restartBefore = "STC 40 ";
        assertThatThrownBy(() -> shims.set(new double[64]))
                .hasMessageContaining("has it been restarted?")
                .hasMessageContaining("all shim channels have been set to zero");
        assertThat(bench.device().count("ONA")).isZero();
        assertThat(bench.device().on).isFalse();
    }

    @Test
    void afterALostLinkTheMessageSaysThatCurrentsMayFlow() throws ScannerException {
        shims.set(new double[64]);
        bench.device().fail(Fault.CUT, 1);
        assertThatThrownBy(() -> shims.set(new double[64]))
                .hasMessageContaining("whether shim currents flow is NOT known");
    }

    @Test
    void closingSetsAllToZero() throws ScannerException {
        shims.set(new double[64]);
        shims.close();
        assertThat(bench.device().on).isFalse();
    }
}
