package org.isocenter.sequence.design;

import org.isocenter.sequence.Rasters;

/**
 * The steps that block durations and gradient corners can take: the least common multiple of the gradient, block and RF
 * rasters, so that any multiple may stand for any of them.
 *
 * @param stepPs the step
 * @param rasters the rasters behind it
 */
public record Grid(long stepPs, Rasters rasters) {
    public static Grid of(Rasters rasters) {
        long step = leastCommonMultiple(rasters.gradientPs(), rasters.blockPs());
        return new Grid(leastCommonMultiple(step, rasters.rfPs()), rasters);
    }

    static long leastCommonMultiple(long a, long b) {
        long x = a;
        long y = b;
        while (y != 0) {
            long rest = x % y;
            x = y;
            y = rest;
        }
        return a / x * b;
    }

    /** The smallest multiple that is no less; {@code ps >= 0}. */
    public long up(long ps) {
        return (ps + stepPs - 1) / stepPs * stepPs;
    }

    /** As {@link #up(long)}; a share of 1e-9 of a step above a multiple is taken for rounding. */
    public long up(double seconds) {
        return (long) Math.ceil(seconds * 1e12 / stepPs - 1e-9) * stepPs;
    }

    /** The largest multiple that is no more; {@code ps >= 0}. */
    public long down(long ps) {
        return ps / stepPs * stepPs;
    }

    /** The nearest multiple of the RF raster, where ADC windows may start. */
    public long nearestRf(long ps) {
        long raster = rasters.rfPs();
        return Math.floorDiv(ps + raster / 2, raster) * raster;
    }

    /** The smallest multiple of the RF raster that is no less. */
    public long upRf(long ps) {
        long raster = rasters.rfPs();
        return (ps + raster - 1) / raster * raster;
    }
}
