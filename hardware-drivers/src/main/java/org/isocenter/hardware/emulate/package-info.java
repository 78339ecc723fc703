/** What the emulated devices share: where they listen, what they play on, and what goes wrong on request. */
package org.isocenter.hardware.emulate;
