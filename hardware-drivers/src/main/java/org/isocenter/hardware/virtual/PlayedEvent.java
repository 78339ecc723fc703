package org.isocenter.hardware.virtual;

/** What happens to the spins next. */
sealed interface PlayedEvent {

    /** Free precession along this path. */
    record Precession(GradientPath path) implements PlayedEvent {}

    /** A pulse, turned by a phase. */
    record Transmission(Pulse pulse, double phaseRadians) implements PlayedEvent {}

    /** An ADC window, or a stretch of one; it does not change the spins. */
    record Reception(Window window) implements PlayedEvent {}
}
