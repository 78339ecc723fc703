package org.isocenter.hardware.marcos;

import java.util.Arrays;

/**
 * Makes samples at the times that were asked for of those that the receiver took, which come at other times, or more often, and
 * through a filter. Each is a weighted sum of its neighbours: the one with the least squared error for what is to be expected, which
 * is white noise at all frequencies, and in the middle of the band that was asked for a signal far above it: there lies what is scanned, which
 * is received with a band wider than itself. So noise from outside the band is left out and that in it is kept, and at the edges of a window, where the
 * neighbours lie on one side, it does not grow. Tones in the middle third of the band are true to 1e-3 but for a window's first and last four samples,
 * and there to 7e-3. Immutable.
 */
final class Resampling {
    /** Of rounding against the signal, for the balance of the two. */
    private static final double ROUNDING = 1e-8;

    /** What is expected at a frequency of which there is no more to say than that there is noise, against a signal in the middle of the band. */
    private static final double NOISE = 1e-4;

    /** The same in the band that was asked for, where there may be signal too. */
    private static final double BAND = 1e-3;

    private static final int TONES = 256;
    /** Neighbours on both sides together, in samples asked for. */
    private static final int REACH = 24;

    private final int taps;
    private final int[] first;
    private final double[] weights;

    /**
     * @param filterStages of the receiver's CIC filter, whose droop is made up for; 0 for samples as they are
     */
    Resampling(ReceiveWindow window, int filterStages) {
        double step = window.decimation() / window.dwellClocks();
        taps = Math.min(window.used(), (int) Math.ceil(REACH / step));
        first = new int[window.samples()];
        weights = new double[window.samples() * taps];
        // Up to half the receiver's rate; the first of them are the band that was asked for.
        int all = Math.max(TONES, (int) (TONES / step));
        double[] tone = new double[all];
        double[] gain = new double[all];
        double[] weight = new double[all];
        for (int k = 0; k < all; k++) {
            tone[k] = 0.5 * (k + 0.5) / TONES;
            gain[k] = droop(tone[k] * step, filterStages);
            weight[k] = weight(tone[k], step);
        }
        double[][] factor = factor(step, tone, gain, weight);
        double[] right = new double[taps];
        for (int n = 0; n < first.length; n++) {
            double at = (n + 0.5) / step - 0.5;
            first[n] = (int) Math.max(0, Math.min(window.used() - taps, Math.round(at - 0.5 * (taps - 1))));
            Arrays.fill(right, 0);
            for (int k = 0; k < TONES; k++) { // of those beyond the band nothing is wanted
                double radians = 2 * Math.PI * tone[k] * step;
                addTone(right, weight[k] * gain[k], radians * (first[n] - at), radians);
            }
            solve(factor, right);
            System.arraycopy(right, 0, weights, n * taps, taps);
        }
    }

    /** Adds amplitude · cos(start + j·turn). */
    private static void addTone(double[] to, double amplitude, double start, double turn) {
        double re = amplitude * Math.cos(start);
        double im = amplitude * Math.sin(start);
        double cos = Math.cos(turn);
        double sin = Math.sin(turn);
        for (int j = 0; j < to.length; j++) {
            to[j] += re;
            double turned = re * cos - im * sin;
            im = re * sin + im * cos;
            re = turned;
        }
    }

    /** What is expected at so many turns per sample that is asked for. Of one sample for one nothing beyond the band can be told from what is in it. */
    private static double weight(double tone, double step) {
        if (tone >= 0.5) {
            return NOISE;
        }
        return step < 0.5
                ? Math.pow(Math.cos(Math.PI * tone), 8) + BAND
                : Math.pow(Math.cos(Math.PI * tone), 4) + NOISE;
    }

    private static double droop(double ofRate, int stages) {
        double x = Math.PI * ofRate;
        return stages == 0 ? 1 : Math.pow(Math.sin(x) / x, stages);
    }

    /** Cholesky's of how alike two neighbours are, which depends on their distance only. */
    private double[][] factor(double step, double[] tone, double[] gain, double[] weight) {
        double[] alike = new double[taps];
        for (int k = 0; k < tone.length; k++) {
            addTone(alike, weight[k] * gain[k] * gain[k], 0, 2 * Math.PI * tone[k] * step);
        }
        alike[0] *= 1 + ROUNDING;
        double[][] factor = new double[taps][];
        for (int i = 0; i < taps; i++) {
            factor[i] = new double[i + 1];
            for (int j = 0; j <= i; j++) {
                double sum = alike[i - j];
                for (int k = 0; k < j; k++) {
                    sum -= factor[i][k] * factor[j][k];
                }
                factor[i][j] = i == j ? Math.sqrt(sum) : sum / factor[j][j];
            }
        }
        return factor;
    }

    private static void solve(double[][] factor, double[] x) {
        for (int i = 0; i < x.length; i++) {
            double sum = x[i];
            for (int k = 0; k < i; k++) {
                sum -= factor[i][k] * x[k];
            }
            x[i] = sum / factor[i][i];
        }
        for (int i = x.length - 1; i >= 0; i--) {
            x[i] /= factor[i][i];
            for (int k = 0; k < i; k++) {
                x[k] -= factor[i][k] * x[i];
            }
        }
    }

    /** One sample asked for, of a window's samples that begin at {@code offset}. */
    double sample(int n, double[] received, int offset) {
        double sum = 0;
        int from = offset + first[n];
        for (int j = 0; j < taps; j++) {
            sum += weights[n * taps + j] * received[from + j];
        }
        return sum;
    }
}
