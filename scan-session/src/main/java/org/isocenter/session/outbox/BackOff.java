package org.isocenter.session.outbox;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How long a failed row waits: twice as long after each failure, up to a limit, and a little more or less, so that what failed together
 * does not come back together.
 *
 * @param first after the first failure
 * @param most never longer, apart from the little
 */
record BackOff(Duration first, Duration most) {
    static final BackOff STANDARD = new BackOff(Duration.ofSeconds(10), Duration.ofMinutes(15));

    private static final double JITTER = 0.2;
    private static final int MOST_DOUBLINGS = 30;

    /** @param failures so far, from 1 */
    Duration after(int failures, RandomGenerator random) {
        double millis = first.toMillis() * Math.pow(2, Math.min(failures - 1, MOST_DOUBLINGS));
        double share = 1 + JITTER * (2 * random.nextDouble() - 1);
        return Duration.ofMillis(Math.round(Math.min(millis, most.toMillis()) * share));
    }
}
