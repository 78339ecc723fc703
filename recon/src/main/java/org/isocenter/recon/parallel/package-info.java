/** Several receive channels: their sensitivities, their combination, and data from which lines were left out. */
package org.isocenter.recon.parallel;
