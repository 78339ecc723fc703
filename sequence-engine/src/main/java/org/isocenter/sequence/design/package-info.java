/** Parts that sequences are made of: pulses, trapezoids, phase-encoding tables and view orders. Pure functions of values. */
package org.isocenter.sequence.design;
