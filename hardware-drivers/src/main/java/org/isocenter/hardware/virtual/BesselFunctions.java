package org.isocenter.hardware.virtual;

import java.util.Arrays;

/** Bessel functions of the first kind and of whole orders. */
final class BesselFunctions {
    private static final double TINY = 1e-9;
    private static final double HUGE = 1e200;

    /** Up to here four terms of their series are exact. */
    private static final double SMALL = 0.05;

    private BesselFunctions() {}

    /**
     * J0(z) to Jn(z) for the length of {@code values}: downward recurrence from an order that does not matter, scaled so
     * that J0 + 2·(J2 + J4 + …) is 1 (Miller; Abramowitz and Stegun 9.12, example 1). Error 1e-14.
     */
    static void first(double z, double[] values) {
        Arrays.fill(values, 0);
        double size = Math.abs(z);
        if (size < TINY) {
            values[0] = 1;
            if (values.length > 1) {
                values[1] = 0.5 * z;
            }
            return;
        }
        if (size < SMALL) {
            series(z, values);
            return;
        }
        int start = 2 * (((int) Math.max(size, values.length) + 20 + (int) (6 * Math.cbrt(size))) / 2);
        double above = 0;
        double at = 1e-200;
        double sum = 0;
        double step = 2 / size;
        for (int order = start; order >= 0; order--) {
            if (order < values.length) {
                values[order] = at;
            }
            if (order % 2 == 0) {
                sum += order == 0 ? at : 2 * at;
            }
            double below = order * step * at - above;
            above = at;
            at = below;
            if (Math.abs(at) > HUGE) {
                at /= HUGE;
                above /= HUGE;
                sum /= HUGE;
                for (int k = order; k < values.length; k++) {
                    values[k] /= HUGE;
                }
            }
        }
        double scale = 1 / sum;
        for (int order = 0; order < values.length; order++) {
            values[order] *= z < 0 && order % 2 == 1 ? -scale : scale;
        }
    }

    /** Abramowitz and Stegun 9.1.10. */
    private static void series(double z, double[] values) {
        double square = -0.25 * z * z;
        double leading = 1;
        for (int order = 0; order < values.length; order++) {
            double third = 1 + square / (3 * (order + 3));
            double second = 1 + square / (2 * (order + 2)) * third;
            values[order] = leading * (1 + square / (order + 1) * second);
            leading *= 0.5 * z / (order + 1);
        }
    }
}
