package org.isocenter.sequence.design;

import org.isocenter.model.SystemLimits;
import org.isocenter.sequence.Rasters;

/**
 * The rasters that sequences are designed on: Pulseq's customary ones (10 µs for gradients and blocks, 1 µs for RF, 100 ns for
 * the ADC), or the next multiple of the system's. A system with finer rasters gains nothing from finer stairs, and a file on
 * the customary ones plays on other scanners too.
 */
public final class DesignRasters {
    private static final long GRADIENT_PS = 10_000_000;
    private static final long RF_PS = 1_000_000;
    private static final long ADC_PS = 100_000;

    private DesignRasters() {}

    public static Rasters of(SystemLimits limits) {
        Rasters system = Rasters.of(limits);
        return new Rasters(
                multiple(system.gradientPs(), GRADIENT_PS),
                multiple(system.rfPs(), RF_PS),
                multiple(system.adcPs(), ADC_PS),
                multiple(system.blockPs(), GRADIENT_PS));
    }

    private static long multiple(long systemPs, long customaryPs) {
        return (customaryPs + systemPs - 1) / systemPs * systemPs;
    }
}
