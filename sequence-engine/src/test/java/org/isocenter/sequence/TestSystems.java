package org.isocenter.sequence;

import java.util.List;
import org.isocenter.model.SystemLimits;

/** Limits of scanners for tests: round figures of four kinds of instrument. */
public final class TestSystems {
    public static final double GAMMA = 42_577_478.518;

    private TestSystems() {}

    /** A 47 mT head scanner with dead times. */
    public static SystemLimits lowField() {
        return system("low field", 0.047, 15, 50, 5_000, 0.3, 10, 100, 100, 20, 250e3, 1e9);
    }

    /** No dead times, strong gradients. */
    public static SystemLimits generous() {
        return system("generous", 0.047, 40, 200, 20_000, 1, 10, 0, 0, 0, 2e6, 1e9);
    }

    /** Weak gradients and RF, a clock that no raster divides. */
    public static SystemLimits weak() {
        return system("weak", 0.02, 6, 20, 2_000, 0.1, 10, 150, 200, 40, 100e3, 122.88e6);
    }

    /** 3 T with a 4 µs gradient raster. */
    public static SystemLimits highField() {
        return system("high field", 3, 33, 120, 900, 0.3, 4, 72, 54, 40, 250e3, 100e6);
    }

    /** As {@link #generous} with rasters so fine that almost any file fits. */
    public static SystemLimits fine() {
        SystemLimits g = generous();
        return new SystemLimits(
                "fine",
                g.fieldTesla(),
                GAMMA,
                g.gradientHertzPerMeter(),
                g.slewHertzPerMeterPerSecond(),
                g.rfPeakHertz(),
                1,
                1e-6,
                1e-6,
                1e-9,
                1e-6,
                0,
                0,
                0,
                g.maxFrequencyOffsetHertz(),
                1e9,
                1);
    }

    /** The same scanner with so many receive channels. */
    public static SystemLimits withReceiveChannels(SystemLimits s, int channels) {
        return new SystemLimits(
                s.name(),
                s.fieldTesla(),
                s.gammaHertzPerTesla(),
                s.gradientHertzPerMeter(),
                s.slewHertzPerMeterPerSecond(),
                s.rfPeakHertz(),
                s.rfDutyFraction(),
                s.gradientRasterSeconds(),
                s.rfRasterSeconds(),
                s.adcRasterSeconds(),
                s.blockRasterSeconds(),
                s.rfDeadSeconds(),
                s.rfRingdownSeconds(),
                s.adcDeadSeconds(),
                s.maxFrequencyOffsetHertz(),
                s.clockHertz(),
                channels);
    }

    public static List<SystemLimits> all() {
        return List.of(lowField(), generous(), weak(), highField());
    }

    private static SystemLimits system(
            String name,
            double tesla,
            double milliTesla,
            double slew,
            double rfHertz,
            double duty,
            int gradientRasterMicros,
            int deadMicros,
            int ringdownMicros,
            int adcDeadMicros,
            double offsetHertz,
            double clockHertz) {
        return new SystemLimits(
                name,
                tesla,
                GAMMA,
                milliTesla * 1e-3 * GAMMA,
                slew * GAMMA,
                rfHertz,
                duty,
                gradientRasterMicros * 1e-6,
                1e-6,
                1e-7,
                gradientRasterMicros * 1e-6,
                deadMicros * 1e-6,
                ringdownMicros * 1e-6,
                adcDeadMicros * 1e-6,
                offsetHertz,
                clockHertz,
                1);
    }
}
