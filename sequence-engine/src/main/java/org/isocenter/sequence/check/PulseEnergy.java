package org.isocenter.sequence.check;

import java.util.Arrays;
import org.isocenter.sequence.Rasters;
import org.isocenter.sequence.RfPulse;

/**
 * How the energy ∫|B1|²dt of one pulse grows while it is played. As played, a sample holds for its raster interval, and
 * samples at times of their own are joined by straight lines in the complex plane; between two such times the power is taken
 * as its mean.
 */
final class PulseEnergy {
    /** Times from the pulse's start, rising; the first is 0. */
    private final long[] timesPs;
    /** Energy up to each time, in Hz² s (γB1/2π squared). */
    private final double[] energy;

    private final double peakHertz;

    private PulseEnergy(long[] timesPs, double[] energy, double peakHertz) {
        this.timesPs = timesPs;
        this.energy = energy;
        this.peakHertz = peakHertz;
    }

    static PulseEnergy of(RfPulse pulse, Rasters rasters) {
        double largest = 0;
        for (double sample : pulse.magnitude().samples()) {
            largest = Math.max(largest, Math.abs(sample));
        }
        int n = pulse.magnitude().length();
        long[] times = new long[n + 2];
        double[] power = new double[n + 2]; // until the time with the same index
        double scale = pulse.amplitudeHertz() * pulse.amplitudeHertz();
        int corners = 1;
        for (int i = 0; i < n; i++) {
            long time;
            double now;
            if (pulse.timeRaster() == null) {
                time = (i + 1) * rasters.rfPs();
                now = scale * pulse.magnitude().at(i) * pulse.magnitude().at(i);
            } else {
                time = Math.round(pulse.timeRaster().at(i) * rasters.rfPs());
                now = scale * meanSquare(pulse, Math.max(0, i - 1), i);
            }
            corners = extend(times, power, corners, time, now);
        }
        if (pulse.timeRaster() != null) {
            double held = scale * meanSquare(pulse, n - 1, n - 1);
            corners = extend(times, power, corners, pulse.shapeDurationPs(rasters), held);
        }
        double[] energy = new double[corners];
        for (int i = 1; i < corners; i++) {
            energy[i] = energy[i - 1] + power[i] * (times[i] - times[i - 1]) * 1e-12;
        }
        return new PulseEnergy(Arrays.copyOf(times, corners), energy, largest * Math.abs(pulse.amplitudeHertz()));
    }

    /** The power holds until this time; what goes on with the same power is no new corner. */
    private static int extend(long[] times, double[] power, int corners, long time, double now) {
        if (time <= times[corners - 1]) {
            return corners;
        }
        boolean same = corners > 1 && power[corners - 1] == now;
        int at = same ? corners - 1 : corners;
        times[at] = time;
        power[at] = now;
        return at + 1;
    }

    /** Mean of |a + (b−a)x|² for x from 0 to 1. */
    private static double meanSquare(RfPulse pulse, int a, int b) {
        double from = pulse.magnitude().at(a);
        double to = pulse.magnitude().at(b);
        double turn = pulse.phaseCycles() == null
                ? 1
                : Math.cos(2
                        * Math.PI
                        * (pulse.phaseCycles().at(b) - pulse.phaseCycles().at(a)));
        return (from * from + to * to + from * to * turn) / 3;
    }

    double peakHertz() {
        return peakHertz;
    }

    long durationPs() {
        return timesPs[timesPs.length - 1];
    }

    double total() {
        return energy[energy.length - 1];
    }

    /** Up to a time from the pulse's start; 0 before it, all after its end. */
    double until(long ps) {
        if (ps <= 0) {
            return 0;
        }
        if (ps >= durationPs()) {
            return total();
        }
        return onLine(after(ps), ps);
    }

    /**
     * The largest gain of a window that moves: {@code entering.until(x) − leaving.until(x + shift)} over x between two times.
     * Both grow along straight lines, so that the largest gain is at a corner of either.
     */
    static double largestGain(PulseEnergy entering, PulseEnergy leaving, long shiftPs, long fromPs, long toPs) {
        double best = entering.until(fromPs) - leaving.until(fromPs + shiftPs);
        int i = entering.after(fromPs);
        int j = leaving.after(fromPs + shiftPs);
        long x = fromPs;
        while (x < toPs) {
            long next = toPs;
            if (i < entering.timesPs.length) {
                next = Math.min(next, entering.timesPs[i]);
            }
            if (j < leaving.timesPs.length) {
                next = Math.min(next, leaving.timesPs[j] - shiftPs);
            }
            x = next;
            best = Math.max(best, entering.onLine(i, x) - leaving.onLine(j, x + shiftPs));
            while (i < entering.timesPs.length && entering.timesPs[i] <= x) {
                i++;
            }
            while (j < leaving.timesPs.length && leaving.timesPs[j] - shiftPs <= x) {
                j++;
            }
        }
        return best;
    }

    /** The first corner after a time. */
    private int after(long ps) {
        int at = Arrays.binarySearch(timesPs, ps);
        return at >= 0 ? at + 1 : -at - 1;
    }

    /** Energy at a time on the line that ends at this corner. */
    private double onLine(int corner, long ps) {
        if (corner <= 0) {
            return 0;
        }
        if (corner >= timesPs.length) {
            return total();
        }
        double share = (double) (ps - timesPs[corner - 1]) / (timesPs[corner] - timesPs[corner - 1]);
        return energy[corner - 1] + share * (energy[corner] - energy[corner - 1]);
    }
}
