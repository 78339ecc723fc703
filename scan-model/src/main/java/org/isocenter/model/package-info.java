/** The values that travel through a scan: parameters, protocols, limits, readouts, images and their geometry. */
package org.isocenter.model;
