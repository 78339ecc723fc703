package org.isocenter.hardware.virtual;

import org.isocenter.hardware.FieldImperfections;

/**
 * How the main field changes with time, everywhere alike: drift, warming up, and ripple from the mains. Its integral is in
 * closed form, so it costs nothing per spin.
 */
final class FieldVariation {
    private final double driftHertzPerSecond;
    private final double warmingHertz;
    private final double warmingSeconds;
    /** Frequencies and amplitudes of the ripple, Hz. */
    private final double[][] ripple;

    private FieldVariation(FieldImperfections field, double larmorHertz) {
        driftHertzPerSecond = field.driftHertzPerSecond();
        FieldImperfections.Warming warming = field.warming();
        warmingHertz = warming.riseKelvin() * warming.ppmPerKelvin() * 1e-6 * larmorHertz;
        warmingSeconds = warming.timeConstantSeconds();
        FieldImperfections.Mains mains = field.mains();
        ripple = new double[][] {
            {mains.frequencyHertz(), mains.rippleHertz()}, {3 * mains.frequencyHertz(), mains.thirdHarmonicHertz()}
        };
    }

    /** Null when the field does not change. */
    static FieldVariation of(FieldImperfections field, double larmorHertz) {
        FieldVariation variation = new FieldVariation(field, larmorHertz);
        boolean constant = variation.driftHertzPerSecond == 0 && variation.warmingHertz == 0;
        for (double[] wave : variation.ripple) {
            constant &= wave[1] == 0;
        }
        return constant ? null : variation;
    }

    /** By how many turns all spins get ahead from one time since connecting to another. */
    double turns(double fromSeconds, double toSeconds) {
        double turns = driftHertzPerSecond * (toSeconds - fromSeconds) * 0.5 * (toSeconds + fromSeconds);
        if (warmingHertz != 0) {
            double cooled = Math.exp(-toSeconds / warmingSeconds) - Math.exp(-fromSeconds / warmingSeconds);
            turns += warmingHertz * (toSeconds - fromSeconds + warmingSeconds * cooled);
        }
        for (double[] wave : ripple) {
            if (wave[1] != 0) {
                double omega = 2 * Math.PI * wave[0];
                turns += wave[1] / omega * (Math.cos(omega * fromSeconds) - Math.cos(omega * toSeconds));
            }
        }
        return turns;
    }
}
