package org.isocenter.sequence.compile;

/**
 * Turns absolute times into ticks of the event clock. Every time is rounded by itself, from the start of the sequence, so that
 * nothing adds up.
 */
final class TickClock {
    private static final long PS_PER_SECOND = 1_000_000_000_000L;
    private final double hertz;
    private final long wholeHertz;
    private final double fractionHertz;

    TickClock(double hertz) {
        if (!(hertz > 0) || hertz > 1e12) {
            throw new IllegalArgumentException("an event clock of " + hertz + " Hz cannot be");
        }
        this.hertz = hertz;
        this.wholeHertz = (long) hertz;
        this.fractionHertz = hertz - wholeHertz;
    }

    double hertz() {
        return hertz;
    }

    /** The tick nearest to this time. */
    long tick(long ps) {
        long seconds = ps / PS_PER_SECOND;
        long rest = ps % PS_PER_SECOND;
        return seconds * wholeHertz + Math.round(seconds * fractionHertz + rest * hertz / PS_PER_SECOND);
    }
}
