package org.isocenter.sequence.design;

import org.isocenter.model.Rotation;
import org.isocenter.model.SystemLimits;
import org.isocenter.model.Vec3;
import org.isocenter.sequence.Gradient;

/**
 * What gradients may do on each of a sequence's own axes.
 *
 * @param hertzPerMeter largest amplitude
 * @param hertzPerMeterPerSecond steepest slew
 * @param grid where corners may lie
 */
public record GradientSystem(double hertzPerMeter, double hertzPerMeterPerSecond, Grid grid) {

    /**
     * The share of the scanner's limits that each logical axis may use so that, turned by {@code rotation}, even all three at
     * their limits together stay within every physical axis: a physical axis sees at most the sum of the moduli of its row.
     */
    public static GradientSystem of(SystemLimits limits, Rotation rotation) {
        Vec3 x = rotation.apply(Vec3.X);
        Vec3 y = rotation.apply(Vec3.Y);
        Vec3 z = rotation.apply(Vec3.Z);
        double row = Math.max(
                Math.abs(x.x()) + Math.abs(y.x()) + Math.abs(z.x()),
                Math.max(
                        Math.abs(x.y()) + Math.abs(y.y()) + Math.abs(z.y()),
                        Math.abs(x.z()) + Math.abs(y.z()) + Math.abs(z.z())));
        return of(limits, row);
    }

    /**
     * The same for gradients of any direction in the read-phase plane, of no more than the limit together, and a slice gradient
     * beside them: what sequences need that turn their readouts about the slice axis.
     */
    public static GradientSystem turningInPlane(SystemLimits limits, Rotation rotation) {
        Vec3 normal = rotation.apply(Vec3.Z);
        double row = 0;
        for (double n : new double[] {normal.x(), normal.y(), normal.z()}) {
            row = Math.max(row, Math.abs(n) + Math.sqrt(Math.max(0, 1 - n * n)));
        }
        return of(limits, row);
    }

    /** The same for one gradient at a time, of any direction. */
    public static GradientSystem turningAnywhere(SystemLimits limits) {
        return of(limits, 1);
    }

    private static GradientSystem of(SystemLimits limits, double row) {
        return new GradientSystem(
                limits.gradientHertzPerMeter() / row,
                limits.slewHertzPerMeterPerSecond() / row,
                Grid.of(DesignRasters.of(limits)));
    }

    /** The shortest ramp from zero to this amplitude. */
    public long rampPs(double amplitudeHertzPerMeter) {
        return Math.max(grid.stepPs(), grid.up(Math.abs(amplitudeHertzPerMeter) / hertzPerMeterPerSecond));
    }

    /** A trapezoid that starts with its block, with the shortest ramps. */
    public Gradient.Trapezoid flatTop(double amplitudeHertzPerMeter, long flatPs, long delayPs) {
        long ramp = rampPs(amplitudeHertzPerMeter);
        return new Gradient.Trapezoid(amplitudeHertzPerMeter, ramp, flatPs, ramp, delayPs);
    }

    /** The shortest lobe that can have any area up to this. */
    public Lobe shortest(double areaPerMeter) {
        double area = Math.abs(areaPerMeter);
        double triangle = hertzPerMeter * hertzPerMeter / hertzPerMeterPerSecond;
        if (area <= triangle) {
            long ramp = Math.max(grid.stepPs(), grid.up(Math.sqrt(area / hertzPerMeterPerSecond)));
            return new Lobe(ramp, 0);
        }
        long ramp = rampPs(hertzPerMeter);
        long flat = Math.max(0, grid.up(area / hertzPerMeter - ramp * 1e-12));
        return new Lobe(ramp, flat);
    }

    /** The lobe of this length that can have any area up to this with the shortest ramps; the shortest one when that is longer. */
    public Lobe filling(double areaPerMeter, long durationPs) {
        Lobe least = shortest(areaPerMeter);
        return durationPs <= least.durationPs() ? least : lasting(Math.abs(areaPerMeter), grid.down(durationPs));
    }

    /** @param durationPs no shorter than that of the shortest lobe */
    private Lobe lasting(double area, long durationPs) {
        double seconds = durationPs * 1e-12;
        double root = Math.sqrt(Math.max(0, seconds * seconds - 4 * area / hertzPerMeterPerSecond));
        long ramp = Math.max(grid.stepPs(), grid.up((seconds - root) / 2));
        ramp = Math.min(ramp, grid.down(durationPs / 2));
        return new Lobe(ramp, durationPs - 2 * ramp);
    }

    /**
     * The lobe for this area whose ∫g² ({@link Lobe#energy}) comes nearest to the one wanted: the longer it takes, the less. No
     * longer than {@code longestPs}, unless even the shortest is.
     */
    public Lobe ofEnergy(double areaPerMeter, double energy, long longestPs) {
        double area = Math.abs(areaPerMeter);
        Lobe found = shortest(area);
        long duration = found.durationPs();
        // Nothing of a length has less than a rectangle: what is too short even as one need not be tried.
        double rectangle = Math.min(area * area / Math.max(energy, Double.MIN_NORMAL), longestPs * 1e-12);
        long skipped = (long) ((rectangle * 1e12 - duration) / grid.stepPs()) - 1;
        if (skipped > 0) {
            duration += skipped * grid.stepPs();
            found = lasting(area, duration);
        }
        while (found.energy(area) > energy && duration + grid.stepPs() <= longestPs) {
            duration += grid.stepPs();
            found = lasting(area, duration);
        }
        // Longer ramps in the same time need a higher plateau: smaller steps than those of the length.
        Lobe nearest = found;
        while (found.energy(area) < energy && found.flatPs() >= 2 * grid.stepPs()) {
            found = new Lobe(found.rampPs() + grid.stepPs(), found.flatPs() - 2 * grid.stepPs());
            if (Math.abs(found.energy(area) - energy) < Math.abs(nearest.energy(area) - energy)
                    && area / ((found.rampPs() + found.flatPs()) * 1e-12) <= hertzPerMeter) {
                nearest = found;
            }
        }
        return nearest;
    }
}
