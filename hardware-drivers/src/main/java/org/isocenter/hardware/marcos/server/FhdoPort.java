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
    private static final int ADC_COMMAND_BITS = 16;
    private static final int ADC_VALUE_BITS = 16;
    private static final int ADC_BITS = ADC_COMMAND_BITS + ADC_VALUE_BITS;
    private static final int DAC_READ = 1 << 23;
    private static final int DAC_OUTPUT = 8;
    private static final int ADC_MANUAL = 0xc0;
    /** Between the commands that choose the ADC's channels. */
    private static final int ADC_CHANNEL_STEP = 4;

    /** Where the divider's counter goes around. */
    private static final int COUNTER = 64;

    private static final int MIDDLE = 0x8000;

    private final int[] output = {MIDDLE, MIDDLE, MIDDLE, MIDDLE};
    private int word;
    private int divider;
    /** Of a step, before the clock line falls. */
    private int highClocks;
    /** A clock with a step of the frame, and how many bits were out before it. */
    private long stepClock = Long.MIN_VALUE / 2;

    private int stepsBefore;
    /** From there to the next step; the later ones go with the divider. */
    private int period;

    private boolean damaged;
    private boolean underWay;
    private long readyFrom = Long.MIN_VALUE;
    private long busyFrom = NEVER;
    private long busyTo = Long.MIN_VALUE;
    private int conversion = 0xffff;
    private int adcValue;
    private boolean error;

    FhdoPort() {}

    FhdoPort(FhdoPort other) {
        System.arraycopy(other.output, 0, output, 0, CHANNELS);
        word = other.word;
        divider = other.divider;
        highClocks = other.highClocks;
        stepClock = other.stepClock;
        stepsBefore = other.stepsBefore;
        period = other.period;
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
        highClocks = newDivider / 2;
        stepClock = clock + 1;
        stepsBefore = 0;
        period = newDivider + 1;
        damaged = false;
        underWay = true;
        busyFrom = clock + 2;
        schedule();
    }

    private void disturb(long clock) {
        advance(clock);
        damaged |= clock - stepClock < highClocks && stepsBefore > 0;
        stepsBefore++;
        stepClock = clock + 1;
        period = divider + 1;
        schedule();
    }

    /** The divider of the clock changes, for a frame under way too. */
    void divide(long clock, int newDivider) {
        if (newDivider == divider || clock > busyTo) {
            return;
        }
        advance(clock);
        divider = newDivider;
        // When the counter has passed it already, it goes around.
        period = clock - stepClock <= newDivider ? newDivider + 1 : COUNTER;
        schedule();
    }

    /** To the last step up to this clock. */
    private void advance(long clock) {
        int steps = stepsUpTo(clock) - stepsBefore;
        if (steps > 0) {
            stepClock = timeOf(stepsBefore + steps);
            stepsBefore += steps;
            period = divider + 1;
        }
    }

    private int stepsUpTo(long clock) {
        long later = clock - stepClock - period;
        return later < 0 ? stepsBefore : stepsBefore + 1 + (int) (later / (divider + 1));
    }

    private long timeOf(int step) {
        return step == stepsBefore ? stepClock : stepClock + period + (long) (step - stepsBefore - 1) * (divider + 1);
    }

    /** The frame ends when so many steps are done; the line is ready then, and idle one step later. */
    private void schedule() {
        int last = bits() + 1;
        if (stepsBefore <= last) {
            readyFrom = timeOf(last) + 1;
        }
        if (stepsBefore <= last + 1) {
            busyTo = timeOf(last + 1);
        }
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

    /** Each frame brings what the frame before it asked for, or nothing. */
    private void convert() {
        adcValue = conversion;
        int command = (word >>> 16 & 0xff) - ADC_MANUAL;
        boolean known = command >= 0 && command % ADC_CHANNEL_STEP == 0 && command / ADC_CHANNEL_STEP < CHANNELS;
        conversion = known ? output[command / ADC_CHANNEL_STEP] : 0;
    }

    /** What was last read from the ADC; while a frame is under way, with the bits that have come so far. */
    int adcValue(long clock) {
        if (!underWay || (word & SELECT_ADC) == 0) {
            return adcValue;
        }
        int bits = Math.max(0, Math.min(ADC_VALUE_BITS, stepsUpTo(clock - 1) - ADC_COMMAND_BITS));
        return (adcValue << bits | conversion >>> ADC_VALUE_BITS - bits) & 0xffff;
    }

    /** A word came while a frame was under way. */
    boolean error() {
        return error;
    }

    void clearFlags() {
        error = false;
    }
}
