/** Reconstruction elsewhere: MRD streams to and from other programs. */
package org.isocenter.recon.remote;
