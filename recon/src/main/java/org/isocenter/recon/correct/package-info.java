/** Corrections of k-space: what was not measured, filters, spikes, clipped samples, interference. */
package org.isocenter.recon.correct;
