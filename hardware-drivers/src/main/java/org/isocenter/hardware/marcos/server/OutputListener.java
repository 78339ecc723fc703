package org.isocenter.hardware.marcos.server;

/** Is told what changes at a board's outputs, in order of time. */
@FunctionalInterface
interface OutputListener {
    /**
     * @param clock of the FPGA, from the first instruction of the board's first program
     * @param value as the output holds it from this clock on
     */
    void changed(long clock, Output output, int value);
}
