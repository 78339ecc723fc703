package org.isocenter.hardware.instrument;

import org.isocenter.hardware.ScannerException;

/**
 * Switches the capacitors that tune and match an antenna, and what the antenna is connected to. When it is closed the antenna is
 * connected to the scanner again, so that nothing is ever transmitted into a network analyser.
 */
public interface Tuner extends Instrument {
    /** Each capacitor bank has settings 0 to this. */
    int mostSteps();

    /**
     * Sets everything at once.
     *
     * @throws ScannerException when the board does not confirm it; then neither capacitors nor connection are known
     */
    void set(Setting setting, Antenna antenna) throws ScannerException;

    /** What is set when it is closed while the antenna is connected to the network analyser; else the last setting is. Any thread. */
    void keep(Setting setting);

    /**
     * Of the three banks.
     *
     * @param series of the capacitors in series with the antenna's coil
     * @param tuning of those parallel to both
     * @param matching of those between that and the line
     */
    record Setting(int series, int tuning, int matching) {}

    /** What the antenna is connected to. */
    enum Antenna {
        SCANNER,
        NETWORK_ANALYZER
    }
}
