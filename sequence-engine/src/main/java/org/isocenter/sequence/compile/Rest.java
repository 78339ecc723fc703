package org.isocenter.sequence.compile;

/**
 * A stretch between two repetitions: a new excitation or preparation comes next, or another window without any pulse. No RF is played and nothing is acquired in it;
 * gradients may play. The one place where a scan may wait without spoiling an echo.
 *
 * @param fromTick end of the last ADC window or RF pulse before it
 * @param toTick beginning of the RF pulse or window after it
 * @param certain whether a repetition is certainly over: something was acquired since the last excitation, or RF was and will be
 *     timed as it is around such a rest elsewhere, so that this is a dummy repetition. Otherwise it could be the mixing time of a
 *     stimulated echo too
 */
public record Rest(long fromTick, long toTick, boolean certain) {}
