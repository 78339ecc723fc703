/** Steps on readouts as they were measured: whitening of noise, removal of oversampling, averaging. */
package org.isocenter.recon.readouts;
