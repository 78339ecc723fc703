package org.isocenter.hardware.marcos;

import java.util.List;
import org.isocenter.hardware.ScannerException;
import org.isocenter.hardware.ScannerException.Kind;

/**
 * Sets up the gradient board, and makes all outputs safe: nothing runs, RF off, gates closed, gradients at zero. Words are those of
 * the reference client. One thread.
 */
final class SafeState {
    private static final int STATUS_REGISTER = 5;
    private static final int FHDO_ENABLE = 2;
    /** The divider at which GPA-FHDO's ADC can follow. */
    private static final int FHDO_DIVIDER = 30;

    private static final int OCRA1_ENABLE = 1;
    private static final int OCRA1_NOT_RESET = 1 << 8;
    private static final int OCRA1_BUSY = 1 << 16;
    private static final int FHDO_BUSY = 1 << 17;
    /** Words lost, or sent while the board was busy. */
    private static final int OCRA1_LOST = 3;

    private static final int FHDO_LOST = 4;
    /** How long a word keeps the board busy, at the slowest divider of OCRA1 and at the one that is used here of GPA-FHDO. */
    private static final int OCRA1_WORD_CLOCKS = 24 * 64 + 4;

    private static final int FHDO_WORD_CLOCKS = 26 * (FHDO_DIVIDER + 1) + 2;
    /** What must be zero first. */
    private static final List<Integer> OUTPUTS =
            List.of(MargaBuffer.TX0_I, MargaBuffer.TX0_Q, MargaBuffer.TX1_I, MargaBuffer.TX1_Q, MargaBuffer.GATES_LEDS);

    private static final int CHANNELS = 4;
    /** A board that has just been told something may not be busy yet. */
    private static final int LEAST_POLLS = 3;

    private static final int MOST_POLLS = 20_000;
    private static final int MOST_HALTS = 10;
    private static final int FHDO_READ = 0x40c0_0000;
    private static final double FHDO_ADC_FULL_SCALE_VOLTS = 5.12;
    private static final double FHDO_REFERENCE_VOLTS = 2.5;
    /** Volts at the shunt's amplifier for a gradient at full scale, by the reference client. */
    private static final double FHDO_VOLTS_PER_SHARE = 1.25;
    /** Of what an idle amplifier may read, as a share of full scale. */
    static final double FHDO_ZERO_WITHIN = 0.05;

    private static final int[] OCRA1_SETUP = {
        0x00400004, 0x02400004, 0x04400004, 0x07400004, 0x00200002, 0x02200002, 0x04200002, 0x07200002
    };
    private static final int[] OCRA1_ZERO = {0x00100000, 0x02100000, 0x04100000, 0x07100000};
    private static final int[] FHDO_SETUP = {
        0x0005000a, 0x00030100, 0x40850000, 0x400b0600, 0x400d0600, 0x400f0600, 0x40110600
    };
    private static final int[] FHDO_ZERO = {0x00088000, 0x00098000, 0x000a8000, 0x000b8000};

    private final MarcosConsole console;
    private final MargaSettings settings;
    private final String device;

    SafeState(MarcosConsole console, MargaSettings settings, String device) {
        this.console = console;
        this.settings = settings;
        this.device = device;
    }

    /** Sets up the gradient board, and makes everything safe. */
    void initialise() throws ScannerException {
        halt();
        silence();
        select();
        send(settings.board() == GradientBoard.OCRA1 ? OCRA1_SETUP : FHDO_SETUP);
        zero();
        verify();
    }

    /** Makes everything safe, and looks whether it is as far as the hardware can tell. */
    void reach() throws ScannerException {
        if (!write()) {
            halt();
            silence();
            select();
            zero();
        }
        verify();
    }

    /**
     * Makes everything safe with one packet, which the console carries out without waiting for this computer: RF and gates first.
     *
     * @return whether the console says that nothing runs, and the gradient board that it has taken all words
     */
    boolean write() throws ScannerException {
        MarcosConsole.Packet packet = new MarcosConsole.Packet();
        OUTPUTS.forEach(buffer -> packet.direct(buffer, 0));
        for (int control : controls()) {
            packet.direct(MargaBuffer.GRAD_CTRL, control);
        }
        for (int word : zeros()) {
            packet.direct(MargaBuffer.GRAD_MSB, word >>> 16).direct(MargaBuffer.GRAD_LSB, word);
            packet.pause(settings.board() == GradientBoard.OCRA1 ? OCRA1_WORD_CLOCKS : FHDO_WORD_CLOCKS);
        }
        packet.direct(MargaBuffer.GRAD_CTRL, 0);
        MarcosConsole.Status after = console.carryOut(packet);
        return after != null
                && after.idle()
                && after.buffersEmpty()
                && (after.boards() & busy()) == 0
                && (after.boardFaults() & lost()) == 0;
    }

