package org.isocenter.sequence.trajectory;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.isocenter.sequence.Adc;
import org.isocenter.sequence.Extension;
import org.isocenter.sequence.Rasters;
import org.isocenter.sequence.Sequence;
import org.junit.jupiter.api.Test;

class LabelStateTest {
    private static Extension set(String name, int value) {
        return new Extension.Label(false, name, value);
    }

    private static Extension increment(String name, int value) {
        return new Extension.Label(true, name, value);
    }

    @Test
    void allSetsComeBeforeAllIncrementsWhateverTheirOrder() {
        LabelState state = new LabelState();
        state.play(List.of(increment("LIN", 2), set("LIN", 10), increment("LIN", 1)));
        assertThat(state.value("LIN")).isEqualTo(13);
        assertThat(state.value("PAR")).isZero();
    }

    @Test
    void anAdcReadsTheLabelsAfterThoseOfItsOwnBlock() {
        Adc adc = new Adc(1, 10_000_000, 0, 0, 0, 0, 0, null);
        Sequence.Builder builder = new Sequence.Builder(Rasters.BEFORE_1_4);
        builder.block(null, null, null, null, adc, List.of());
        builder.block(null, null, null, null, adc, List.of(increment("LIN", 1), set("MINE", 7)));
        builder.block(0, null, null, null, null, null, List.of(increment("LIN", 5)));
        builder.block(null, null, null, null, adc, List.of());
        assertThat(LabelState.atAdc(builder.build()))
                .containsOnlyKeys("LIN", "MINE")
                .satisfies(labels -> assertThat(labels.get("LIN")).containsExactly(0, 1, 6))
                .satisfies(labels -> assertThat(labels.get("MINE")).containsExactly(0, 7, 7));
    }
}
