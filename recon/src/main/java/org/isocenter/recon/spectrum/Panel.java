package org.isocenter.recon.spectrum;

/**
 * A curve to look at, and measured points beside it. Arrays are not copied and must not be changed.
 *
 * @param name for scripts: "recovery"
 * @param xUnit "s" or "Hz"
 * @param x of the curve, increasing
 * @param y of the curve
 * @param pointX of the points; empty for none
 * @param pointY of the points
 */
public record Panel(String name, String xUnit, double[] x, double[] y, double[] pointX, double[] pointY) {
    private static final double[] NONE = {};

    static Panel curve(String name, String xUnit, double[] x, double[] y) {
        return new Panel(name, xUnit, x, y, NONE, NONE);
    }
}
