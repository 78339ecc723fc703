package org.isocenter.hardware.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.isocenter.hardware.LibraryTables;
import org.isocenter.hardware.RunOutcome;
import org.isocenter.hardware.Scanner;
import org.isocenter.hardware.ScannerException;
import org.isocenter.hardware.ScannerException.Kind;
import org.isocenter.sequence.compile.EventTable;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What a device tells of itself in WELCOME is kept before it is told anything of a table. */
@Timeout(30)
class DeviceLimitsTest {
    private static final EventTable TABLE = LibraryTables.lines(2);
    private static final int SAMPLES = TABLE.maxSamplesPerWindow();

    /** A device that plays nothing, but says that it has. */
    private static RunOutcome run(DeviceLimits limits, AtomicInteger arms) throws Exception {
        try (RawDevice device = new RawDevice(Set.of(Capability.DEMODULATES), limits, (self, frame) -> {
                    if (frame.type() == FrameType.ARM) {
                        arms.incrementAndGet();
                        self.enter(DeviceState.RUNNING);
                    } else if (frame.type() == FrameType.START) {
                        for (int i = 0; i < TABLE.adcWindows(); i++) {
                            self.sendReadout(i, new float[SAMPLES], new float[SAMPLES]);
                        }
                        self.enter(DeviceState.IDLE);
                        self.send(new Over(Reason.COMPLETED, TABLE.adcWindows(), TABLE.durationTicks(), "")::write);
                    }
                });
                Scanner scanner = MemoryScanners.open(device::plugIn)) {
            return scanner.run(TABLE, (index, channels, samples, re, im) -> {});
        }
    }

    static Stream<Arguments> beyond() {
        return Stream.of(
                Arguments.of(RawDevice.told(1e-4, 0, 0, 0), "TX_GATE: open for", "the device's longest"),
                Arguments.of(RawDevice.told(0, 200_000, 0, 0), "time since the last step", "the device's shortest"),
                Arguments.of(RawDevice.told(0, 0, 1 << 24, 0), "ADC: dwell time", "the device's shortest"),
                Arguments.of(RawDevice.told(0, 0, 0, SAMPLES - 1), "an ADC window has", "use fewer samples"));
    }

    @ParameterizedTest
    @MethodSource("beyond")
    void aTableBeyondThemIsRefusedBeforeItIsArmed(DeviceLimits limits, String what, String why) {
        AtomicInteger arms = new AtomicInteger();
        assertThatThrownBy(() -> run(limits, arms))
                .asInstanceOf(type(ScannerException.class))
                .satisfies(e -> assertThat(e.kind()).isEqualTo(Kind.REFUSED))
                .satisfies(e -> assertThat(e).hasMessageContaining(what).hasMessageContaining(why));
        assertThat(arms).hasValue(0);
    }

    static Stream<DeviceLimits> kept() {
        return Stream.of(
                RawDevice.told(0, 0, 0, 0),
                RawDevice.told(0.05, 0, 0, 0),
                RawDevice.told(0, 1000, 0, 0),
                RawDevice.told(0, 0, 100, 0),
                RawDevice.told(0, 0, 0, SAMPLES));
    }

    @ParameterizedTest
    @MethodSource("kept")
    void aTableWithinThemIsPlayed(DeviceLimits limits) throws Exception {
        AtomicInteger arms = new AtomicInteger();
        assertThat(run(limits, arms)).isEqualTo(RunOutcome.COMPLETED);
        assertThat(arms).hasValue(1);
    }
}
