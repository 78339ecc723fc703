package org.isocenter.sequence.design;

import org.isocenter.sequence.Gradient;
import org.isocenter.sequence.Waveform;

/** Moments of gradients, and lobes that null or make them. Pure functions; closed forms. */
public final class GradientMoments {
    private static final int DOUBLINGS = 40;

    private GradientMoments() {}

    /**
     * Two lobes of equal timing, one right after the other.
     *
     * @param lobe the timing of each
     * @param firstPerMeter area of the first, 1/m
     * @param secondPerMeter area of the second, 1/m
     */
    public record Pair(Lobe lobe, double firstPerMeter, double secondPerMeter) {
        public long durationPs() {
            return 2 * lobe.durationPs();
        }

        /** The first, at the start of its block; null for no area. */
        public Gradient.Trapezoid first() {
            return lobe.of(firstPerMeter);
        }

        /** The second, at the start of a block of its own; null for no area. */
        public Gradient.Trapezoid second() {
            return lobe.of(secondPerMeter);
        }
    }

    /** The first moment ∫ G(t)·(t - about) dt of a piecewise linear waveform, in s/m, exactly. */
    public static double firstMoment(Waveform waveform, long aboutPs) {
        long[] times = waveform.timesPs();
        double[] values = waveform.hertzPerMeter();
        double moment = 0;
        for (int i = 1; i < times.length; i++) {
            double from = (times[i - 1] - aboutPs) * 1e-12;
            double length = (times[i] - times[i - 1]) * 1e-12;
            double start = values[i - 1];
            double rise = values[i] - values[i - 1];
            moment += length * (from * (start + rise / 2) + length * (start / 2 + rise / 3));
        }
        return moment;
    }

    /**
     * The shortest pair with this area and this first moment about its end. For flow compensation (Bernstein, King and Zhou,
     * Handbook of MRI Pulse Sequences, 10.4) the pair goes before a readout or after a slice selection; its area is minus that of
     * what it compensates, its moment minus that one's, taken about the pair's end.
     *
     * @param areaPerMeter of both together
     * @param momentSecondsPerMeter first moment of both about the end of the second
     */
    public static Pair pair(GradientSystem system, double areaPerMeter, double momentSecondsPerMeter) {
        long step = system.grid().stepPs();
        long enough = 2;
        for (int i = 0; i < DOUBLINGS && !fits(system, enough * step, areaPerMeter, momentSecondsPerMeter); i++) {
            enough *= 2;
        }
        long tooFew = enough / 2;
        while (enough - tooFew > 1) {
            long middle = (enough + tooFew) / 2;
            if (fits(system, middle * step, areaPerMeter, momentSecondsPerMeter)) {
                enough = middle;
            } else {
                tooFew = middle;
            }
        }
        double[] areas = areas(enough * step, areaPerMeter, momentSecondsPerMeter);
        Lobe needed = system.shortest(Math.max(Math.abs(areas[0]), Math.abs(areas[1])));
        Lobe lobe = new Lobe(needed.rampPs(), enough * step - 2 * needed.rampPs());
        return new Pair(lobe, areas[0], areas[1]);
    }

    private static boolean fits(GradientSystem system, long lobePs, double area, double moment) {
        double[] areas = areas(lobePs, area, moment);
        return system.shortest(Math.max(Math.abs(areas[0]), Math.abs(areas[1]))).durationPs() <= lobePs;
    }

    /** Lobes of length D have their centres 3D/2 and D/2 before the end: S = A₁ + A₂, M = -3/2·D·A₁ - 1/2·D·A₂. */
    private static double[] areas(long lobePs, double area, double moment) {
        double length = lobePs * 1e-12;
        double first = -moment / length - area / 2;
        return new double[] {first, area - first};
    }

    /** The shortest lobe that dephases by so many cycles across a length: a spoiler, or either of two crushers. */
    public static Gradient.Trapezoid spoiler(GradientSystem system, double cycles, double acrossMeters) {
        double area = cycles / acrossMeters;
        return system.shortest(area).of(area);
    }

    /** The shortest lobe that takes back an area (1/m): a rewinder, or a slice's rephaser; null for no area. */
    public static Gradient.Trapezoid rewinder(GradientSystem system, double areaPerMeter) {
        return system.shortest(areaPerMeter).of(-areaPerMeter);
    }

    /** The area in 1/m under a part of a waveform: what ramp sampling reads, exactly. Times from the block's start. */
    public static double areaBetween(Waveform waveform, long fromPs, long toPs) {
        long[] times = waveform.timesPs();
        double[] values = waveform.hertzPerMeter();
        double area = 0;
        for (int i = 1; i < times.length; i++) {
            long from = Math.max(fromPs, times[i - 1]);
            long to = Math.min(toPs, times[i]);
            if (from < to) {
                double slope = (values[i] - values[i - 1]) / (times[i] - times[i - 1]);
                double middle = values[i - 1] + slope * ((from + to) / 2.0 - times[i - 1]);
                area += middle * (to - from);
            }
        }
        return area * 1e-12;
    }
}
