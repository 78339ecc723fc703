package org.isocenter.hardware;

import org.isocenter.model.SystemLimits;
import org.isocenter.sequence.compile.EventTable;

/** Compares the limits that a table was checked against with those of the scanner that is to play it. */
public final class TableLimits {
    private static final double ROUNDING = 1e-9;

    private TableLimits() {}

    /** Throws with kind REFUSED when the table was checked for a scanner that can do more than this one, or is another. */
    public static void refuseIfBeyond(EventTable table, SystemLimits own, String device) throws ScannerException {
        SystemLimits t = table.limits();
        atMost("gradient", t.gradientHertzPerMeter(), own.gradientHertzPerMeter(), "Hz/m", device);
        atMost("slew rate", t.slewHertzPerMeterPerSecond(), own.slewHertzPerMeterPerSecond(), "Hz/m/s", device);
        atMost("RF peak", t.rfPeakHertz(), own.rfPeakHertz(), "Hz", device);
        atMost("RF duty", t.rfDutyFraction(), own.rfDutyFraction(), "of the time", device);
        atMost("frequency offset", t.maxFrequencyOffsetHertz(), own.maxFrequencyOffsetHertz(), "Hz", device);
        atLeast("RF dead time", t.rfDeadSeconds(), own.rfDeadSeconds(), "s", device);
        atLeast("RF ring-down time", t.rfRingdownSeconds(), own.rfRingdownSeconds(), "s", device);
        atLeast("ADC dead time", t.adcDeadSeconds(), own.adcDeadSeconds(), "s", device);
        same("field", t.fieldTesla(), own.fieldTesla(), "T", device);
        same("gyromagnetic ratio", t.gammaHertzPerTesla(), own.gammaHertzPerTesla(), "Hz/T", device);
        same("event clock", table.clockHertz(), own.clockHertz(), "Hz", device);
    }

    private static void atMost(String what, double table, double own, String unit, String device)
            throws ScannerException {
        if (table > own * (1 + ROUNDING)) {
            throw refused(what, table, "allows at most", own, unit, device);
        }
    }

    private static void atLeast(String what, double table, double own, String unit, String device)
            throws ScannerException {
        if (table < own * (1 - ROUNDING)) {
            throw refused(what, table, "needs at least", own, unit, device);
        }
    }

    private static void same(String what, double table, double own, String unit, String device)
            throws ScannerException {
        if (Math.abs(table - own) > own * ROUNDING) {
            throw refused(what, table, "has", own, unit, device);
        }
    }

    private static ScannerException refused(
            String what, double table, String verb, double own, String unit, String device) {
        return new ScannerException(
                ScannerException.Kind.REFUSED,
                device,
                "the sequence was checked for a " + what + " of " + table + " " + unit + ", this scanner " + verb + " "
                        + own + " " + unit + ": check it with this scanner's limits");
    }
}
