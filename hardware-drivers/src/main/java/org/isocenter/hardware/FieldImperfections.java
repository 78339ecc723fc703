package org.isocenter.hardware;

/**
 * The magnet's field.
 *
 * @param offsetHertz resonance at the isocentre minus carrier
 * @param inhomogeneityPpm size of the field's smooth deviation at 100 mm from the isocentre
 */
public record FieldImperfections(double offsetHertz, double inhomogeneityPpm) {
    public static final FieldImperfections NONE = new FieldImperfections(0, 0);

    static FieldImperfections read(ProfileSection section) throws ProfileFormatException {
        FieldImperfections field = new FieldImperfections(
                section.numberOr("offsetHertz", 0, -1e6, 1e6), section.numberOr("inhomogeneityPpm", 0, -1e5, 1e5));
        section.end();
        return field;
    }
}
