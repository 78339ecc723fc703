package org.isocenter.hardware.marcos.server;

/**
 * The SPI transmitter for the DAC and the ADC of a GPA-FHDO. A word that comes while a frame is under way is lost; it restarts
 * the clock divider as well, and when the clock line is high then, a bit of the frame is lost and the frame with it. Clocks
 * are those of the strobes.
 */
final class FhdoPort {
    static final int CHANNELS = 4;
    static final long NEVER = Long.MAX_VALUE;

    private static final int SELECT_ADC = 1 << 30;
    private static final int DAC_BITS = 24;
    private static final int ADC_BITS = 32;
    private static final int DAC_READ = 1 << 23;
    private static final int DAC_OUTPUT = 8;
    private static final int ADC_MANUAL = 0xc0;
    /** Between the commands that choose the ADC's channels. */
    private static final int ADC_CHANNEL_STEP = 4;

    private static final int MIDDLE = 0x8000;

    private final int[] output = {MIDDLE, MIDDLE, MIDDLE, MIDDLE};
    private int word;
    private int divider;
    /** A clock with a step of the frame, and how many bits were out before it. */
    private long stepClock = Long.MIN_VALUE / 2;

    private int stepsBefore;
    private boolean damaged;
    private boolean underWay;
    private long readyFrom = Long.MIN_VALUE;
    private long busyFrom = NEVER;
    private long busyTo = NEVER;
    private int conversion = 0xffff;
    private int adcValue;
    private boolean error;

    FhdoPort() {}

    FhdoPort(FhdoPort other) {
        System.arraycopy(other.output, 0, output, 0, CHANNELS);
        word = other.word;
        divider = other.divider;
        stepClock = other.stepClock;
        stepsBefore = other.stepsBefore;
        damaged = other.damaged;
        underWay = other.underWay;
        readyFrom = other.readyFrom;
        busyFrom = other.busyFrom;
        busyTo = other.busyTo;
        conversion = other.conversion;
        adcValue = other.adcValue;
        error = other.error;
    }

    void strobe(long clock, int newWord, int newDivider) {
        error |= busy(clock);
        if (clock < readyFrom) {
            disturb(clock);
            return;
        }
        word = newWord;
        divider = newDivider;
        stepClock = clock + 1;
        stepsBefore = 0;
        damaged = false;
        underWay = true;
        busyFrom = clock + 2;
        schedule();
    }

    private void disturb(long clock) {
        long steps = (clock - stepClock) / (divider + 1);
        long phase = (clock - stepClock) % (divider + 1);
        int high = divider / 2;
        damaged |= phase < high && stepsBefore + steps > 0;
        stepsBefore += (int) steps + 1;
        stepClock = clock + 1;
        schedule();
    }

    /** The frame ends when so many steps are done; the line is ready then, and idle one step later. */
    private void schedule() {
        readyFrom = stepClock + (long) (bits() + 1 - stepsBefore) * (divider + 1) + 1;
        busyTo = readyFrom - 1 + divider + 1;
    }

    private int bits() {
        return (word & SELECT_ADC) != 0 ? ADC_BITS : DAC_BITS;
    }

    boolean busy(long clock) {
        return clock >= busyFrom && clock <= busyTo;
    }

    /** When the frame under way reaches the chip's outputs. */
    long arrival() {
        return underWay ? readyFrom : NEVER;
    }

    /** The frame under way is in. */
    void arrive(OutputListener listener) {
        underWay = false;
        if (damaged) {
            return;
        }
        if ((word & SELECT_ADC) != 0) {
            convert();
        } else if ((word & DAC_READ) == 0 && (word >>> 16 & 15) >= DAC_OUTPUT) {
            int channel = (word >>> 16 & 15) - DAC_OUTPUT;
            if (channel < CHANNELS) {
                output[channel] = word & 0xffff;
                listener.changed(readyFrom, Output.fhdo(channel), output[channel]);
            }
        }
    }

    /** Each frame brings what the frame before it asked for. */
    private void convert() {
        adcValue = conversion;
        int command = (word >>> 16 & 0xff) - ADC_MANUAL;
        if (command >= 0 && command % ADC_CHANNEL_STEP == 0 && command / ADC_CHANNEL_STEP < CHANNELS) {
            conversion = output[command / ADC_CHANNEL_STEP];
        }
    }

    /** What was last read from the ADC. */
    int adcValue() {
        return adcValue;
    }

    /** A word came while a frame was under way. */
    boolean error() {
        return error;
    }

    void clearFlags() {
        error = false;
    }
}
