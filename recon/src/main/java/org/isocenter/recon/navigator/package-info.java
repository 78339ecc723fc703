/** Phase that differs between the shots of an image, by navigators. */
package org.isocenter.recon.navigator;
