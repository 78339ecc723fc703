package org.isocenter.hardware.instrument;

import org.isocenter.hardware.ScannerException;

/** Current sources for shim coils. At zero when opened, closed, and after any error. */
public interface ShimSupply extends Instrument {
    int channels();

    /** The largest current of either sign, in A. */
    double limitAmperes(int channel);

    /**
     * Sets all channels.
     *
     * @param amperes one for each channel
     * @throws ScannerException with kind REFUSED, before anything is set, when one is beyond its limit
     */
    void set(double[] amperes) throws ScannerException;

    /** Sets every output to zero. The exception says when they are not known to be at zero. */
    void zero() throws ScannerException;
}
