package org.isocenter.recon.cartesian;

import org.isocenter.model.Readout;

/**
 * A readout and its place in k-space, in steps from the centre.
 *
 * @param step1 along the phase direction
 * @param step2 along the partition direction
 * @param centerSample sample at k = 0
 */
record Line(Readout readout, int step1, int step2, int centerSample) {}
