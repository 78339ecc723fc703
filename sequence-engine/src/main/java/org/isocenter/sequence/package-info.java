/** Pulse sequences with Pulseq's semantics: blocks of RF, gradients, ADC and extensions in compact, immutable tables. */
package org.isocenter.sequence;
