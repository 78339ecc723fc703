package org.isocenter.sequence.compile;

/** What an event of an {@link EventChunk} sets. Values hold until the channel's next event. */
public enum EventChannel {
    /** γB1/2π in Hz, ≥ 0. */
    TX_AMPLITUDE,
    /** Phase of B1 against the carrier in radians; frequency offsets are already in it. */
    TX_PHASE,
    /** 1 opens the transmit gate (amplifier unblanked), 0 closes it. */
    TX_GATE,
    /** Gradient in Hz/m on the device's x axis. */
    GX,
    GY,
    GZ,
    /** Starts an ADC window: the value is its index in the chunk's window table. */
    ADC,
    /** Bits of the trigger outputs that are high. */
    TRIGGER_OUT,
    /** The sequence waits for this physio trigger input (value = channel). */
    TRIGGER_WAIT
}
