package org.isocenter.hardware;

/**
 * For how much of the last second RF was on. Counted in bins of a millisecond, so that memory is the same for every pulse train; of
 * all seconds it sees those that end with a bin.
 */
final class RfDuty {
    private static final int BINS = 1000;

    /** Ends of pulses are rounded to ticks, one by one. */
    private static final double TOLERANCE = 1e-4;

    private final double binTicks;
    private final double[] onTicks = new double[BINS];
    private double sum;
    private long bin;
    private double at;

    RfDuty(double clockHertz) {
        binTicks = clockHertz / BINS;
    }

    /**
     * RF was on or off until this tick.
     *
     * @return false when a second has ended with more than this share
     */
    boolean passed(long tick, boolean on, double mostShare) {
        boolean within = true;
        while (tick >= (bin + 1) * binTicks) {
            if (!on && sum == 0) {
                bin = (long) (tick / binTicks);
                break;
            }
            double edge = (bin + 1) * binTicks;
            add(on, edge);
            within &= share() <= mostShare * (1 + TOLERANCE);
            if (!within) {
                return false;
            }
            bin++;
            sum -= onTicks[slot()];
            onTicks[slot()] = 0;
        }
        add(on, tick);
        return true;
    }

    private void add(boolean on, double until) {
        if (on && until > at) {
            onTicks[slot()] += until - at;
            sum += until - at;
        }
        at = Math.max(at, until);
    }

    private int slot() {
        return (int) (bin % BINS);
    }

    double share() {
        return sum / (BINS * binTicks);
    }
}
