package org.isocenter.hardware.virtual;

/** What happens to the spins next. */
sealed interface PlayedEvent {

    /** Free precession along this path. */
    record Precession(GradientPath path) implements PlayedEvent {}

    /**
     * A pulse, turned by a phase.
     *
     * @param shiftHertz frequency of all spins during it, over and above their own. It takes few values, so that what the
     *     pulse does at each can be kept: what the true shift turns the spins more, precession before and after it does.
     */
    record Transmission(Pulse pulse, double phaseRadians, double shiftHertz) implements PlayedEvent {

        /** What it does to spins that it does not turn. */
        GradientPath path() {
            return pulse.path().plusCommon(shiftHertz * pulse.durationSeconds());
        }
    }

    /** An ADC window, or a stretch of one; it does not change the spins. */
    record Reception(Window window) implements PlayedEvent {}
}
