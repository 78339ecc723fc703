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
    private final long periodPs;
    private final long ticksPerPeriod;

    TickClock(double hertz) {
        if (!(hertz > 0) || hertz > 1e12) {
            throw new IllegalArgumentException("an event clock of " + hertz + " Hz cannot be");
        }
        this.hertz = hertz;
        this.wholeHertz = (long) hertz;
        this.fractionHertz = hertz - wholeHertz;
        long common = fractionHertz == 0 ? gcd(PS_PER_SECOND, wholeHertz) : 1;
        this.periodPs = PS_PER_SECOND / common;
        this.ticksPerPeriod = wholeHertz / common;
    }

    private static long gcd(long a, long b) {
        return b == 0 ? a : gcd(b, a % b);
    }

    double hertz() {
        return hertz;
    }

    /** The tick nearest to this time. */
    long tick(long ps) {
        if (fractionHertz != 0) {
            long seconds = ps / PS_PER_SECOND;
            long rest = ps % PS_PER_SECOND;
            return seconds * wholeHertz + Math.round(seconds * fractionHertz + rest * hertz / PS_PER_SECOND);
        }
        long periods = ps / periodPs;
        long rest = ps - periods * periodPs;
        return periods * ticksPerPeriod + Math.round(rest * hertz / PS_PER_SECOND);
    }

    /** Whether the pattern of ticks comes again, as it does on a clock of a whole number of hertz. */
    boolean repeats() {
        return fractionHertz == 0;
    }

    /** How long a time lies after the last that is a whole number of periods; what follows equal phases has equal ticks. */
    long phasePs(long ps) {
        return ps % periodPs;
    }
}
