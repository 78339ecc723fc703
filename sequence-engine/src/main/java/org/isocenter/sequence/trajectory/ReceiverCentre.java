package org.isocenter.sequence.trajectory;

import org.isocenter.model.Vec3;
import org.isocenter.sequence.Adc;

/**
 * Where the receiver looks: its frequency and phase over each window must follow 2πk·r for the centre r of the field of view.
 * Gathers windows of different directions and solves for r by least squares.
 */
final class ReceiverCentre {
    /** Of the sum's scale: directions in which k hardly moves tell nothing. */
    private static final double LEAST_SHARE = 1e-6;
    /** Share of the phases' power that no centre explains, above which the receiver did not follow one. */
    private static final double UNEXPLAINED = 0.01;

    private final Vec3[] axes;
    private final double[][] products;
    private final double[] projections;
    private double power;

    /** @param axes along which k moves: two or three, orthonormal */
    ReceiverCentre(Vec3... axes) {
        this.axes = axes;
        products = new double[axes.length][axes.length];
        projections = new double[axes.length];
    }

    /** Takes one window, by its first and last sample. */
    void add(Vec3 chord, Adc adc, double larmorHertz) {
        int last = adc.samples() - 1;
        double turns = adc.frequencyOffsetHertz(larmorHertz) * last * adc.dwellPs() * 1e-12;
        if (adc.phaseShapeRadians() != null) {
            turns += unwrapped(adc) / (2 * Math.PI);
        }
        double[] moved = new double[axes.length];
        for (int i = 0; i < axes.length; i++) {
            moved[i] = chord.dot(axes[i]);
        }
        for (int i = 0; i < axes.length; i++) {
            projections[i] += moved[i] * turns;
            for (int j = 0; j < axes.length; j++) {
                products[i][j] += moved[i] * moved[j];
            }
        }
        power += turns * turns;
    }

    /** How far the phase shape turns from its first sample to its last. */
    private static double unwrapped(Adc adc) {
        double sum = 0;
        for (int i = 1; i < adc.samples(); i++) {
            double step =
                    adc.phaseShapeRadians().at(i) - adc.phaseShapeRadians().at(i - 1);
            sum += Math.IEEEremainder(step, 2 * Math.PI);
        }
        return sum;
    }

    /** The centre's distance from the isocentre along each of the axes; null when the receiver follows none. */
    Vec3 center() {
        int n = axes.length;
        double[][] a = new double[n][n + 1];
        double scale = 0;
        for (int i = 0; i < n; i++) {
            System.arraycopy(products[i], 0, a[i], 0, n);
            a[i][n] = projections[i];
            scale = Math.max(scale, products[i][i]);
        }
        // Directions without movement keep a centre of zero.
        for (int i = 0; i < n; i++) {
            a[i][i] += LEAST_SHARE * scale + Double.MIN_NORMAL;
        }
        for (int i = 0; i < n; i++) {
            for (int row = i + 1; row < n; row++) {
                double factor = a[row][i] / a[i][i];
                for (int column = i; column <= n; column++) {
                    a[row][column] -= factor * a[i][column];
                }
            }
        }
        double[] solution = new double[n];
        for (int i = n - 1; i >= 0; i--) {
            double rest = a[i][n];
            for (int column = i + 1; column < n; column++) {
                rest -= a[i][column] * solution[column];
            }
            solution[i] = rest / a[i][i];
        }
        double explained = 0;
        Vec3 center = Vec3.ZERO;
        for (int i = 0; i < n; i++) {
            explained += solution[i] * projections[i];
            center = center.plus(axes[i].scaled(solution[i]));
        }
        return power - explained > UNEXPLAINED * power ? null : center;
    }
}
