package org.isocenter.hardware.virtual;

/** What happens to the spins next. */
sealed interface PlayedEvent {

    /** Free precession: the integral of the gradient over time in turns per metre, and how long. */
    record Precession(double turnsPerMeterX, double turnsPerMeterY, double turnsPerMeterZ, double seconds)
            implements PlayedEvent {}

    /** A pulse, turned by a phase. */
    record Transmission(Pulse pulse, double phaseRadians) implements PlayedEvent {}

    /** An ADC window; it does not change the spins. */
    record Reception(Window window) implements PlayedEvent {}
}
