/**
 * A reconstruction as a chain of small named steps with parameters: what a step is, how chains are written, and how one is
 * run. The steps themselves live with their algorithms; {@code recon.standard} knows them all.
 */
package org.isocenter.recon.chain;
