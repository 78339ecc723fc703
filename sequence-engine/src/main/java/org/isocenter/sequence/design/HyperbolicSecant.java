package org.isocenter.sequence.design;

/**
 * Adiabatic pulses of the hyperbolic secant: γB1(t) = ω₁·sech(βt)^(1+iμ) (Silver, Joseph and Hoult, Phys Rev A 31:2753, 1985;
 * there the inversion is solved in closed form). Above a threshold the pulse inverts whatever the strength of the transmit
 * field is, within a band of μβ/π with sharp edges. Pure; any thread.
 */
public final class HyperbolicSecant {
    /** βT/2: the envelope is cut where it has fallen to sech(5.3) = 1 %. */
    private static final double CUT = 5.298;

    /** What may be left of a perfect inversion at the weakest transmit field that the pulse is made for. */
    private static final double RESIDUAL = 0.01;

    /** Below this time-bandwidth product μ is below 2, and the pulse is no adiabatic one. */
    public static final double LEAST_TIME_BANDWIDTH = 2 * 2 * CUT / Math.PI;

    private HyperbolicSecant() {}

    /**
     * A full passage: inversion.
     *
     * @param timeBandwidth at least {@link #LEAST_TIME_BANDWIDTH}
     * @param overdrive by what factor the peak exceeds the one that inverts 99 %: the transmit field may be weaker by that
     */
    public static PulseShape inversion(double timeBandwidth, double overdrive) {
        if (!(timeBandwidth >= LEAST_TIME_BANDWIDTH)) {
            throw new IllegalArgumentException("a time-bandwidth product of " + timeBandwidth
                    + " makes no adiabatic pulse: at least " + LEAST_TIME_BANDWIDTH + " is needed");
        }
        double mu = mu(timeBandwidth);
        double peakCycles = overdrive * thresholdOverBeta(mu) * CUT / Math.PI;
        return new PulseShape(
                x -> sech(CUT * (2 * x - 1)),
                x -> mu / (2 * Math.PI) * Math.log(sech(CUT * (2 * x - 1))),
                Math.PI,
                peakCycles,
                timeBandwidth,
                0.5);
    }

    /**
     * The first half of the passage, which ends on resonance at full amplitude and so takes the magnetisation to the
     * transverse plane, along the pulse's own phase at its end: an excitation by 90° over a band that is as wide as the full
     * passage's would be in twice the time, without a slice profile of its own.
     *
     * @param timeBandwidth of the full passage
     */
    public static PulseShape halfPassage(double timeBandwidth, double overdrive) {
        return half(timeBandwidth, overdrive, false);
    }

    /** {@link #halfPassage} run backwards: takes magnetisation along the pulse's phase back to the longitudinal axis. */
    public static PulseShape reversedHalfPassage(double timeBandwidth, double overdrive) {
        return half(timeBandwidth, overdrive, true);
    }

    private static PulseShape half(double timeBandwidth, double overdrive, boolean reversed) {
        PulseShape full = inversion(timeBandwidth, overdrive);
        return new PulseShape(
                x -> full.amplitude().applyAsDouble(0.5 * (reversed ? 1 + x : x)),
                x -> full.phaseCycles().applyAsDouble(0.5 * (reversed ? 1 + x : x)),
                Math.PI / 2,
                full.peakCycles() / 2,
                timeBandwidth / 2,
                reversed ? 0 : 1);
    }

    /**
     * Longitudinal magnetisation after the uncut pulse, from equilibrium 1 (Silver et al., eq. 22).
     *
     * @param mu the pulse's μ
     * @param peakOverBeta 2π·peak/β
     * @param offsetOverBeta 2π·offset/β
     */
    static double longitudinal(double mu, double peakOverBeta, double offsetOverBeta) {
        double above = Math.PI * (offsetOverBeta + mu) / 2;
        double below = Math.PI * (offsetOverBeta - mu) / 2;
        double square = peakOverBeta * peakOverBeta - mu * mu;
        double mixed = square >= 0 ? Math.cos(Math.PI * Math.sqrt(square)) : Math.cosh(Math.PI * Math.sqrt(-square));
        return Math.tanh(above) * Math.tanh(below) + mixed * sech(above) * sech(below);
    }

    static double mu(double timeBandwidth) {
        return Math.PI * timeBandwidth / (2 * CUT);
    }

    /** 2π·f/β for the frequency f = cycles/T of a pulse of duration T. */
    static double overBeta(double cycles) {
        return Math.PI * cycles / CUT;
    }

    /** The smallest peak over β that leaves no more than the residual on resonance. */
    private static double thresholdOverBeta(double mu) {
        double low = 0;
        double high = mu;
        for (int i = 0; i < 60; i++) {
            double middle = (low + high) / 2;
            boolean enough = longitudinal(mu, middle, 0) <= -(1 - 2 * RESIDUAL);
            low = enough ? low : middle;
            high = enough ? middle : high;
        }
        return high;
    }

    private static double sech(double x) {
        return 1 / Math.cosh(x);
    }
}
