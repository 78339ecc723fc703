package org.isocenter.hardware.virtual.phantom;

/** How much an object that is magnetised by the main field shifts it at a place. Immutable; any thread. */
public interface FieldShift {
    /** Of an object that is as magnetisable as what is around it. */
    FieldShift NONE = new FieldShift() {
        @Override
        public double ppmAt(double x, double y, double z) {
            return 0;
        }

        @Override
        public double largestPpm() {
            return 0;
        }
    };

    /** Parts per million of the main field, as nuclei in a liquid see it; place in metres, device axes. */
    double ppmAt(double x, double y, double z);

    /** No shift is larger, either way. */
    double largestPpm();
}
