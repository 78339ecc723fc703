package org.isocenter.hardware.virtual;

import org.isocenter.hardware.FieldImperfections;
import org.isocenter.hardware.FieldImperfections.Harmonic;
import org.isocenter.hardware.FieldImperfections.Shim;
import org.isocenter.hardware.virtual.phantom.FieldShift;

/**
 * Off-resonance by place: a constant, and a smooth deviation made of solid harmonics as every field in free space is: the
 * magnet's own, of second order, and what the shim coils make of their settings; and what the object in it does.
 */
final class FieldMap {
    private static final double REFERENCE_RADIUS_METERS = 0.1;
    private static final Harmonic[] HARMONICS = Harmonic.values();

    private final double offsetHertz;
    private final double[] harmonicHertz = new double[HARMONICS.length];

    private final FieldShift object;
    private final double hertzPerPpm;

    private FieldMap(double offsetHertz, FieldShift object, double larmorHertz) {
        this.offsetHertz = offsetHertz;
        this.object = object;
        hertzPerPpm = 1e-6 * larmorHertz;
    }

    /** Of the empty magnet. */
    static FieldMap of(FieldImperfections imperfections, double larmorHertz) {
        return of(imperfections, larmorHertz, FieldShift.NONE);
    }

    /** With an object in it that shifts the field. */
    static FieldMap of(FieldImperfections imperfections, double larmorHertz, FieldShift object) {
        FieldMap map = new FieldMap(
                imperfections.offsetHertz() - imperfections.clockPpm() * 1e-6 * larmorHertz, object, larmorHertz);
        double deviation = imperfections.inhomogeneityPpm() * 1e-6 * larmorHertz;
        map.add(Harmonic.Z2, 0.8 * deviation);
        map.add(Harmonic.X2_Y2, 0.2 * deviation);
        map.add(Harmonic.XZ, 0.3 * deviation);
        map.add(Harmonic.XY, 0.15 * deviation);
        for (var shim : imperfections.shims().entrySet()) {
            Shim setting = shim.getValue();
            map.add(shim.getKey(), setting.hertz() * setting.response());
        }
        return map;
    }

    private void add(Harmonic harmonic, double hertz) {
        harmonicHertz[harmonic.ordinal()] += hertz;
    }

    double hertzAt(double x, double y, double z) {
        double u = x / REFERENCE_RADIUS_METERS;
        double v = y / REFERENCE_RADIUS_METERS;
        double w = z / REFERENCE_RADIUS_METERS;
        double sum = offsetHertz + hertzPerPpm * object.ppmAt(x, y, z);
        for (Harmonic harmonic : HARMONICS) {
            double hertz = harmonicHertz[harmonic.ordinal()];
            if (hertz != 0) {
                sum += hertz * harmonic.at(u, v, w);
            }
        }
        return sum;
    }

    /** How much the object in it adds at most, either way. */
    double largestShiftHertz() {
        return Math.abs(hertzPerPpm) * object.largestPpm();
    }
}
