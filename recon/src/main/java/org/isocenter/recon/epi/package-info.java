/** From the readouts of echo-planar trains to lines as if each had been measured alone. */
package org.isocenter.recon.epi;
