package org.isocenter.hardware.instrument;

import java.util.Locale;
import org.isocenter.hardware.ScannerException;

/** What is checked of every sweep, whoever makes it. */
final class Sweeps {
    private Sweeps() {}

    static void refuseOutside(
            Exchange exchange, NetworkAnalyzer analyzer, double startHertz, double stopHertz, int points)
            throws ScannerException {
        if (!(startHertz >= analyzer.lowestHertz() && startHertz < stopHertz && stopHertz <= analyzer.highestHertz())) {
            throw exchange.refused(String.format(
                    Locale.ROOT,
                    "cannot sweep from %.6g to %.6g MHz; it can from %.6g to %.6g MHz",
                    startHertz / 1e6,
                    stopHertz / 1e6,
                    analyzer.lowestHertz() / 1e6,
                    analyzer.highestHertz() / 1e6));
        }
        if (points < 2 || points > analyzer.mostPoints()) {
            throw exchange.refused(
                    "cannot sweep with " + points + " points; it can with 2 to " + analyzer.mostPoints());
        }
    }

    /** A device that measured something else than it was told must not tune an antenna. */
    static void refuseStrange(Exchange exchange, Sweep sweep, double startHertz, double stopHertz)
            throws ScannerException {
        double step = (stopHertz - startHertz) / (sweep.points() - 1);
        for (int i = 0; i < sweep.points(); i++) {
            double expected = startHertz + i * step;
            double frequency = sweep.frequencyHertz()[i];
            double size = sweep.reflection(i) + Math.hypot(sweep.s21Real()[i], sweep.s21Imaginary()[i]);
            if (!(Math.abs(frequency - expected) <= sweep.points() && Double.isFinite(size))) {
                throw exchange.error(
                        ScannerException.Kind.PROTOCOL,
                        String.format(
                                Locale.ROOT,
                                "measured %s at point %d at %.9g Hz instead of %.9g Hz",
                                Double.isFinite(size) ? "something" : "no number",
                                i,
                                frequency,
                                expected),
                        null);
            }
        }
    }
}
