/** Holds a sequence against a system's limits. Only what passes can be compiled. */
package org.isocenter.sequence.check;
