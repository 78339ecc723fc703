/**
 * Raw data that come as plain arrays: BART's {@code .cfl}, NumPy's {@code .npy}, MATLAB's {@code .mat}. The file knows the numbers,
 * a {@link org.isocenter.recon.layout.Layout} what the axes are.
 */
package org.isocenter.recon.layout;
