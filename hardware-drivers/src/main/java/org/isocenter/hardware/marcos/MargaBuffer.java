package org.isocenter.hardware.marcos;

/** marga's output buffers, by number, and the bits of those that hold several things. */
public final class MargaBuffer {
    public static final int COUNT = 17;

    public static final int GRAD_CTRL = 0;
    public static final int GRAD_LSB = 1;
    public static final int GRAD_MSB = 2;
    public static final int RX0_RATE = 3;
    public static final int RX1_RATE = 4;
    public static final int TX0_I = 5;
    public static final int TX0_Q = 6;
    public static final int TX1_I = 7;
    public static final int TX1_Q = 8;
    /** Phase step of NCO 0; its high half follows, then the other two NCOs. */
    public static final int DDS0_LSB = 9;

    public static final int GATES_LEDS = 15;
    public static final int RX_CTRL = 16;

    public static final int TX_GATE = 1;
    public static final int RX_GATE = 1 << 1;
    public static final int TRIGGER_OUT = 1 << 2;

    public static final int RX_RATE_VALID = 3 << 4;
    public static final int RX_RESET_N = 3 << 6;
    public static final int RX0_ENABLE = 1 << 8;
    public static final int RX1_ENABLE = 1 << 9;
    /** In the high half of a phase step: holds the accumulator at 0. */
    public static final int DDS_RESET = 1 << 15;

    private MargaBuffer() {}
}
