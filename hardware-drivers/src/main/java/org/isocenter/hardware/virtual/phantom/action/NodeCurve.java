package org.isocenter.hardware.virtual.phantom.action;

/**
 * How far an action has gone at a time, as a share from 0 to 1: straight lines between nodes. Outside of them it starts again,
 * when periodic, or keeps the first and the last value. Immutable.
 */
public final class NodeCurve {
    private static final double SHORTEST_PERIOD_SECONDS = 1e-3;
    /** What happens within a shorter time is a sudden step. */
    private static final double STEP_SECONDS = 1e-4;

    private static final double ROUNDING = 1e-9;
    private static final double LONGEST_SECONDS = 1e6;

    private final double[] seconds;
    private final double[] share;
    private final boolean periodic;

    /**
     * @param seconds of the nodes, ascending; two equal ones are a step
     * @param share at the nodes
     * @throws IllegalArgumentException for what no motion can follow, saying what was expected
     */
    public NodeCurve(double[] seconds, double[] share, boolean periodic) {
        if (seconds.length != share.length || seconds.length < 2) {
            throw new IllegalArgumentException("a time curve has " + seconds.length + " times and " + share.length
                    + " values: it needs as many of both, two at least");
        }
        for (int i = 0; i < seconds.length; i++) {
            boolean ascends = i == 0 || seconds[i] >= seconds[i - 1];
            if (!ascends || !(Math.abs(seconds[i]) <= LONGEST_SECONDS)) {
                throw new IllegalArgumentException("time " + (i + 1) + " of a time curve is " + seconds[i]
                        + " s: times must ascend and stay within 1e6 s");
            }
            if (!(share[i] >= -ROUNDING && share[i] <= 1 + ROUNDING)) {
                throw new IllegalArgumentException(
                        "value " + (i + 1) + " of a time curve is " + share[i] + ": it must be from 0 to 1");
            }
        }
        if (periodic && seconds[seconds.length - 1] - seconds[0] < SHORTEST_PERIOD_SECONDS) {
            throw new IllegalArgumentException("a periodic time curve lasts "
                    + (seconds[seconds.length - 1] - seconds[0]) + " s: 1 ms is the least that is followed");
        }
        this.seconds = seconds.clone();
        this.share = share.clone();
        this.periodic = periodic;
    }

    double startSeconds() {
        return seconds[0];
    }

    private double last() {
        return seconds[seconds.length - 1];
    }

    /** Of a periodic curve; infinite for others. */
    double periodSeconds() {
        return periodic ? last() - seconds[0] : Double.POSITIVE_INFINITY;
    }

    double at(double time) {
        double inside = time - laps(time) * (last() - seconds[0]);
        int after = firstAfter(inside);
        if (after == 0) {
            return share[0];
        }
        if (after == seconds.length) {
            return share[after - 1];
        }
        double along = (inside - seconds[after - 1]) / (seconds[after] - seconds[after - 1]);
        return share[after - 1] + along * (share[after] - share[after - 1]);
    }

    /** The next node after a time; infinite after the last. */
    double nextNode(double time) {
        double lapped = laps(time) * (last() - seconds[0]);
        int after = firstAfter(time - lapped);
        double next = after == seconds.length ? periodic ? last() : Double.POSITIVE_INFINITY : seconds[after];
        // Rounding of the laps must not stop who goes from node to node.
        return Math.max(lapped + next, time + ROUNDING);
    }

    private double laps(double time) {
        return periodic ? Math.floor((time - seconds[0]) / (last() - seconds[0])) : 0;
    }

    /** Index of the first node after a time; the number of nodes when there is none. */
    private int firstAfter(double time) {
        int low = 0;
        int high = seconds.length;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (seconds[middle] <= time) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    /** Largest change of the share in a second, steps left out. */
    double largestRate() {
        double largest = 0;
        for (int i = 1; i < seconds.length; i++) {
            double length = seconds[i] - seconds[i - 1];
            if (length >= STEP_SECONDS) {
                largest = Math.max(largest, Math.abs(share[i] - share[i - 1]) / length);
            }
        }
        return largest;
    }
}
