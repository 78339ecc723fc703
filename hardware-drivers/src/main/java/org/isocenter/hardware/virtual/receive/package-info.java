/**
 * From the spins' signal to the delivered samples: the coil's channels, what is picked up on the way, the receiver, the
 * spectrometer's buffers. Each imperfection is a step of its own, and the steps stand in the order of the hardware.
 */
package org.isocenter.hardware.virtual.receive;
