/** From Cartesian k-space to images. */
package org.isocenter.recon.cartesian;
