package org.isocenter.session.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import org.isocenter.model.ReadoutHeader;
import org.isocenter.session.Examples;
import org.junit.jupiter.api.Test;

/** Readouts start at 0.02 s, 0.52 s, 1.02 s and last 0.8 ms; the table lasts 3 s. */
class WatchdogTest {
    private static final double MARGIN = 0.1;
    private long now = 5_000_000_000L;
    private final Watchdog watchdog = new Watchdog(readouts(), 3, MARGIN, () -> now);

    private static List<ReadoutHeader> readouts() {
        Random random = new Random(1);
        return List.of(0, 1, 2).stream()
                .map(i -> Examples.readout(i, 3, 32, 1, random).header())
                .toList();
    }

    private void pass(double seconds) {
        now += Math.round(seconds * 1e9);
    }

    @Test
    void nothingIsOverdueBeforeTheTableStarts() {
        pass(1000);
        assertThat(watchdog.isOverdue()).isFalse();
    }

    @Test
    void theFirstReadoutMayTakeAsLongAsTheTableSaysAndTheMargin() {
        watchdog.started();
        pass(0.0208 + 0.0999);
        assertThat(watchdog.isOverdue()).isFalse();
        pass(0.0002);
        assertThat(watchdog.isOverdue()).isTrue();
    }

    @Test
    void everyReadoutStartsTheWaitForTheNextAnew() {
        watchdog.started();
        pass(0.1);
        watchdog.readout(0);
        pass(0.59);
        assertThat(watchdog.isOverdue()).isFalse();
        pass(0.02);
        assertThat(watchdog.isOverdue()).isTrue();
        assertThat(watchdog.complaint()).contains("0.6 s");
    }

    @Test
    void afterTheLastReadoutTheTablesEndIsAwaited() {
        watchdog.started();
        watchdog.readout(2);
        pass(2.05);
        assertThat(watchdog.isOverdue()).isFalse();
        pass(0.1);
        assertThat(watchdog.isOverdue()).isTrue();
    }
}
