package org.isocenter.hardware.marcos;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.IntBuffer;
import java.util.Arrays;

/**
 * Looks through a program just before it is sent, because the server plays whatever it is given and cannot be stopped. Knows
 * nothing of how programs are made: only the firmware's model of instructions and queues, and what a program of this driver
 * must never do. One thread.
 */
final class MargaValidator {
    private static final int WORD_FINISH = 0x0100_0000;
    private static final int OPCODE_NOP = 0;
    private static final int OPCODE_WAIT = 2;
    private static final int WAIT_EXCESS = 3;
    private static final int LONGEST_DELAY = 127;
    /** Words that wait in a buffer's queue; a fourth would make the server warn. */
    private static final int MOST_QUEUED = 3;

    private static final int GATES = MargaBuffer.TX_GATE | MargaBuffer.RX_GATE | MargaBuffer.TRIGGER_OUT;
    private static final int ENABLES = MargaBuffer.RX0_ENABLE | MargaBuffer.RX1_ENABLE;
    private static final double REST_WITHIN = 1e-4;

    private final MargaSettings settings;
    private final int[] value = new int[MargaBuffer.COUNT];
    private final boolean[] set = new boolean[MargaBuffer.COUNT];
    private final long[] lastOut = new long[MargaBuffer.COUNT];
    private final long[][] loads = new long[MargaBuffer.COUNT][MOST_QUEUED];
    private final double[] gradient = new double[3];
    private final double[] shadow = new double[3];
    private long clock;
    private int index;
    private long transferTick;
    private int transferHalves;
    private long lastTransfer;

    MargaValidator(MargaSettings settings) {
        this.settings = settings;
    }

    /**
     * Looks through one run.
     *
     * @param mostClocks that it may last
     * @throws IllegalStateException naming instruction and reason
     */
    void check(byte[] payload, long mostClocks) {
        if (payload.length < Integer.BYTES * (MargaBuffer.COUNT + 1) || payload.length % Integer.BYTES != 0) {
            throw new IllegalStateException("a run of " + payload.length + " bytes is no program");
        }
        begin();
        IntBuffer words =
                ByteBuffer.wrap(payload).order(ByteOrder.LITTLE_ENDIAN).asIntBuffer();
        int last = words.limit() - 1;
        if (words.get(last) != WORD_FINISH) {
            throw new IllegalStateException("a run does not end with FINISH");
        }
        for (index = 0; index < last; index++) {
            word(words.get(index));
        }
        endTransfer();
        if (clock > mostClocks) {
            throw fault("a run lasts " + clock + " clocks in place of " + mostClocks);
        }
        checkEnd();
    }

    private void begin() {
        clock = 0;
        index = 0;
        transferTick = Long.MIN_VALUE;
        transferHalves = 0;
        lastTransfer = Long.MIN_VALUE / 2;
        Arrays.fill(set, false);
        Arrays.fill(lastOut, -1);
        for (int axis = 0; axis < 3; axis++) {
            gradient[axis] = settings.gradients().get(axis).share(0);
            shadow[axis] = gradient[axis];
        }
        for (long[] each : loads) {
            Arrays.fill(each, Long.MIN_VALUE / 2);
        }
    }

    private void word(int word) {
        if (word < 0) {
            data(word);
            clock++;
            return;
        }
        switch (word >>> 24) {
            case OPCODE_NOP -> clock++;
            case OPCODE_WAIT -> clock += (word & 0xffffff) + WAIT_EXCESS;
            default -> throw fault("instruction " + Integer.toHexString(word) + " is none that this driver sends");
        }
    }

    private void data(int word) {
        int buffer = word >>> 24 & 0x7f;
        int delay = word >>> 16 & 0xff;
        if (buffer >= MargaBuffer.COUNT) {
            throw fault("there is no buffer " + buffer);
        }
        if (delay > LONGEST_DELAY) {
            throw fault("a delay of " + delay + " has more than seven bits");
        }
        long load = Math.max(clock, lastOut[buffer] + 1);
        long[] queue = loads[buffer];
        if (queue[0] > clock - 2) {
            throw fault("the queue of buffer " + buffer + " is too full");
        }
        System.arraycopy(queue, 1, queue, 0, MOST_QUEUED - 1);
        queue[MOST_QUEUED - 1] = load;
        lastOut[buffer] = load + delay;
        if (set[buffer] && (buffer == MargaBuffer.GRAD_LSB || buffer == MargaBuffer.GRAD_MSB)) {
            gradientHalf(buffer, lastOut[buffer]);
        }
        value[buffer] = word & 0xffff;
        set[buffer] = true;
        if (buffer == MargaBuffer.GATES_LEDS || buffer == MargaBuffer.RX_CTRL) {
            checkGates();
        }
    }

    private void checkGates() {
        boolean receives = (value[MargaBuffer.RX_CTRL] & ENABLES) != 0;
        if (receives && (value[MargaBuffer.GATES_LEDS] & MargaBuffer.TX_GATE) != 0) {
            throw fault("the transmit gate is open while the receiver runs");
        }
    }

    /** Halves that change in the same clock are one transfer. */
    private void gradientHalf(int buffer, long tick) {
        if (tick != transferTick) {
            endTransfer();
            transferTick = tick;
        }
        transferHalves++;
        if (transferHalves > 2) {
            throw fault("buffer " + buffer + " changes twice in a clock");
        }
    }

    private void endTransfer() {
        if (transferTick == Long.MIN_VALUE) {
            return;
        }
        GradientBoard board = settings.board();
        int word = value[MargaBuffer.GRAD_MSB] << 16 | value[MargaBuffer.GRAD_LSB];
        int channel = board.channel(word);
        if (!board.setsAnOutput(word) || channel >= 3) {
            throw fault("gradient word " + Integer.toHexString(word) + " sets no gradient");
        }
        if (transferTick - lastTransfer < board.latencyClocks(settings.spiDivider())) {
            throw fault("gradient word " + Integer.toHexString(word) + " comes " + (transferTick - lastTransfer)
                    + " clocks after one that is still being sent");
        }
        shadow[channel] = board.share(word);
        if (board.takesOver(word)) {
            System.arraycopy(shadow, 0, gradient, 0, 3);
            lastTransfer = transferTick;
        }
        transferTick = Long.MIN_VALUE;
        transferHalves = 0;
    }

    private void checkEnd() {
        for (int buffer = 0; buffer < MargaBuffer.COUNT; buffer++) {
            if (!set[buffer]) {
                throw fault("buffer " + buffer + " is never set");
            }
            if (lastOut[buffer] > clock + 1) {
                throw fault("buffer " + buffer + " changes after FINISH");
            }
        }
        for (int buffer = MargaBuffer.TX0_I; buffer <= MargaBuffer.TX1_Q; buffer++) {
            if (value[buffer] != 0) {
                throw fault("RF is on at the end");
            }
        }
        if ((value[MargaBuffer.GATES_LEDS] & GATES) != 0 || (value[MargaBuffer.RX_CTRL] & ENABLES) != 0) {
            throw fault("a gate is open at the end");
        }
        if (value[MargaBuffer.GRAD_CTRL] != 0) {
            throw fault("the gradient board is selected at the end");
        }
        for (int axis = 0; axis < 3; axis++) {
            double rest = settings.gradients().get(axis).share(0);
            if (!(Math.abs(gradient[axis] - rest) <= REST_WITHIN)) {
                throw fault("gradient " + axis + " is at " + gradient[axis] + " of full scale at the end");
            }
        }
    }

    private IllegalStateException fault(String problem) {
        return new IllegalStateException("a run must not be sent: " + problem + " (instruction " + index + ")");
    }
}
