package org.isocenter.hardware.marcos.server;

/**
 * The SPI transmitter for the four DACs of an OCRA1. A word goes into the shadow register of its channel; one with broadcast
 * starts a frame that sends all four. While a frame is under way further ones are lost. Clocks are those of the strobes.
 */
final class Ocra1Port {
    static final int CHANNELS = 4;
    static final long NEVER = Long.MAX_VALUE;

    private static final int BROADCAST = 1 << 24;
    private static final int BITS = 24;
    /** From the strobe to the first bit. */
    private static final int START = 3;

    private static final int READ = 1 << 23;
    private static final int DAC_REGISTER = 1;

    private final int[] shadow = new int[CHANNELS];
    private final int[] sent = new int[CHANNELS];
    private int present;
    private long arrival = NEVER;
    /** A strobe from here on is taken. */
    private long readyFrom;

    private long busyFrom = NEVER;
    private long busyTo = NEVER;
    private boolean dataLost;
    private boolean error;

    Ocra1Port() {}

    Ocra1Port(Ocra1Port other) {
        System.arraycopy(other.shadow, 0, shadow, 0, CHANNELS);
        System.arraycopy(other.sent, 0, sent, 0, CHANNELS);
        present = other.present;
        arrival = other.arrival;
        readyFrom = other.readyFrom;
        busyFrom = other.busyFrom;
        busyTo = other.busyTo;
        dataLost = other.dataLost;
        error = other.error;
    }

    /** Forgets which words were never sent. */
    void reset() {
        present = 0;
    }

    void strobe(long clock, int word, int divider) {
        error |= busy(clock);
        int channel = word >>> 25 & 3;
        dataLost |= (present & 1 << channel) != 0;
        present |= 1 << channel;
        shadow[channel] = word & 0xffffff;
        if ((word & BROADCAST) == 0 || clock < readyFrom) {
            return;
        }
        present = 0;
        System.arraycopy(shadow, 0, sent, 0, CHANNELS);
        long end = clock + START + (long) BITS * (divider + 1);
        readyFrom = end - 1;
        busyFrom = clock + START + 1;
        busyTo = end + 1;
        arrival = end + 2;
    }

    boolean busy(long clock) {
        return clock >= busyFrom && clock <= busyTo;
    }

    /** When the frame under way reaches the outputs. */
    long arrival() {
        return arrival;
    }

    /** The frame under way is in. */
    void arrive(OutputListener listener) {
        for (int channel = 0; channel < CHANNELS; channel++) {
            if ((sent[channel] & READ) == 0 && (sent[channel] >>> 20 & 7) == DAC_REGISTER) {
                listener.changed(arrival, Output.ocra1(channel), sent[channel] >>> 2 & 0x3ffff);
            }
        }
        arrival = NEVER;
    }

    /** A word was overwritten before it was sent. */
    boolean dataLost() {
        return dataLost;
    }

    /** A word came while a frame was under way. */
    boolean error() {
        return error;
    }

    void clearFlags() {
        dataLost = false;
        error = false;
    }
}
