/** Bytes to and from devices: TCP, serial, in memory, and with faults for tests. */
package org.isocenter.hardware.transport;
