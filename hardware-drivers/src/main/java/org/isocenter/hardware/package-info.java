/** Scanners, real and simulated, behind one interface. */
package org.isocenter.hardware;
