package org.isocenter.hardware.marcos.server;

import org.isocenter.hardware.marcos.GradientBoard;
import org.isocenter.hardware.marcos.MarcosAddress;
import org.isocenter.hardware.marcos.MargaBuffer;
import org.isocenter.hardware.marcos.MargaSettings;
import org.isocenter.hardware.virtual.OutputState;

/** What the numbers at a console's outputs and from its receivers mean on the scanner that it is wired to. Immutable. */
final class ConsoleUnits {
    private static final double TRANSMIT_FULL = 32767;
    private static final int FHDO_ZERO = 0x8000;

    private final MarcosAddress console;
    private final MargaSettings marga;

    ConsoleUnits(MarcosAddress console) {
        this.console = console;
        marga = console.marga();
    }

    double carrierHertz() {
        return marga.carrierHertz();
    }

    /** The transmitter that is wired to the coil: 0 or 1. */
    int transmitter() {
        return marga.transmitChannel();
    }

    /** γB1/2π of a complex value at the transmitter. */
    double transmitHertz(int real, int imaginary) {
        return Math.hypot(real, imaginary) / TRANSMIT_FULL * marga.transmitFullScaleHertz();
    }

    /** Whether B1 at this distance from the carrier turns spins: beyond the scanner's largest offset no coil is tuned and nothing is in resonance. */
    boolean turnsSpins(double offsetHertz) {
        return Math.abs(offsetHertz) <= console.limits().maxFrequencyOffsetHertz();
    }

    /** The axis that an output drives: 0 x, 1 y, 2 z; -1 for outputs that are wired to none. */
    int axis(Output output) {
        Output first = marga.board() == GradientBoard.OCRA1 ? Output.OCRA1_X : Output.FHDO_X;
        int axis = output.ordinal() - first.ordinal();
        return axis >= 0 && axis < 3 ? axis : -1;
    }

    /** The gradient that a DAC's code makes. */
    double hertzPerMeter(int axis, int code) {
        int word = marga.board() == GradientBoard.OCRA1 ? code << 2 : code;
        return marga.gradients().get(axis).hertzPerMeter(marga.board().share(word));
    }

    /** What the outputs are set to after a change of one of them; a gradient without current is at zero. */
    OutputState after(OutputState before, Output output, int value, MargaBoard board) {
        int axis = axis(output);
        int sent = board.transmitted(transmitter());
        float hertz = (float) transmitHertz((short) sent, sent >> 16);
        boolean gate = (board.value(MargaBuffer.GATES_LEDS) & MargaBuffer.TX_GATE) != 0;
        float gradient = axis < 0 || isZero(value) ? 0 : (float) hertzPerMeter(axis, value);
        return new OutputState(
                gate,
                hertz,
                axis == 0 ? gradient : before.gx(),
                axis == 1 ? gradient : before.gy(),
                axis == 2 ? gradient : before.gz());
    }

    private boolean isZero(int code) {
        return code == (marga.board() == GradientBoard.OCRA1 ? 0 : FHDO_ZERO);
    }

    /** Counts of a receiver for one unit of the signal. */
    double countsPerUnit(int decimation) {
        return 1 / console.samplePerCount(decimation);
    }

    boolean conjugate() {
        return console.conjugate();
    }
}
