package org.isocenter.hardware.marcos.server;

import org.isocenter.hardware.marcos.MargaBuffer;

/**
 * The FPGA's outputs, its receivers and the gradient boards behind it, clock by clock. Clocks count from the first instruction
 * of the first program; an output changes at the clock at which its word comes out of its buffer, a transmitter's one clock
 * later, and a gradient when it has reached its DAC. One thread.
 */
final class MargaBoard implements Sequencer.Strobes {
    static final int RECEIVERS = 2;
    /** From an instruction to the last that it can still change: words that wait in a queue, and the slowest SPI frame. */
    static final int LONGEST_LATENCY = 4 * 128 + 34 * 64 + 8;

    /** From the instruction decoder to the gradient boards and back to the register. */
    private static final int STATUS_LATENCY = 9;

    private static final int FIRST_TRANSMIT = MargaBuffer.TX0_I;
    private static final int TRANSMIT_COUNT = 4;
    private static final int OCRA1 = 1;
    private static final int FHDO = 1 << 1;
    private static final int OCRA1_NOT_RESET = 1 << 8;
    private static final int STROBE_ON_HIGH_HALF = 1 << 9;
    private static final int DIVIDER_SHIFT = 2;
    private static final int DIVIDER_MASK = 63;
    private static final int RATE_VALID_SHIFT = 4;
    private static final int RESET_SHIFT = 6;
    private static final int ENABLE_SHIFT = 8;

    private final Sequencer sequencer;
    private final Ocra1Port ocra1;
    private final FhdoPort fhdo;
    private final Receiver[] receivers = new Receiver[RECEIVERS];
    private final int[] value = new int[Sequencer.BUFFERS];
    private final int[] transmitted = new int[TRANSMIT_COUNT];
    private final int[] transmitNext = new int[TRANSMIT_COUNT];
    private long transmitClock = Long.MAX_VALUE;
    private final OutputListener outputs;
    private final Receiver.Samples samples;

    /** As after power-up. */
    MargaBoard(OutputListener outputs, Receiver.Samples samples) {
        sequencer = new Sequencer();
        ocra1 = new Ocra1Port();
        fhdo = new FhdoPort();
        for (int i = 0; i < RECEIVERS; i++) {
            receivers[i] = new Receiver(i);
        }
        this.outputs = outputs;
        this.samples = samples;
    }

    /** One that goes on where the other is, and tells others of it. */
    MargaBoard(MargaBoard other, OutputListener outputs, Receiver.Samples samples) {
        sequencer = new Sequencer(other.sequencer);
        ocra1 = new Ocra1Port(other.ocra1);
        fhdo = new FhdoPort(other.fhdo);
        for (int i = 0; i < RECEIVERS; i++) {
            receivers[i] = new Receiver(other.receivers[i]);
        }
        System.arraycopy(other.value, 0, value, 0, value.length);
        System.arraycopy(other.transmitted, 0, transmitted, 0, TRANSMIT_COUNT);
        System.arraycopy(other.transmitNext, 0, transmitNext, 0, TRANSMIT_COUNT);
        transmitClock = other.transmitClock;
        this.outputs = outputs;
        this.samples = samples;
    }

    /** Decodes one instruction. */
    void execute(int word) {
        sequencer.execute(word, this);
    }

    /** Puts a value into a buffer from outside. */
    void direct(int buffer, int newValue) {
        sequencer.direct(buffer, newValue, this);
    }

    /** Nothing is decoded for so long. */
    void idle(long clocks) {
        sequencer.idleUntil(sequencer.clock() + clocks, this);
        settle(sequencer.clock() - 1);
    }

    /** The next program starts at its first word, in the clock at which the last one finished. */
    void restart() {
        sequencer.restart();
    }

    /** Lets all that is under way come out, and makes the samples up to the last instruction. */
    void drain() {
        sequencer.drain(this);
        settle(Long.MAX_VALUE - 1);
        advanceReceivers(sequencer.clock());
    }

    Sequencer.State state() {
        return sequencer.state();
    }

    /** Of the next instruction; at the end of a program, of its FINISH. */
    long clock() {
        return sequencer.clock();
    }

    /** What a buffer holds. */
    int value(int buffer) {
        return value[buffer];
    }

    /** What a transmitter is given now: its real part in the low half, its imaginary part in the high half. */
    int transmitted(int transmitter) {
        return transmitted[2 * transmitter] & 0xffff | transmitted[2 * transmitter + 1] << 16;
    }

    /** Register 5: what came from the ADC, and which gradient boards are busy. */
    int status() {
        long now = sequencer.clock() - STATUS_LATENCY;
        return fhdo.adcValue(now) | (ocra1.busy(now) ? 1 << 16 : 0) | (fhdo.busy(now) ? 1 << 17 : 0);
    }

