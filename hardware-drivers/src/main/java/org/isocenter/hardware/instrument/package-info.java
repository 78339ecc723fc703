/**
 * Instruments around the scanner: network analysers, tuners, amplifiers, SAR monitors, shim supplies, patient tables. Each kind is
 * a small interface; {@link org.isocenter.hardware.instrument.Instruments} opens one by its address.
 */
package org.isocenter.hardware.instrument;
