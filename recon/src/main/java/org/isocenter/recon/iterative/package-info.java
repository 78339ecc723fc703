/** Images as solutions of an equation: CG-SENSE and compressed sensing over an encoding operator. */
package org.isocenter.recon.iterative;
