package org.isocenter.hardware.instrument;

import org.isocenter.hardware.ScannerException;

/** A step attenuator that sets the gain of the receive chain. */
public interface Attenuator extends Instrument {
    int leastGainDecibels();

    int mostGainDecibels();

    /**
     * Sets the gain, in steps of 1 dB.
     *
     * @throws ScannerException with kind REFUSED outside the range; otherwise the gain is not known
     */
    void setGain(int decibels) throws ScannerException;
}
