package org.isocenter.hardware;

/**
 * A steady tone that the receive coil picks up, whose strength may swing with the mains.
 *
 * @param offsetHertz above the carrier; not used when {@code frequencyHertz} is given
 * @param frequencyHertz on the air; 0 when its place is given from the carrier
 * @param amplitude in ml of fully polarised water
 * @param modulationDepth from 0 for a steady tone to 1 for one that vanishes once in each period
 * @param modulationHertz how often its strength swings; twice the mains' frequency for a rectifier
 */
public record InterferenceLine(
        double offsetHertz, double frequencyHertz, double amplitude, double modulationDepth, double modulationHertz) {
    private static final double TWICE_THE_MAINS_HERTZ = 100;

    static InterferenceLine read(ProfileSection section) throws ProfileFormatException {
        boolean onAir = section.has("frequencyHertz");
        if (onAir && section.has("offsetHertz")) {
            throw section.fault("offsetHertz", "is given beside frequencyHertz: leave one of them out");
        }
        InterferenceLine line = new InterferenceLine(
                onAir ? 0 : section.number("offsetHertz", -1e7, 1e7),
                section.numberOr("frequencyHertz", 0, 1, 1e10),
                section.number("amplitude", 0, 1e6),
                section.numberOr("modulationDepth", 0, 0, 1),
                section.numberOr("modulationHertz", TWICE_THE_MAINS_HERTZ, 0, 1e6));
        section.end();
        return line;
    }

    /** Its distance above a carrier. */
    public double offsetFrom(double carrierHertz) {
        return frequencyHertz > 0 ? frequencyHertz - carrierHertz : offsetHertz;
    }
}
