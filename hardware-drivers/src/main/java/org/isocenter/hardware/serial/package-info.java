/** Serial ports: which there are, bytes through one, and pseudo-terminals. The only package that knows the serial library. */
package org.isocenter.hardware.serial;
