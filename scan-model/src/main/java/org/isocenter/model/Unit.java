package org.isocenter.model;

import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What a parameter measures. Values are SI inside; {@link #display} and {@link #parse} convert at the edge. */
public enum Unit {
    SECOND("ms", 1e-3, Map.of("s", 1.0, "ms", 1e-3, "us", 1e-6, "µs", 1e-6)),
    METER("mm", 1e-3, Map.of("m", 1.0, "cm", 1e-2, "mm", 1e-3)),
    RADIAN("deg", Math.PI / 180, Map.of("deg", Math.PI / 180, "°", Math.PI / 180, "rad", 1.0)),
    HERTZ("kHz", 1e3, Map.of("Hz", 1.0, "kHz", 1e3, "MHz", 1e6)),
    /** Of diffusion weightings. */
    SECOND_PER_SQUARE_METER("s/mm²", 1e6, Map.of("s/mm²", 1e6, "s/mm2", 1e6, "s/m²", 1.0)),
    /** A pure number or a count: takes no unit. */
    NONE("", 1, Map.of()),
    PERCENT("%", 1e-2, Map.of("%", 1e-2));

    private final String displaySymbol;
    private final double displayScale;
    private final Map<String, Double> symbols;

    Unit(String displaySymbol, double displayScale, Map<String, Double> symbols) {
        this.displaySymbol = displaySymbol;
        this.displayScale = displayScale;
        this.symbols = symbols;
    }

    /** The symbol that people read beside the number. */
    public String displaySymbol() {
        return displaySymbol;
    }

    /** SI units in one display unit: 1e-3 for ms. */
    public double displayScale() {
        return displayScale;
    }

    /** "20 ms" for 0.02 s: up to six significant digits, no trailing zeros, a point as decimal sign. */
    public String display(double si) {
        String number = displayNumber(si);
        return displaySymbol.isEmpty() ? number : number + " " + displaySymbol;
    }

    /** "20" for 0.02 s. */
    public String displayNumber(double si) {
        double shown = si / displayScale;
        if (shown == Math.rint(shown) && Math.abs(shown) < 1e15) {
            return Long.toString((long) shown);
        }
        String text = String.format(Locale.ROOT, "%.6g", shown);
        if (text.contains("e")) {
            return text;
        }
        return text.contains(".") ? text.replaceAll("0+$", "").replaceAll("\\.$", "") : text;
    }

    /**
     * The SI value of "20ms", "20 ms" or "0.02s"; of a bare number only where no unit is needed.
     *
     * @throws IllegalArgumentException with a message for the user
     */
    public double parse(String text) {
        String trimmed = text.strip();
        int end = trimmed.length();
        while (end > 0 && !Character.isDigit(trimmed.charAt(end - 1)) && trimmed.charAt(end - 1) != '.') {
            end--;
        }
        String symbol = trimmed.substring(end).strip();
        double number;
        try {
            number = Double.parseDouble(trimmed.substring(0, end));
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("'" + text + "' is not a number" + hint(), e);
        }
        if (!Double.isFinite(number)) {
            throw new IllegalArgumentException("'" + text + "' is not a finite number" + hint());
        }
        if (symbol.isEmpty() && this == NONE) {
            return number;
        }
        Double scale = symbols.get(symbol);
        if (scale == null) {
            String what = symbol.isEmpty() ? "needs a unit" : "has the unit '" + symbol + "', which does not fit";
            throw new IllegalArgumentException("'" + text + "' " + what + hint());
        }
        // Dividing by an exact power keeps 20 ms at exactly 0.02 s.
        return scale < 1 && this != RADIAN ? number / Math.rint(1 / scale) : number * scale;
    }

    private String hint() {
        if (this == NONE) {
            return ": write a plain number, e.g. 4";
        }
        List<String> known = symbols.keySet().stream().sorted().toList();
        return ": write e.g. 20" + displaySymbol + " (" + String.join(", ", known) + ")";
    }
}
