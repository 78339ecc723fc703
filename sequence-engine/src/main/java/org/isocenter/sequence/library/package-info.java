/**
 * The sequences that come with the console.
 *
 * <p>Each is planned on logical axes (x read, y phase, z slice) and turned to the device by a rotation extension of every
 * block with gradients; none where the two agree. All pulses have their phase at their centre and all readouts cross the
 * centre of k-space exactly at sample {@code samples/2}. A field of view off the isocentre is reached by the pulses'
 * frequency (slice) and the receiver's frequency and phase (read, phase, partition), so that stored k-space is centred on it.
 */
package org.isocenter.sequence.library;
