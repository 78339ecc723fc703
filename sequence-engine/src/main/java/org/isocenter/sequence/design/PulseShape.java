package org.isocenter.sequence.design;

import java.util.function.DoubleUnaryOperator;
import org.isocenter.sequence.RfPulse;
import org.isocenter.sequence.RfUse;
import org.isocenter.sequence.Shape;

/**
 * An RF pulse without its duration: what it does depends on amplitude times duration, so one design serves every length.
 * Functions of x run from 0 at the pulse's start to 1 at its end. Immutable.
 *
 * @param amplitude real envelope, at most 1 in modulus; negative parts are a phase of ½ cycle
 * @param phaseCycles of the envelope; null for none
 * @param flipRadians that it turns by on resonance, above 0; π for an adiabatic inversion
 * @param peakCycles peak of γB1/2π (Hz) times duration (s)
 * @param timeBandwidth bandwidth (Hz, at half of the effect) times duration (s)
 * @param center where on [0, 1] the pulse turns effectively: spins dephase from there on
 */
public record PulseShape(
        DoubleUnaryOperator amplitude,
        DoubleUnaryOperator phaseCycles,
        double flipRadians,
        double peakCycles,
        double timeBandwidth,
        double center) {

    private static final int SAMPLES_FOR_MEAN = 4096;
    private static final int SAMPLES_FOR_CENTER = 200;
    /** Any will do to find where the pulse has its centre. */
    private static final long RASTER_FOR_CENTER_PS = 10_000_000;

    private static final Designs<Sinc, PulseShape> SINCS = new Designs<>(Sinc::design);
    private static final Designs<PulseShape, PulseShape> CENTRED = new Designs<>(PulseShape::centred);

    /** Half-height width of sinc(x) in x, for pulses of constant amplitude. */
    private static final double BLOCK_TIME_BANDWIDTH = 1.2067;
    /** A Gaussian is cut where it has fallen to this. */
    private static final double GAUSS_EDGE = 0.01;

    /** Window functions for {@link #sinc}. */
    public enum Window {
        HANN(0.5),
        HAMMING(0.46);

        private final double share;

        Window(double share) {
            this.share = share;
        }

        /** At x in [0, 1], 1 in the middle. */
        double at(double x) {
            return 1 - share - share * Math.cos(2 * Math.PI * x);
        }
    }

    /** Constant amplitude. */
    public static PulseShape block(double flipRadians) {
        return new PulseShape(x -> 1, null, flipRadians, flipRadians / (2 * Math.PI), BLOCK_TIME_BANDWIDTH, 0.5);
    }

    /** A windowed sinc with so many zero crossings, counting both ends; bandwidth in the sense of small flip angles. */
    public static PulseShape sinc(double flipRadians, double timeBandwidth, Window window) {
        return SINCS.of(new Sinc(flipRadians, timeBandwidth, window));
    }

    private record Sinc(double flipRadians, double timeBandwidth, Window window) {
        PulseShape design() {
            DoubleUnaryOperator envelope = x -> {
                double argument = Math.PI * timeBandwidth * (x - 0.5);
                double sinc = Math.abs(argument) < 1e-9 ? 1 : Math.sin(argument) / argument;
                return sinc * window.at(x);
            };
            return ofMean(envelope, flipRadians, timeBandwidth);
        }
    }

    /**
     * A Gaussian, cut where it has fallen to 1 %: little energy outside its band, no ripples, soft edges (Bauer et al., J Magn
     * Reson 58:442, 1984). The width at half height of its small-tip profile follows from the cut.
     */
    public static PulseShape gauss(double flipRadians) {
        double exponent = -4 * Math.log(GAUSS_EDGE);
        DoubleUnaryOperator envelope = x -> Math.exp(-exponent * (x - 0.5) * (x - 0.5));
        // exp(-a t²) has the spectrum exp(-π² f²/a), which is one half at f = √(a·ln 2)/π.
        return ofMean(envelope, flipRadians, 2 * Math.sqrt(exponent * Math.log(2)) / Math.PI);
    }

    private static PulseShape ofMean(DoubleUnaryOperator envelope, double flipRadians, double timeBandwidth) {
        double sum = 0;
        for (int i = 0; i < SAMPLES_FOR_MEAN; i++) {
            sum += envelope.applyAsDouble((i + 0.5) / SAMPLES_FOR_MEAN);
        }
        double peakCycles = flipRadians / (2 * Math.PI) * SAMPLES_FOR_MEAN / sum;
        return new PulseShape(envelope, null, flipRadians, peakCycles, timeBandwidth, 0.5);
    }

    /** Peak of γB1/2π when it lasts this long. */
    public double peakHertz(double seconds) {
        return peakCycles / seconds;
    }

    /** The shortest duration whose peak is no more than this. */
    public double shortestSeconds(double peakHertz) {
        return peakCycles / peakHertz;
    }

    public double bandwidthHertz(double seconds) {
        return timeBandwidth / seconds;
    }

    /** The gradient under which it selects a slice of this thickness. */
    public double gradientHertzPerMeter(double seconds, double thicknessMeters) {
        return timeBandwidth / (seconds * thicknessMeters);
    }

    /**
     * The same pulse with the centre that its slice profile has, by simulation. A symmetric excitation is centred at its middle
     * for small angles only: at 90° its spins dephase as from a few percent of the duration away.
     */
    public PulseShape effectivelyCentred() {
        return CENTRED.of(this);
    }

    private PulseShape centred() {
        RfPulse excitation = pulse(SAMPLES_FOR_CENTER, RASTER_FOR_CENTER_PS, 0, RfUse.EXCITATION);
        double found = SliceProfile.center(excitation, RASTER_FOR_CENTER_PS, timeBandwidth);
        return new PulseShape(amplitude, phaseCycles, flipRadians, peakCycles, timeBandwidth, found);
    }

    /**
     * The pulse on the carrier, one sample at each raster's centre.
     *
     * @param samples its duration in RF rasters
     * @param rasterPs the RF raster
     * @param delayPs from the block's start
     */
    public RfPulse pulse(int samples, long rasterPs, long delayPs, RfUse use) {
        double seconds = samples * rasterPs * 1e-12;
        double[] magnitudes = new double[samples];
        double[] phases = new double[samples];
        boolean turned = false;
        for (int i = 0; i < samples; i++) {
            double x = (i + 0.5) / samples;
            double value = amplitude.applyAsDouble(x);
            double phase = (phaseCycles == null ? 0 : phaseCycles.applyAsDouble(x)) + (value < 0 ? 0.5 : 0);
            magnitudes[i] = Math.min(1, Math.abs(value));
            phases[i] = phase - Math.floor(phase);
            turned |= phases[i] != 0;
        }
        return new RfPulse(
                peakHertz(seconds),
                new Shape(magnitudes),
                turned ? new Shape(phases) : null,
                null,
                center * seconds,
                delayPs,
                0,
                0,
                0,
                0,
                use);
    }
}
