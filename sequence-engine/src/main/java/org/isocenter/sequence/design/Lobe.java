package org.isocenter.sequence.design;

import org.isocenter.sequence.Gradient;

/** The timing of a trapezoid whose area is still open: phase-encoding lobes share one and differ in amplitude. */
public record Lobe(long rampPs, long flatPs) {
    /** Areas below this (1/m) are nothing: a millionth of a turn over a metre. */
    private static final double NOTHING = 1e-6;

    public long durationPs() {
        return 2 * rampPs + flatPs;
    }

    /** ∫g² of the trapezoid with this area, in Hz²·s/m²: what its concomitant field goes with. */
    public double energy(double areaPerMeter) {
        double seconds = (rampPs + flatPs) * 1e-12;
        return areaPerMeter * areaPerMeter * (flatPs + 2.0 / 3 * rampPs) * 1e-12 / (seconds * seconds);
    }

    /** The trapezoid with this area, at the start of its block; null, no event, for no area. */
    public Gradient.Trapezoid of(double areaPerMeter) {
        if (Math.abs(areaPerMeter) < NOTHING) {
            return null;
        }
        return new Gradient.Trapezoid(areaPerMeter / ((rampPs + flatPs) * 1e-12), rampPs, flatPs, rampPs, 0);
    }
}
