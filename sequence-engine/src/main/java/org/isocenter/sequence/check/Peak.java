package org.isocenter.sequence.check;

/** The largest value of something that is followed through time, and where it was. */
final class Peak {
    private double value = -1;
    private long ps;
    private int block;
    private int axis;

    /** Whether this would be a new peak. */
    boolean isBelow(double candidate) {
        return candidate > value;
    }

    void set(double newValue, long atPs, int inBlock, int onAxis) {
        value = newValue;
        ps = atPs;
        block = inBlock;
        axis = onAxis;
    }

    /** Zero when nothing was seen. */
    double value() {
        return Math.max(0, value);
    }

    long ps() {
        return ps;
    }

    int block() {
        return block;
    }

    int axis() {
        return axis;
    }

    /** "block 3 at 12.5 ms". */
    String where() {
        return "block " + (block + 1) + " at " + Worst.ms(ps);
    }

    /**
     * The largest factor below 1, in steps of a thousandth, by which something may be scaled to come from {@code value} to
     * {@code limit}.
     */
    static String factor(double limit, double value) {
        return Worst.number(Math.floor(1000 * limit / value) / 1000);
    }

    /**
     * A factor above 1 by which repetition times may be stretched to bring a mean from {@code value} to {@code limit}, in steps
     * of a hundredth; two percent more than the ratio, because windows hold no whole number of repetitions.
     */
    static String longer(double limit, double value) {
        return Worst.number(Math.ceil(102 * value / limit) / 100);
    }
}
