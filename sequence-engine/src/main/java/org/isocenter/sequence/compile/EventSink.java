package org.isocenter.sequence.compile;

/** Takes the events of a block, in order of time. Times count from the block's start. */
interface EventSink {
    /** The channel has this value from here on; no event when it has it already. */
    void set(long ps, EventChannel channel, float value);

    /** The transmitter's phase from here on, without the pulse's own phase offset; no event when it has it already. */
    void setPhase(long ps, double radians);

    /** An event in any case. */
    void add(long ps, EventChannel channel, float value);

    /** The block's ADC window starts. */
    void addWindow(long ps);
}
