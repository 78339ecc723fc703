package org.isocenter.hardware.marcos.server;

import java.util.Arrays;

/** marga's three oscillators against one at the carrier. Phases are whole 2^31sts of a turn, as in the firmware. One thread. */
final class Oscillators {
    static final int COUNT = 3;
    private static final long TURN = 1L << 31;
    private static final int RESET = 1 << 15;

    private final double clockHertz;
    private final long carrierStep;
    private final int[] low = new int[COUNT];
    private final int[] high = new int[COUNT];
    private final long[] phase = new long[COUNT];
    private final long[] since = new long[COUNT];
    private long origin;
    private boolean started;

    /** @param begin the clock at which all of them are at zero */
    Oscillators(double clockHertz, double carrierHertz, long begin) {
        this.clockHertz = clockHertz;
        carrierStep = (long) Math.rint(carrierHertz / clockHertz * TURN);
        origin = begin;
        Arrays.fill(since, begin);
    }

    /** What the buffers of the phase steps hold already. */
    void begin(int number, int lowHalf, int highHalf) {
        low[number] = lowHalf;
        high[number] = highHalf;
    }

    /** A half of a phase step changes. */
    void change(long clock, Output output, int value) {
        int half = output.ordinal() - Output.DDS0_LSB.ordinal();
        int number = half / 2;
        phase[number] = accumulated(number, clock);
        since[number] = clock;
        if (half % 2 == 0) {
            low[number] = value;
            return;
        }
        if (number == 0 && !started && (high[0] & RESET) != 0 && (value & RESET) == 0) {
            // The first time that the transmitter's oscillator starts is where the carrier's phase is counted from.
            started = true;
            origin = clock;
        }
        high[number] = value;
    }

    private long accumulated(int number, long clock) {
        if ((high[number] & RESET) != 0) {
            return 0;
        }
        return phase[number] + step(number) * (clock - since[number]) & TURN - 1;
    }

    private long step(int number) {
        return (long) (high[number] & RESET - 1) << 16 | low[number];
    }

    /** Frequency above the carrier's; 0 for the same step. */
    double offsetHertz(int number) {
        return (step(number) - carrierStep) * clockHertz / TURN;
    }

    /** Phase against the carrier. */
    double radians(int number, long clock) {
        long against = accumulated(number, clock) - carrierStep * (clock - origin) & TURN - 1;
        return 2 * Math.PI * against / TURN;
    }
}
