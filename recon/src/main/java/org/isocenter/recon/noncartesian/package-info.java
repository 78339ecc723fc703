/** From samples anywhere in k-space to images, by gridding. */
package org.isocenter.recon.noncartesian;
