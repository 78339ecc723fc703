package org.isocenter.sequence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.isocenter.model.Rotation;
import org.isocenter.model.Vec3;
import org.junit.jupiter.api.Test;

class SequenceTest {
    private static final long US = 1_000_000L;
    private final Sequence.Builder builder = new Sequence.Builder(Rasters.BEFORE_1_4);

    private static Gradient trapezoid(double amplitude) {
        return new Gradient.Trapezoid(amplitude, 100 * US, 103 * US, 100 * US, 0);
    }

    private static Adc adc(int samples) {
        return new Adc(samples, 10 * US, 0, 0, 0, 0, 0, null);
    }

    @Test
    void equalEventsAreStoredOnce() {
        builder.block(null, trapezoid(1), trapezoid(2), trapezoid(1), null, List.of());
        builder.block(null, trapezoid(2), null, null, adc(8), List.of());
        builder.block(null, null, null, null, adc(8), List.of());
        Sequence sequence = builder.build();
        assertThat(sequence.gradientCount()).isEqualTo(2);
        assertThat(sequence.adcCount()).isEqualTo(1);
        assertThat(sequence.gradientId(0, Axis.X)).isEqualTo(sequence.gradientId(0, Axis.Z));
        assertThat(sequence.gradientId(1, Axis.X)).isEqualTo(sequence.gradientId(0, Axis.Y));
        assertThat(sequence.gradientId(1, Axis.Y)).isZero();
        assertThat(sequence.adcWindows()).isEqualTo(2);
    }

    @Test
    void aBlockWithoutADurationLastsAsLongAsItsEventsOnTheRaster() {
        builder.block(null, trapezoid(1), null, null, adc(8), List.of());
        builder.block(null, null, null, null, adc(101), List.of());
        builder.block(null, null, null, null, null, List.of(new Extension.Trigger(1, 1, 5 * US, 100 * US)));
        Sequence sequence = builder.build();
        assertThat(sequence.blockDurationPs(0)).isEqualTo(310 * US);
        assertThat(sequence.blockDurationPs(1)).isEqualTo(1010 * US);
        assertThat(sequence.blockDurationPs(2)).isEqualTo(110 * US);
        assertThat(sequence.startPs(2)).isEqualTo(1320 * US);
        assertThat(sequence.durationPs()).isEqualTo(1430 * US);
    }

    @Test
    void thousandsOfBlocksKeepTheirOrder() {
        for (int i = 1; i <= 5000; i++) {
            builder.delay(i * US);
        }
        Sequence sequence = builder.build();
        assertThat(sequence.blockCount()).isEqualTo(5000);
        assertThat(sequence.blockDurationPs(4321)).isEqualTo(4322 * US);
        assertThat(sequence.durationPs()).isEqualTo(5000L * 5001 / 2 * US);
    }

    @Test
    void aNegativeDurationIsRefused() {
        assertThatThrownBy(() -> builder.delay(-1)).hasMessage("block 1 would last -1 ps");
    }

    @Test
    void aBlocksRotationIsThatOfItsExtension() {
        Rotation quarter = Rotation.about(Vec3.Z, Math.PI / 2);
        builder.block(
                null,
                trapezoid(1),
                null,
                null,
                null,
                List.of(new Extension.Label(true, "LIN", 1), new Extension.Turn(quarter)));
        builder.delay(US);
        Sequence sequence = builder.build();
        assertThat(sequence.rotation(0)).isEqualTo(quarter);
        assertThat(sequence.rotation(1)).isEqualTo(Rotation.IDENTITY);
        assertThat(sequence.extensions(0)).isEmpty();
    }
}
