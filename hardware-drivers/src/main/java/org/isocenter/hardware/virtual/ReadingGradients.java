package org.isocenter.hardware.virtual;

import java.util.ArrayList;
import java.util.List;
import org.isocenter.model.Vec3;

/** Under what gradients a table reads what it has selected before, in each direction of selection. One thread. */
final class ReadingGradients {
    private final List<Readings> all = new ArrayList<>();

    /** Of the slices, or of all, that are excited at the moment. */
    private Readings current = new Readings(null, null);

    /** What is read after selection in one direction, or after none. */
    private static final class Readings {
        final Vec3 direction;
        final GradientField selecting;
        /** Null as long as there was none. */
        GradientField reading;

        boolean severalWays;
        /** The first pulse that excites; null as long as there was none. */
        Pulse excitation;

        /** Whether some of what is selected is turned by pulses that do not turn the rest. */
        boolean partly;

        Readings(Vec3 direction, GradientField selecting) {
            this.direction = direction;
            this.selecting = selecting;
        }

        boolean along(Vec3 other) {
            return other == direction
                    || other != null && direction != null && Math.abs(direction.dot(other)) > TableSurvey.PARALLEL;
        }

        void select(Pulse pulse) {
            if (excitation == null && pulse.excites()) {
                excitation = pulse;
            }
            partly |= !pulse.excites() || pulse.excitesElsewhere(excitation);
        }

        void add(Window window) {
            add(window.meanGradient());
            severalWays |= !window.nearlyStraight();
        }

        void add(GradientField gradient) {
            if (reading == null || reading.isZero()) {
                reading = gradient;
            } else if (!gradient.isZero()) {
                severalWays |= Math.abs(directionOf(gradient).dot(directionOf(reading))) < TableSurvey.PARALLEL;
            }
        }
    }

    ReadingGradients() {
        all.add(current);
    }

    private static Vec3 directionOf(GradientField gradient) {
        return new Vec3(gradient.x(), gradient.y(), gradient.z()).normalized();
    }

    void pulse(Pulse pulse) {
        if (!pulse.selects() || !pulse.constantGradient()) {
            return;
        }
        GradientField gradient = pulse.field(0);
        Vec3 direction = directionOf(gradient);
        for (Readings known : all) {
            if (known.direction != null && known.along(direction)) {
                current = known;
                current.select(pulse);
                return;
            }
        }
        current = new Readings(direction, gradient);
        current.select(pulse);
        all.add(current);
    }

    void window(Window window) {
        current.add(window);
    }

    /**
     * @param direction along which the spins are selected; null for those that are selected along none, or any
     * @param alwaysInLayers even where pulses turn all layers together
     */
    SpinOrder spinOrder(Vec3 direction, boolean alwaysInLayers) {
        Readings found = new Readings(null, null);
        for (Readings readings : all) {
            if (direction != null && readings.along(direction)) {
                found = readings;
                break;
            }
            if (direction == null && readings.reading != null) {
                found.add(readings.reading);
                found.severalWays |= readings.severalWays;
            }
        }
        // Layers that all pulses turn together only make blocks wider in frequency.
        boolean layers = alwaysInLayers || directions() > 1 || found.partly;
        return new SpinOrder(layers ? found.selecting : null, found.severalWays ? null : found.reading);
    }

    private long directions() {
        return all.stream().filter(readings -> readings.direction != null).count();
    }
}
