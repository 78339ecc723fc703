package org.isocenter.hardware.instrument;

import org.isocenter.hardware.ScannerException;

/** Moves the patient along the bore. */
public interface PatientTable extends Instrument {
    double leastMeters();

    double mostMeters();

    /** Moves to the reference position; until then positions mean nothing. */
    void home() throws ScannerException;

    /**
     * Moves, and returns when the table is there or has been stopped.
     *
     * @throws ScannerException with kind REFUSED, without a move, beyond the limits or before {@link #home}
     */
    void moveTo(double meters) throws ScannerException;

    /** Where the table says that it is. */
    double positionMeters() throws ScannerException;

    /** Ends a move at the end of the short step under way. Any thread; does not wait. */
    void stop();
}
