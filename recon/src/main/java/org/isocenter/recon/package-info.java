/** From k-space to images, and MRD files. */
package org.isocenter.recon;
