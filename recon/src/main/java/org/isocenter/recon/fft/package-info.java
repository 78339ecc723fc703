/** Fourier transforms as MRI wants them: centred, of any length. */
package org.isocenter.recon.fft;
