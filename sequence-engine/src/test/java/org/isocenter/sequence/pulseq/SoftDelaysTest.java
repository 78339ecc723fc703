package org.isocenter.sequence.pulseq;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.isocenter.sequence.Extension;
import org.isocenter.sequence.Gradient;
import org.isocenter.sequence.Rasters;
import org.isocenter.sequence.Sequence;
import org.isocenter.sequence.pulseq.SoftDelays.Setting;
import org.isocenter.sequence.pulseq.SoftDelays.SoftDelayException;
import org.isocenter.testing.SharedData;
import org.junit.jupiter.api.Test;

class SoftDelaysTest {
    private static final long MICROSECOND = 1_000_000;

    private static Extension.SoftDelay delay(int number, long offsetMicroseconds, double factor, String hint) {
        return new Extension.SoftDelay(number, offsetMicroseconds * MICROSECOND, factor, hint);
    }

    private static Sequence.Builder builder() {
        return new Sequence.Builder(Rasters.BEFORE_1_4);
    }

    private static Sequence.Builder add(Sequence.Builder builder, long microseconds, Extension.SoftDelay delay) {
        return builder.block(microseconds * MICROSECOND, null, null, null, null, null, List.of(delay));
    }

    /** The specification's example of a spin echo: both halves of TE, what fills up to a fixed time, and TR over 11 slices. */
    private static Sequence example() {
        Sequence.Builder builder = builder();
        builder.definition("TE", "0.04").definition("TR", "2200");
        add(builder, 20_000 - 7_840, delay(0, -7_840, 2, "TE"));
        add(builder, 20_000 - 9_320, delay(0, -9_320, 2, "TE"));
        add(builder, 120_000 - 40_000, delay(0, 120_000, -1, "TE"));
        add(builder, 200_000 - 126_760, delay(1, -126_760, 11, "TR"));
        return builder.delay(5 * MICROSECOND * 10).build();
    }

    @Test
    void defaultsAndRangesFollowFromTheBlocks() throws SoftDelayException {
        List<Setting> settings = SoftDelays.of(example());
        assertThat(settings).hasSize(2);
        Setting te = settings.get(0);
        assertThat(te.hint()).isEqualTo("TE");
        assertThat(te.number()).isZero();
        assertThat(te.blocks()).isEqualTo(3);
        assertThat(te.defaultSeconds()).isCloseTo(0.040, within(1e-12));
        assertThat(te.minimumSeconds()).isCloseTo(0.01864, within(1e-12));
        assertThat(te.maximumSeconds()).isCloseTo(0.120, within(1e-12));
        assertThat(te.stepSeconds()).isCloseTo(20e-6, within(1e-15));
        Setting tr = settings.get(1);
        assertThat(tr.defaultSeconds()).isCloseTo(2.2, within(1e-12));
        assertThat(tr.minimumSeconds()).isCloseTo(1.39436, within(1e-12));
        assertThat(tr.maximumSeconds()).isInfinite();
    }

    @Test
    void aNewValueChangesItsBlocksAlone() throws SoftDelayException {
        Sequence retimed = SoftDelays.with(example(), Map.of("TE", 0.030));
        assertThat(retimed.blockDurationPs(0)).isEqualTo((15_000 - 7_840) * MICROSECOND);
        assertThat(retimed.blockDurationPs(1)).isEqualTo((15_000 - 9_320) * MICROSECOND);
        assertThat(retimed.blockDurationPs(2)).isEqualTo((120_000 - 30_000) * MICROSECOND);
        assertThat(retimed.blockDurationPs(3)).isEqualTo(example().blockDurationPs(3));
        assertThat(retimed.blockDurationPs(4)).isEqualTo(example().blockDurationPs(4));
        assertThat(retimed.definitions()).containsEntry("TE", "0.03").containsEntry("TR", "2200");
        assertThat(SoftDelays.of(retimed).get(0).defaultSeconds()).isCloseTo(0.030, within(1e-12));
    }

    @Test
    void aNumberIsAsGoodAsAName() throws SoftDelayException {
        Sequence retimed = SoftDelays.with(example(), Map.of("1", 4.4));
        assertThat(retimed.blockDurationPs(3)).isEqualTo((400_000 - 126_760) * MICROSECOND);
        assertThat(retimed.definitions()).as("milliseconds stay milliseconds").containsEntry("TR", "4400");
    }

    @Test
    void valuesAreRoundedSoThatAllBlocksAgree() throws SoftDelayException {
        Sequence retimed = SoftDelays.with(example(), Map.of("TE", 0.033333));
        assertThat(SoftDelays.of(retimed).get(0).defaultSeconds()).isCloseTo(0.033340, within(1e-12));
        Sequence smallest = SoftDelays.with(example(), Map.of("TE", 0.01864));
        assertThat(smallest.blockDurationPs(1)).isZero();
        assertThat(SoftDelays.of(smallest).get(0).defaultSeconds()).isCloseTo(0.01864, within(1e-12));
    }

