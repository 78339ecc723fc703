package org.isocenter.hardware.instrument;

import org.isocenter.hardware.ScannerException;

/** Measures reflection and transmission of an antenna. */
public interface NetworkAnalyzer extends Instrument {
    double lowestHertz();

    double highestHertz();

    /** Of one sweep. */
    int mostPoints();

    /**
     * Sweeps once, in evenly spaced steps.
     *
     * @param startHertz not below the lowest
     * @param stopHertz above the start, not above the highest
     * @param points from 2 to {@link #mostPoints}
     * @throws ScannerException with kind REFUSED, naming the range, when the arguments are outside of it
     */
    Sweep sweep(double startHertz, double stopHertz, int points) throws ScannerException;
}
