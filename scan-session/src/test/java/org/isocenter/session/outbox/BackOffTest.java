package org.isocenter.session.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BackOffTest {
    @ParameterizedTest(name = "failure {0}")
    @CsvSource({"1, 10", "2, 20", "3, 40", "7, 640", "8, 900", "100000, 900"})
    void eachFailureDoublesTheWaitUpToTheLimitWithAFifthMoreOrLess(int failures, long seconds) {
        Random random = new Random(failures);
        Duration least = Duration.ofDays(1);
        Duration most = Duration.ZERO;
        for (int i = 0; i < 1000; i++) {
            Duration wait = BackOff.STANDARD.after(failures, random);
            least = wait.compareTo(least) < 0 ? wait : least;
            most = wait.compareTo(most) > 0 ? wait : most;
        }
        assertThat(least.toMillis()).isBetween(seconds * 800, seconds * 820);
        assertThat(most.toMillis()).isBetween(seconds * 1180, seconds * 1200);
    }
}
