package org.isocenter.recon.spectrum;

import java.util.Locale;

/**
 * One measured figure.
 *
 * @param name for scripts: "t2"
 * @param label for people: "T2"
 * @param value SI; NaN when it could not be found
 * @param error standard error in the same unit; NaN when it is not known
 * @param unit "s", "Hz", "dB", or "" for a pure number
 */
public record Figure(String name, String label, double value, double error, String unit) {

    static Figure of(String name, String label, double value, String unit) {
        return new Figure(name, label, value, Double.NaN, unit);
    }

    /** "T2 210.1 ± 0.3 ms". */
    public String text() {
        boolean time = unit.equals("s");
        double scale = time ? 1e3 : 1;
        String shown = time ? " ms" : unit.isEmpty() ? "" : " " + unit;
        String plusMinus = Double.isFinite(error) ? String.format(Locale.ROOT, " ± %.2g", error * scale) : "";
        return Double.isFinite(value)
                ? String.format(Locale.ROOT, "%s %.5g%s%s", label, value * scale, plusMinus, shown)
                : label + " unknown";
    }
}
