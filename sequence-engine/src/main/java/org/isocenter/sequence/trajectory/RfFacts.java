package org.isocenter.sequence.trajectory;

import org.isocenter.sequence.Rasters;
import org.isocenter.sequence.RfPulse;

/** What an RF pulse does, from its shape. */
final class RfFacts {
    private static final double NEGLIGIBLE = 0.05;

    private RfFacts() {}

    /**
     * Flip angle on resonance in the small-tip sense, 2π·|∫γB1/2π dt|: exact for pulses that do not change their phase, an
     * estimate for others; NaN for a pulse that does next to nothing on resonance, such as one with several bands.
     */
    static double flipAngleRadians(RfPulse pulse, Rasters rasters) {
        double onResonance = magnitudeAt(pulse, rasters, 0);
        double all = 0;
        for (int i = 0; i < pulse.magnitude().length(); i++) {
            all += Math.abs(pulse.amplitudeHertz() * pulse.magnitude().at(i))
                    * rastersOf(pulse, i)
                    * rasters.rfPs()
                    * 1e-12;
        }
        return onResonance < NEGLIGIBLE * all ? Double.NaN : 2 * Math.PI * onResonance;
    }

    /**
     * Full width at half maximum of the small-tip profile, in Hz; NaN when the pulse is too short or odd to have one. The
     * transform is taken directly, a few hundred frequencies are enough.
     */
    static double bandwidthHertz(RfPulse pulse, Rasters rasters) {
        double duration = pulse.shapeDurationPs(rasters) * 1e-12;
        double peak = magnitudeAt(pulse, rasters, 0);
        double step = 0.05 / duration;
        for (int i = 1; i <= 400; i++) {
            double here = 0.5 * (magnitudeAt(pulse, rasters, i * step) + magnitudeAt(pulse, rasters, -i * step));
            if (here < 0.5 * peak) {
                return 2 * (i - 0.5) * step;
            }
        }
        return Double.NaN;
    }

    /** |∫ B1(t) e^{-i2πft} dt| in turns. */
    private static double magnitudeAt(RfPulse pulse, Rasters rasters, double hertz) {
        int n = pulse.magnitude().length();
        double raster = rasters.rfPs() * 1e-12;
        double re = 0;
        double im = 0;
        double phaseBefore = 0;
        double cos = 1;
        double sin = 0;
        for (int i = 0; i < n; i++) {
            double t =
                    (pulse.timeRaster() == null ? i + 0.5 : pulse.timeRaster().at(i)) * raster;
            double weight = raster * rastersOf(pulse, i);
            double phase =
                    (pulse.phaseCycles() == null ? 0 : pulse.phaseCycles().at(i)) - hertz * t;
            double area = pulse.amplitudeHertz() * pulse.magnitude().at(i) * weight;
            re += area * Math.cos(2 * Math.PI * phase);
            im += area * Math.sin(2 * Math.PI * phase);
        }
        return Math.hypot(re, im);
    }

    /** Length of time that a sample stands for, by the trapezoidal rule where the pulse has its own times. */
    private static double rastersOf(RfPulse pulse, int sample) {
        if (pulse.timeRaster() == null) {
            return 1;
        }
        int n = pulse.magnitude().length();
        double before = pulse.timeRaster().at(Math.max(sample - 1, 0));
        double after = pulse.timeRaster().at(Math.min(sample + 1, n - 1));
        return (after - before) / 2;
    }
}
