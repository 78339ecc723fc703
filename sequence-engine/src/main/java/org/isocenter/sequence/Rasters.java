package org.isocenter.sequence;

import org.isocenter.model.SystemLimits;

/** The four rasters of a sequence, in picoseconds. */
public record Rasters(long gradientPs, long rfPs, long adcPs, long blockPs) {
    /** What every reader assumes for files older than 1.4. */
    public static final Rasters BEFORE_1_4 = new Rasters(10_000_000, 1_000_000, 100_000, 10_000_000);

    public static Rasters of(SystemLimits limits) {
        return new Rasters(
                ps(limits.gradientRasterSeconds()),
                ps(limits.rfRasterSeconds()),
                ps(limits.adcRasterSeconds()),
                ps(limits.blockRasterSeconds()));
    }

    /** Seconds as whole picoseconds. */
    public static long ps(double seconds) {
        return Math.round(seconds * 1e12);
    }
}