    @Test
    void aFactorNeedNotBeWhole() throws SoftDelayException {
        Sequence sequence = add(builder(), 20_000, delay(0, 5_000, -1.5, "TD")).build();
        Setting setting = SoftDelays.of(sequence).get(0);
        assertThat(setting.defaultSeconds()).isCloseTo(-0.0225, within(1e-12));
        Sequence positive = add(builder(), 20_000, delay(0, 5_000, 2.5, "TD")).build();
        Sequence retimed = SoftDelays.with(positive, Map.of("TD", 0.05));
        assertThat(retimed.blockDurationPs(0)).isEqualTo(25_000 * MICROSECOND);
        Sequence odd = add(builder(), 20_000, delay(0, 0, 1.0 / 3, "TD")).build();
        assertThat(SoftDelays.with(odd, Map.of("TD", 0.010)).blockDurationPs(0)).isEqualTo(30_000 * MICROSECOND);
    }

    @Test
    void whatIsOutOfRangeIsRefusedWithTheRange() {
        assertThatThrownBy(() -> SoftDelays.with(example(), Map.of("TE", 0.01)))
                .isInstanceOf(SoftDelayException.class)
                .hasMessage("soft delay 'TE' cannot be 10 ms: 18.64 ms to 120 ms");
        assertThatThrownBy(() -> SoftDelays.with(example(), Map.of("TE", 0.2)))
                .hasMessageContaining("18.64 ms to 120 ms");
        assertThatThrownBy(() -> SoftDelays.with(example(), Map.of("TR", 1.0)))
                .hasMessageContaining("at least 1394.36 ms");
        assertThatThrownBy(() -> SoftDelays.with(example(), Map.of("TR", 1e6))).isInstanceOf(SoftDelayException.class);
        assertThatThrownBy(() -> SoftDelays.with(example(), Map.of("TI", 1.0)))
                .hasMessage("no soft delay 'TI': the sequence has TE, TR");
        assertThatThrownBy(
                        () -> SoftDelays.with(builder().delay(10 * MICROSECOND).build(), Map.of("TI", 1.0)))
                .hasMessageContaining("the sequence has none");
        assertThatThrownBy(() -> SoftDelays.with(example(), Map.of("TE", 0.03, "0", 0.03)))
                .hasMessageContaining("set twice");
    }

    @Test
    void contradictionsAreTold() {
        Sequence.Builder numbers = add(builder(), 100, delay(0, 0, 1, "TE"));
        assertThatThrownBy(() ->
                        SoftDelays.of(add(numbers, 100, delay(1, 0, 1, "TE")).build()))
                .hasMessageContaining("each name needs one number");
        Sequence.Builder names = add(builder(), 100, delay(0, 0, 1, "TE"));
        assertThatThrownBy(() ->
                        SoftDelays.of(add(names, 100, delay(0, 0, 1, "TR")).build()))
                .hasMessageContaining("each number needs one name");
        Sequence.Builder defaults = add(builder(), 100, delay(0, 0, 1, "TE"));
        assertThatThrownBy(() ->
                        SoftDelays.of(add(defaults, 110, delay(0, 0, 1, "TE")).build()))
                .hasMessage("soft delay 'TE' is 0.1 ms by block 1 and 0.11 ms by block 2: the blocks contradict each"
                        + " other");
        Gradient gradient = new Gradient.Trapezoid(1, 10 * MICROSECOND, 0, 10 * MICROSECOND, 0);
        Sequence busy = builder()
                .block(100 * MICROSECOND, null, gradient, null, null, null, List.of(delay(0, 0, 1, "TE")))
                .build();
        assertThatThrownBy(() -> SoftDelays.of(busy)).hasMessageContaining("only pure delays can be re-timed");
    }

    @Test
    void aRealFileIsRetimed() throws IOException, SoftDelayException {
        Sequence original =
                PulseqReader.read(SharedData.path("seq/v150_gre_softdelay.seq")).sequence();
        List<Setting> settings = SoftDelays.of(original);
        assertThat(settings).extracting(Setting::hint).containsExactly("TE", "TR");
        Setting tr = settings.get(1);
        Sequence longer = SoftDelays.with(original, Map.of("TR", tr.defaultSeconds() + 0.001));
        assertThat(longer.durationPs() - original.durationPs()).isEqualTo(tr.blocks() * 1_000_000_000L);
        assertThat(longer.rfCount()).isEqualTo(original.rfCount());
        assertThat(longer.gradientCount()).isEqualTo(original.gradientCount());
        Sequence back = SoftDelays.with(longer, Map.of("TR", tr.defaultSeconds()));
        assertThat(PulseqWriter.write(back, PulseqVersion.V1_5_1))
                .isEqualTo(PulseqWriter.write(original, PulseqVersion.V1_5_1));
    }
}
