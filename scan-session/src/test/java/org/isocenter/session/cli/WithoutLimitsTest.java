package org.isocenter.session.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class WithoutLimitsTest {
    @Test
    void theCommandIsTheSameButForTheProfile() {
        assertThat(WithoutLimits.command(
                        List.of("scan", "my spiral.seq", "--device", "virtual:ideal?seed=7&drift=1", "--out", "out"),
                        "virtual:ideal?seed=7&drift=1"))
                .isEqualTo("scan 'my spiral.seq' --out out --device 'virtual:boundless?seed=7&drift=1'");
    }

    @Test
    void anAddressThatWasNotGivenOrGivenWithAnEqualsSignIsReplacedToo() {
        assertThat(WithoutLimits.command(List.of("scan", "a.seq", "--out", "it's"), "virtual:"))
                .isEqualTo("scan a.seq --out 'it'\\''s' --device virtual:boundless");
        assertThat(WithoutLimits.command(List.of("scan", "a.seq", "--device=virtual:osi2one"), "virtual:osi2one"))
                .isEqualTo("scan a.seq --device virtual:boundless");
    }
}
