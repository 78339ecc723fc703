package org.isocenter.hardware.marcos.server;

/** What changes at the pins of the FPGA and of its gradient boards. */
enum Output {
    /** Decimation of receiver 0, taken over while its rate is valid. */
    RX0_RATE,
    RX1_RATE,
    /** 16 bits, two's complement. */
    TX0_I,
    TX0_Q,
    TX1_I,
    TX1_Q,
    /** Low half of an oscillator's phase step; the high half has its reset in bit 15. */
    DDS0_LSB,
    DDS0_MSB,
    DDS1_LSB,
    DDS1_MSB,
    DDS2_LSB,
    DDS2_MSB,
    GATES_LEDS,
    RX_CTRL,
    /** 18 bits, two's complement. */
    OCRA1_X,
    OCRA1_Y,
    OCRA1_Z,
    OCRA1_Z2,
    /** 16 bits, offset binary. */
    FHDO_X,
    FHDO_Y,
    FHDO_Z,
    FHDO_Z2;

    private static final Output[] ALL = values();
    private static final int FIRST_BUFFER = 3;

    /** Of a buffer from 3 to 16. */
    static Output ofBuffer(int buffer) {
        return ALL[buffer - FIRST_BUFFER];
    }

    static Output ocra1(int channel) {
        return ALL[OCRA1_X.ordinal() + channel];
    }

    static Output fhdo(int channel) {
        return ALL[FHDO_X.ordinal() + channel];
    }

    boolean transmits() {
        return ordinal() >= TX0_I.ordinal() && ordinal() <= TX1_Q.ordinal();
    }
}