    private int busy() {
        return settings.board() == GradientBoard.OCRA1 ? OCRA1_BUSY : FHDO_BUSY;
    }

    private int lost() {
        return settings.board() == GradientBoard.OCRA1 ? OCRA1_LOST : FHDO_LOST;
    }

    private int[] zeros() {
        return settings.board() == GradientBoard.OCRA1 ? OCRA1_ZERO : FHDO_ZERO;
    }

    /** What lets the board take words that {@code direct} gives it in two halves, the low one last. */
    private int[] controls() {
        if (settings.board() == GradientBoard.OCRA1) {
            int control = settings.spiDivider() << 2 | OCRA1_ENABLE;
            return new int[] {control, control | OCRA1_NOT_RESET};
        }
        return new int[] {FHDO_DIVIDER << 2 | FHDO_ENABLE};
    }

    private void silence() throws ScannerException {
        for (int buffer : OUTPUTS) {
            console.direct(buffer, 0);
        }
    }

    private void zero() throws ScannerException {
        send(zeros());
        console.direct(MargaBuffer.GRAD_CTRL, 0);
    }

    private void verify() throws ScannerException {
        MarcosConsole.Status status = console.status();
        if (!status.idle() || !status.buffersEmpty()) {
            throw fault("regstatus", "the console still plays after it was halted");
        }
        double current = largestReadBack();
        if (current > FHDO_ZERO_WITHIN) {
            throw fault("regrd", "a gradient was set to zero and reads " + current + " of full scale");
        }
    }

    /** Whether the gradient board measures its currents, and this driver can read them. */
    boolean readsBack() {
        return console.isHardware() && settings.board() == GradientBoard.GPA_FHDO;
    }

    /** Of all channels, as a share of full scale; 0 where nothing can be read. */
    double largestReadBack() throws ScannerException {
        double largest = 0;
        for (int channel = 0; channel < CHANNELS && readsBack(); channel++) {
            largest = Math.max(largest, Math.abs(readBack(channel)));
        }
        return largest;
    }

    private void halt() throws ScannerException {
        for (int i = 0; i < MOST_HALTS; i++) {
            if (console.halt()) {
                return;
            }
        }
        throw fault("halt_and_reset", "the console plays on after " + MOST_HALTS + " halts");
    }

    private void select() throws ScannerException {
        for (int control : controls()) {
            console.direct(MargaBuffer.GRAD_CTRL, control);
        }
    }

    private void send(int... words) throws ScannerException {
        for (int word : words) {
            awaitBoard();
            console.direct(MargaBuffer.GRAD_MSB, word >>> 16);
            console.direct(MargaBuffer.GRAD_LSB, word);
        }
        awaitBoard();
    }

    private void awaitBoard() throws ScannerException {
        for (int poll = 1; poll <= MOST_POLLS; poll++) {
            if ((console.register(STATUS_REGISTER) & busy()) == 0 && poll >= LEAST_POLLS) {
                return;
            }
        }
        throw fault(
                "regrd",
                "the " + settings.board().label() + " board stays busy: is it the board that the address names?");
    }

    /** What GPA-FHDO measures of a channel's current, as a share of full scale. */
    private double readBack(int channel) throws ScannerException {
        select();
        // What is read belongs to the conversion before: twice for this channel's.
        send(FHDO_READ | channel << 18, FHDO_READ | channel << 18);
        double volts = (console.register(STATUS_REGISTER) & 0xffff) / 65535.0 * FHDO_ADC_FULL_SCALE_VOLTS
                - FHDO_REFERENCE_VOLTS;
        console.direct(MargaBuffer.GRAD_CTRL, 0);
        return volts / FHDO_VOLTS_PER_SHARE;
    }

    private ScannerException fault(String command, String problem) {
        return new ScannerException(Kind.DEVICE_FAULT, device, command + ": " + problem);
    }
}
