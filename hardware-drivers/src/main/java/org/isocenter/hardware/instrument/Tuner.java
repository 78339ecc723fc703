package org.isocenter.hardware.instrument;

import org.isocenter.hardware.ScannerException;

/** Switches the capacitors that tune and match an antenna, and what the antenna is connected to. */
public interface Tuner extends Instrument {
    /** Each capacitor bank has settings 0 to this. */
    int mostSteps();

    /**
     * Sets everything at once.
     *
     * @param series setting of the series capacitors
     * @param tuning setting of the tuning capacitors
     * @param matching setting of the matching capacitors
     * @param antenna what the antenna is connected to
     * @throws ScannerException when the board does not confirm it; then neither capacitors nor connection are known
     */
    void set(int series, int tuning, int matching, Antenna antenna) throws ScannerException;

    /** What the antenna is connected to. */
    enum Antenna {
        SCANNER,
        NETWORK_ANALYZER
    }
}
