package org.isocenter.hardware.virtual;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import org.isocenter.hardware.Imperfections;
import org.isocenter.hardware.Interlock;
import org.isocenter.hardware.ScannerException;
import org.isocenter.hardware.ScannerProfile;
import org.isocenter.hardware.virtual.Experiment.Ball;
import org.isocenter.hardware.virtual.phantom.Material;
import org.isocenter.hardware.virtual.phantom.Phantom;
import org.isocenter.model.Vec3;
import org.isocenter.sequence.compile.EventTable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VirtualInterlockTest {
    private static final Phantom BALL = new Ball(Vec3.ZERO, 0.02, new Material("water", 1, 0.3, 0.1));

    /** Ten pulses, each with a window, 0.1 s apart. */
    private static final EventTable TABLE = pulses();

    private static EventTable pulses() {
        Experiment experiment = new Experiment();
        for (int i = 0; i < 10; i++) {
            experiment.until(i * 0.1).rf(Experiment.hardPulse(90, 50e-6, 0, 0)).read(Experiment.adc(4, 10e-6));
        }
        return experiment.table();
    }

    private static VirtualScanner open(String interlock) {
        VirtualOptions options = new VirtualOptions(
                new ScannerProfile(Experiment.LIMITS, Imperfections.NONE),
                BALL,
                1,
                1,
                false,
                VirtualInterlock.parse(interlock));
        return new VirtualScanner(Experiment.ADDRESS, options, 1, 1000);
    }

    @Test
    void aDoorThatOpensStopsTheScanAndWhatCameBeforeIsDelivered() throws ScannerException {
        List<Integer> readouts = new ArrayList<>();
        try (VirtualScanner scanner = open("door@0.45s")) {
            assertThatThrownBy(() -> scanner.run(TABLE, (index, c, s, re, im) -> readouts.add(index)))
                    .isInstanceOfSatisfying(
                            ScannerException.class,
                            e -> assertThat(e.kind()).isEqualTo(ScannerException.Kind.INTERLOCK))
                    .hasMessageContaining("door")
                    .hasMessageContaining("acknowledge");
            assertThat(readouts).containsExactly(0, 1, 2, 3, 4);
            assertThat(scanner.outputs()).isEqualTo(OutputState.SAFE);
            assertThat(scanner.interlocks()).singleElement().satisfies(i -> {
                assertThat(i.kind()).isEqualTo(Interlock.Kind.DOOR);
                assertThat(i.reason()).contains("simulated door input tripped");
            });
        }
    }

    @Test
    void nothingRunsUntilAPersonAcknowledges() throws Exception {
        try (VirtualScanner scanner = open("sar@0.001s")) {
            assertThatThrownBy(() -> scanner.run(TABLE, (index, c, s, re, im) -> {}))
                    .hasMessageContaining("stopped by an interlock (SAR monitor");
            for (int again = 0; again < 2; again++) {
                assertThatThrownBy(() -> scanner.run(TABLE, (index, c, s, re, im) -> {}))
                        .hasMessageContaining("an interlock is latched (SAR monitor");
            }
            scanner.acknowledge(scanner.interlocks().get(0));
            assertThat(scanner.interlocks()).isEmpty();
            assertThatCode(() -> scanner.run(TABLE, (index, c, s, re, im) -> {}))
                    .doesNotThrowAnyException();
        }
    }

    @Test
    void acknowledgingIsRefusedWhileTheCauseIsThere() throws ScannerException {
        try (VirtualScanner scanner = open("emergency-stop")) {
            Interlock latched = scanner.interlocks().get(0);
            assertThatThrownBy(() -> scanner.acknowledge(latched))
                    .isInstanceOf(ScannerException.class)
                    .hasMessageContaining("its cause is still there");
            assertThat(scanner.interlocks()).containsExactly(latched);
        }
    }

    @Test
    void aCauseLastsAsLongAsItIsToldTo() {
        long[] now = {0};
        VirtualInterlock input = new VirtualInterlock(Interlock.Kind.DOOR, 3, 60, () -> now[0]);
        assertThat(input.trips(2.9)).isFalse();
        assertThat(input.trips(3)).isTrue();
        assertThat(input.trips(4)).as("once only").isFalse();
        now[0] = 59_000_000_000L;
        assertThat(input.causePersists()).isTrue();
        now[0] = 61_000_000_000L;
        assertThat(input.causePersists()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "window", "door@", "door@3", "door@3s+", "door+3s", "DOOR@3s", "door@-3s"})
    void whatIsNotUnderstoodIsRefusedWithWhatWouldBe(String text) {
        assertThatThrownBy(() -> new VirtualScannerProvider().open(URI.create("virtual:ideal?interlock=" + text)))
                .isInstanceOf(ScannerException.class)
                .hasMessageContaining("write KIND, KIND@3s or KIND@3s+60s")
                .hasMessageContaining("gradient-amplifier");
    }
}
