/** What is done to whole images: geometric and intensity correction, removal of noise, and figures of their quality. */
package org.isocenter.recon.image;
