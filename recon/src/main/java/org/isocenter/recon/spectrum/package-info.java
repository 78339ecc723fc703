/** Spectra, decays and recoveries of scans without spatial encoding: figures with errors, and a picture of them. */
package org.isocenter.recon.spectrum;
