package org.isocenter.sequence.design;

import java.util.function.LongFunction;
import org.isocenter.sequence.Gradient;

/**
 * The pair of trapezoids, one on either side of the refocusing pulse, that weights a spin echo by diffusion (Stejskal and
 * Tanner 1965). Timing is shared by all weightings of a scan, and so is the signal's decay by T2; the amplitude makes the b-value.
 *
 * @param rampPs from nothing to the amplitude
 * @param flatPs at the amplitude
 * @param separationPs from the start of the first to the start of the second
 */
public record DiffusionLobes(long rampPs, long flatPs, long separationPs) {
    public DiffusionLobes {
        if (flatPs < 0 || separationPs < 2 * rampPs + flatPs) {
            throw new IllegalArgumentException(
                    "a flat top of " + flatPs + " ps, lobes " + separationPs + " ps after one another");
        }
    }

    /** The longest lobe that fits into this time; its flat top may be missing, then the time is too short: null. */
    public static DiffusionLobes filling(long durationPs, long separationPs, long rampPs) {
        long flat = durationPs - 2 * rampPs;
        return flat < 0 ? null : new DiffusionLobes(rampPs, flat, separationPs);
    }

    /**
     * The shortest time in which the strongest lobes reach a b-value.
     *
     * @param inTime the lobes that fit into a time, or null
     * @param fromPs shorter than that it cannot be
     * @param toPs long enough
     */
    public static long shortest(
            LongFunction<DiffusionLobes> inTime,
            long fromPs,
            long toPs,
            double strongestHertzPerMeter,
            double bSecondsPerSquareMeter,
            Grid grid) {
        long tooShort = fromPs / grid.stepPs();
        long enough = toPs / grid.stepPs();
        while (enough - tooShort > 1) {
            long middle = (enough + tooShort) / 2;
            DiffusionLobes lobes = inTime.apply(middle * grid.stepPs());
            if (lobes != null && lobes.bSecondsPerSquareMeter(strongestHertzPerMeter) >= bSecondsPerSquareMeter) {
                enough = middle;
            } else {
                tooShort = middle;
            }
        }
        return enough * grid.stepPs();
    }

    public long durationPs() {
        return 2 * rampPs + flatPs;
    }

    /**
     * The b-value in s/m² of these lobes alone, ramps included: (2πG)²·(δ²(Δ−δ/3) + ε³/30 − δε²/6) with δ the flat top and one
     * ramp, ε a ramp (Bernstein, King and Zhou 2004, table 9.3). What imaging gradients add is left out; see
     * {@code DiffusionWeighting} for the whole.
     */
    public double bSecondsPerSquareMeter(double amplitudeHertzPerMeter) {
        double ramp = rampPs * 1e-12;
        double delta = (rampPs + flatPs) * 1e-12;
        double separation = separationPs * 1e-12;
        double q = 2 * Math.PI * amplitudeHertzPerMeter;
        return q * q * (delta * delta * (separation - delta / 3) + ramp * ramp * ramp / 30 - delta * ramp * ramp / 6);
    }

    /** The amplitude that gives a b-value. */
    public double amplitudeHertzPerMeter(double bSecondsPerSquareMeter) {
        return Math.sqrt(bSecondsPerSquareMeter / bSecondsPerSquareMeter(1));
    }

    /** One of the lobes, on one axis, at the start of its block; null for no amplitude. */
    public Gradient.Trapezoid lobe(double amplitudeHertzPerMeter) {
        return amplitudeHertzPerMeter == 0
                ? null
                : new Gradient.Trapezoid(amplitudeHertzPerMeter, rampPs, flatPs, rampPs, 0);
    }
}
