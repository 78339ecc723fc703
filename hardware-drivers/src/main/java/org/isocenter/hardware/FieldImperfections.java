package org.isocenter.hardware;

import java.util.EnumMap;
import java.util.Map;

/**
 * The magnet's field. Time counts from connecting, in the time of the tables that were played.
 *
 * @param offsetHertz resonance at the isocentre minus carrier
 * @param inhomogeneityPpm size of the field's smooth deviation at 100 mm from the isocentre
 * @param clockPpm by how much the carrier is too high, because the clock is too fast
 * @param shims what the shim coils add
 * @param driftHertzPerSecond steady change of the field
 * @param warming change of the field as the magnet warms up
 * @param mains what the mains add
 */
public record FieldImperfections(
        double offsetHertz,
        double inhomogeneityPpm,
        double clockPpm,
        Map<Harmonic, Shim> shims,
        double driftHertzPerSecond,
        Warming warming,
        Mains mains) {
    public static final FieldImperfections NONE = new FieldImperfections(0, 0);

    public FieldImperfections {
        shims = Map.copyOf(shims);
    }

    public FieldImperfections(double offsetHertz, double inhomogeneityPpm) {
        this(offsetHertz, inhomogeneityPpm, 0, Map.of(), 0, Warming.NONE, Mains.NONE);
    }

    /** Solid harmonics of first and second order. */
    public enum Harmonic {
        X("X"),
        Y("Y"),
        Z("Z"),
        Z2("Z2"),
        XZ("XZ"),
        YZ("YZ"),
        X2_Y2("X2-Y2"),
        XY("XY");

        private final String key;

        Harmonic(String key) {
            this.key = key;
        }

        /** Its value with all lengths in units of the reference radius, 100 mm. */
        public double at(double x, double y, double z) {
            return switch (this) {
                case X -> x;
                case Y -> y;
                case Z -> z;
                case Z2 -> z * z - 0.5 * (x * x + y * y);
                case XZ -> x * z;
                case YZ -> y * z;
                case X2_Y2 -> x * x - y * y;
                case XY -> x * y;
            };
        }
    }

    /**
     * A shim coil.
     *
     * @param hertz what it is told to give at 100 mm: the factor of its {@link Harmonic}
     * @param response what share of it one gets
     */
    public record Shim(double hertz, double response) {}

    /**
     * The field follows the temperature, which approaches its final value as {@code 1-e^(-t/τ)}.
     *
     * @param ppmPerKelvin change of the field; about -1000 for NdFeB, -100 for SmCo
     * @param riseKelvin final temperature minus that at connecting
     */
    public record Warming(double riseKelvin, double timeConstantSeconds, double ppmPerKelvin) {
        public static final Warming NONE = new Warming(0, 1, 0);
    }

    /**
     * The stray field of the mains.
     *
     * @param frequencyHertz 50 or 60
     * @param rippleHertz amplitude of the resonance's swing
     * @param thirdHarmonicHertz the same at three times the frequency
     */
    public record Mains(double frequencyHertz, double rippleHertz, double thirdHarmonicHertz) {
        public static final Mains NONE = new Mains(50, 0, 0);
    }

    static FieldImperfections read(ProfileSection section) throws ProfileFormatException {
        FieldImperfections field = new FieldImperfections(
                section.numberOr("offsetHertz", 0, -1e6, 1e6),
                section.numberOr("inhomogeneityPpm", 0, -1e5, 1e5),
                section.numberOr("clockPpm", 0, -1e4, 1e4),
                shims(section),
                section.numberOr("driftHertzPerSecond", 0, -1e4, 1e4),
                new Warming(
                        section.numberOr("temperatureRiseKelvin", 0, -100, 100),
                        section.numberOr("temperatureSeconds", 1, 1e-3, 1e6),
                        section.numberOr("ppmPerKelvin", 0, -1e4, 1e4)),
                new Mains(
                        section.numberOr("mainsHertz", Mains.NONE.frequencyHertz, 1, 1000),
                        section.numberOr("mainsRippleHertz", 0, 0, 1e4),
                        section.numberOr("mainsThirdHarmonicHertz", 0, 0, 1e4)));
        section.end();
        return field;
    }

    private static Map<Harmonic, Shim> shims(ProfileSection section) throws ProfileFormatException {
        ProfileSection hertz = section.sectionOrEmpty("shimHertz");
        ProfileSection response = section.sectionOrEmpty("shimResponse");
        Map<Harmonic, Shim> shims = new EnumMap<>(Harmonic.class);
        for (Harmonic harmonic : Harmonic.values()) {
            Shim shim =
                    new Shim(hertz.numberOr(harmonic.key, 0, -1e6, 1e6), response.numberOr(harmonic.key, 1, -10, 10));
            if (shim.hertz() != 0) {
                shims.put(harmonic, shim);
            }
        }
        hertz.end();
        response.end();
        return shims;
    }
}
