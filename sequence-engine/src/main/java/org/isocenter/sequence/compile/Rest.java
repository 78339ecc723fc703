package org.isocenter.sequence.compile;

/**
 * A stretch between two repetitions: a new excitation or preparation comes next. No RF is played and nothing is acquired in it;
 * gradients may play. The one place where a scan may wait without spoiling an echo.
 *
 * @param fromTick end of the last ADC window or RF pulse before it
 * @param toTick beginning of the RF pulse after it
 * @param afterReadout whether something was acquired since the last excitation. After a dummy repetition nothing was; but then it
 *     could be the mixing time of a stimulated echo too
 */
public record Rest(long fromTick, long toTick, boolean afterReadout) {}