    /** What register 6 latches: words lost on the way to OCRA1, words for OCRA1 and for GPA-FHDO while they were busy. */
    int gradientFaults() {
        return (ocra1.dataLost() ? 1 : 0) | (ocra1.error() ? 2 : 0) | (fhdo.error() ? 4 : 0);
    }

    void clearGradientFaults() {
        ocra1.clearFlags();
        fhdo.clearFlags();
    }

    /** What register 8 latches: buffers that were full. */
    int full() {
        return sequencer.full();
    }

    /** What register 7 latches: buffers that overflowed. */
    int overflowed() {
        return sequencer.overflowed();
    }

    void clearFull() {
        sequencer.clearFull();
    }

    void clearOverflowed() {
        sequencer.clearOverflowed();
    }

    @Override
    public void strobed(long clock, int buffers, int[] values) {
        settle(clock);
        if ((buffers & (receiverBuffers() | 1 << MargaBuffer.GATES_LEDS)) != 0) {
            advanceReceivers(clock);
        }
        for (int b = 0; b < Sequencer.BUFFERS; b++) {
            if ((buffers & 1 << b) == 0) {
                continue;
            }
            int transmitter = b - FIRST_TRANSMIT;
            if (transmitter >= 0 && transmitter < TRANSMIT_COUNT) {
                value[b] = values[b];
                transmitNext[transmitter] = values[b];
                transmitClock = clock + 1;
            } else if (value[b] != values[b]) {
                value[b] = values[b];
                if (b > MargaBuffer.GRAD_MSB && b < MargaBuffer.COUNT) {
                    outputs.changed(clock, Output.ofBuffer(b), values[b]);
                }
            }
        }
        if ((buffers & receiverBuffers()) != 0) {
            setReceivers();
        }
        gradients(clock, buffers);
    }

    private static int receiverBuffers() {
        return 1 << MargaBuffer.RX0_RATE | 1 << MargaBuffer.RX1_RATE | 1 << MargaBuffer.RX_CTRL;
    }

    /** Makes the samples of the clocks before this one, which must not be after the next instruction's. */
    void advanceReceivers(long clock) {
        settle(clock - 1);
        for (Receiver receiver : receivers) {
            receiver.advance(clock, samples);
        }
    }

    /** Whether no receiver is enabled now. */
    boolean nothingReceived() {
        return (value[MargaBuffer.RX_CTRL] & (1 << RECEIVERS) - 1 << ENABLE_SHIFT) == 0;
    }

    private void setReceivers() {
        int control = value[MargaBuffer.RX_CTRL];
        for (int i = 0; i < RECEIVERS; i++) {
            receivers[i].set(
                    (control >> ENABLE_SHIFT + i & 1) != 0,
                    (control >> RESET_SHIFT + i & 1) == 0,
                    value[MargaBuffer.RX0_RATE + i],
                    (control >> RATE_VALID_SHIFT + i & 1) != 0);
        }
    }

    private void gradients(long clock, int buffers) {
        int control = value[MargaBuffer.GRAD_CTRL];
        boolean strobe = (buffers & 1 << MargaBuffer.GRAD_LSB) != 0
                || (buffers & 1 << MargaBuffer.GRAD_MSB) != 0 && (control & STROBE_ON_HIGH_HALF) != 0;
        int divider = control >> DIVIDER_SHIFT & DIVIDER_MASK;
        int word = value[MargaBuffer.GRAD_MSB] << 16 | value[MargaBuffer.GRAD_LSB];
        fhdo.divide(clock, divider);
        if (strobe && (control & OCRA1) != 0) {
            ocra1.strobe(clock, word, divider);
        }
        if (strobe && (control & FHDO) != 0) {
            fhdo.strobe(clock, word, divider);
        }
        if ((control & OCRA1_NOT_RESET) == 0) {
            ocra1.reset();
        }
    }

    /** What is on its way to the outputs arrives, up to and in this clock. */
    private void settle(long clock) {
        while (true) {
            long next = Math.min(transmitClock, Math.min(ocra1.arrival(), fhdo.arrival()));
            if (next > clock) {
                return;
            }
            if (next == transmitClock) {
                transmit();
            } else if (next == ocra1.arrival()) {
                ocra1.arrive(outputs);
            } else {
                fhdo.arrive(outputs);
            }
        }
    }

    private void transmit() {
        for (Receiver receiver : receivers) {
            receiver.advance(transmitClock, samples);
        }
        for (int i = 0; i < TRANSMIT_COUNT; i++) {
            if (transmitted[i] != transmitNext[i]) {
                transmitted[i] = transmitNext[i];
                outputs.changed(transmitClock, Output.ofBuffer(FIRST_TRANSMIT + i), transmitted[i]);
            }
        }
        transmitClock = Long.MAX_VALUE;
    }
}
