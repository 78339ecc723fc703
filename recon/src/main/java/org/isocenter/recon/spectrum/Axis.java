package org.isocenter.recon.spectrum;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * A plot's axis from {@code low} to {@code high} in shown units.
 *
 * @param scale shown units in one of the data's
 */
public record Axis(double low, double high, double scale) {
    /** Into so many steps, about, an axis is cut to find round ends. */
    private static final int STEPS = 5;

    /** Wide enough for all values; zero is on it when it is near. */
    public static Axis of(double scale, double[]... data) {
        double low = Double.POSITIVE_INFINITY;
        double high = Double.NEGATIVE_INFINITY;
        for (double[] values : data) {
            for (double value : values) {
                low = Math.min(low, value * scale);
                high = Math.max(high, value * scale);
            }
        }
        if (low > 0 && low < 0.5 * high) {
            low = 0;
        }
        if (!(high > low)) {
            low -= 1;
            high += 1;
        }
        return new Axis(low, high, scale);
    }

    /** For amounts: zero is on it, and it ends at round numbers, so that a little noise moves neither its numbers nor its grid. */
    public static Axis ofAmounts(double[]... data) {
        double[][] withZero = Arrays.copyOf(data, data.length + 1);
        withZero[data.length] = new double[1];
        Axis tight = of(1, withZero);
        double step = tight.step(STEPS);
        return new Axis(step * Math.floor(tight.low / step + 1e-9), step * Math.ceil(tight.high / step - 1e-9), 1);
    }

    /** 0 at the low end, 1 at the high one. */
    public double place(double shown) {
        return (shown - low) / (high - low);
    }

    /** About so many round numbers. */
    public List<Double> ticks(int about) {
        double step = step(about);
        List<Double> ticks = new ArrayList<>();
        for (double i = Math.ceil(low / step - 1e-9); i * step <= high + 1e-9 * step; i++) {
            ticks.add(i * step);
        }
        return ticks;
    }

    private double step(int about) {
        double raw = (high - low) / about;
        double power = Math.pow(10, Math.floor(Math.log10(raw)));
        double digit = raw / power;
        return power * (digit < 1.5 ? 1 : digit < 3.5 ? 2 : digit < 7.5 ? 5 : 10);
    }

    /** With as few digits as it needs. */
    public String text(double tick) {
        if (Math.abs(tick) < 1e-9 * (high - low)) {
            return "0";
        }
        double largest = Math.max(Math.abs(low), Math.abs(high));
        if (largest >= 1e5 || largest < 1e-2) {
            return String.format(Locale.ROOT, "%.1e", tick);
        }
        return String.format(Locale.ROOT, "%.4f", tick).replaceAll("0+$", "").replaceAll("\\.$", "");
    }
}
