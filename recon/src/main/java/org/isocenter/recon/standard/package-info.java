/** The reconstruction that the console uses. */
package org.isocenter.recon.standard;
