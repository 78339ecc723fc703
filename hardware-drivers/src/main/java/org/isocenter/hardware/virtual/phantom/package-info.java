/** What lies in the simulated scanner: objects given as functions of the place, with their materials. */
package org.isocenter.hardware.virtual.phantom;
