/** Arrays that the steps of a reconstruction hand to one another. */
package org.isocenter.recon.array;
