package org.isocenter.hardware.virtual.phantom;

/** How far a motion has gone at a time, as a share of its full size; 0 at time 0. Immutable. */
sealed interface TimeCurve {
    double at(double seconds);

    /** Bounds of the share in the first so many seconds. */
    double lowest(double seconds);

    double highest(double seconds);

    /** Largest rate of change, per second; a sudden step has none. */
    double largestRate();

    /** Largest rate of the rate's change, per second squared. */
    double largestCurvature();

    /** To and fro: sin 2πt/period. */
    record Sine(double periodSeconds) implements TimeCurve {
        @Override
        public double at(double seconds) {
            return Math.sin(2 * Math.PI * seconds / periodSeconds);
        }

        @Override
        public double lowest(double seconds) {
            return -1;
        }

        @Override
        public double highest(double seconds) {
            return 1;
        }

        @Override
        public double largestRate() {
            return 2 * Math.PI / periodSeconds;
        }

        @Override
        public double largestCurvature() {
            return largestRate() * largestRate();
        }
    }

    /** Once from 0 to 1 in a straight line; at once when the duration is 0. */
    record Ramp(double startSeconds, double durationSeconds) implements TimeCurve {
        @Override
        public double at(double seconds) {
            double since = seconds - startSeconds;
            if (since <= 0) {
                return 0;
            }
            return since >= durationSeconds ? 1 : since / durationSeconds;
        }

        @Override
        public double lowest(double seconds) {
            return 0;
        }

        @Override
        public double highest(double seconds) {
            return at(seconds);
        }

        @Override
        public double largestRate() {
            return durationSeconds > 0 ? 1 / durationSeconds : 0;
        }

        @Override
        public double largestCurvature() {
            return 0;
        }
    }

    /**
     * Breathing: sin⁴ πt/period, which rests longer after breathing out than after breathing in (Lujan et al., Med Phys 26:715,
     * 1999). Breathed out at time 0, in at half a period.
     */
    record Breath(double periodSeconds) implements TimeCurve {
        @Override
        public double at(double seconds) {
            double sine = Math.sin(Math.PI * seconds / periodSeconds);
            return sine * sine * sine * sine;
        }

        @Override
        public double lowest(double seconds) {
            return 0;
        }

        @Override
        public double highest(double seconds) {
            return 1;
        }

        @Override
        public double largestRate() {
            // 4 sin³ cos is largest at 60°.
            return Math.PI / periodSeconds * 0.75 * Math.sqrt(3);
        }

        @Override
        public double largestCurvature() {
            return 4 * Math.PI * Math.PI / (periodSeconds * periodSeconds);
        }
    }
}
