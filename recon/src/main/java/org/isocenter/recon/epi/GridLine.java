package org.isocenter.recon.epi;

/**
 * A line on an even grid, k ascending, k = 0 at {@code points/2}, whichever way it was run through. Channels one after the
 * other.
 */
record GridLine(int points, boolean backward, float[] real, float[] imaginary) {}
