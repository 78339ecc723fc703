/** From checked sequences to event tables: what the hardware is told, tick by tick. */
package org.isocenter.sequence.compile;
