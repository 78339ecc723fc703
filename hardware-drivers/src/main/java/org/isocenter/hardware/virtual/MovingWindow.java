package org.isocenter.hardware.virtual;

/** What an ADC window does to the phases of moving spins, sample by sample since its reference moment. Immutable. */
final class MovingWindow {
    private final Window window;
    private final PhaseTurns[] turns;
    private final PhaseTurns[] rateTurns;
    private final double fromSeconds;
    private final double toSeconds;

    MovingWindow(Window window) {
        this.window = window;
        int samples = window.samples();
        fromSeconds = Math.min(0, window.sampleSeconds(0));
        toSeconds = Math.max(0, window.sampleSeconds(samples - 1));
        turns = new PhaseTurns[samples];
        rateTurns = new PhaseTurns[samples];
        double[] t = new double[samples];
        double[][] k = new double[3][samples];
        double[][] byRate = new double[3][];
        for (int n = 0; n < samples; n++) {
            t[n] = window.sampleSeconds(n);
            for (int axis = 0; axis < 3; axis++) {
                k[axis][n] = window.turnsPerMeter(axis, n);
            }
        }
        for (int axis = 0; axis < 3; axis++) {
            byRate[axis] = byRate(k[axis], t);
        }
        for (int n = 0; n < samples; n++) {
            turns[n] = new PhaseTurns(k[0][n], k[1][n], k[2][n], t[n], window.quadraticTurns(n));
            rateTurns[n] = new PhaseTurns(byRate[0][n], byRate[1][n], byRate[2][n], 0.5 * t[n] * t[n], null);
        }
    }

    /** ∫G·t dt = k·t - ∫k dt since the reference moment, at which k and t are 0. */
    private static double[] byRate(double[] k, double[] t) {
        double[] result = new double[k.length];
        int after = 0;
        while (after < t.length && t[after] < 0) {
            after++;
        }
        double sum = 0;
        for (int n = after; n < t.length; n++) {
            boolean first = n == after;
            sum += 0.5 * (k[n] + (first ? 0 : k[n - 1])) * (t[n] - (first ? 0 : t[n - 1]));
            result[n] = k[n] * t[n] - sum;
        }
        sum = 0;
        for (int n = after - 1; n >= 0; n--) {
            boolean first = n == after - 1;
            sum += 0.5 * (k[n] + (first ? 0 : k[n + 1])) * (t[n] - (first ? 0 : t[n + 1]));
            result[n] = k[n] * t[n] - sum;
        }
        return result;
    }

    Window window() {
        return window;
    }

    int samples() {
        return turns.length;
    }

    /** Of the places at the reference moment. */
    PhaseTurns turns(int sample) {
        return turns[sample];
    }

    /** Of the velocities. */
    PhaseTurns rateTurns(int sample) {
        return rateTurns[sample];
    }

    /** The first moment that matters, from the reference moment; the last is {@link #toSeconds}. */
    double fromSeconds() {
        return fromSeconds;
    }

    double toSeconds() {
        return toSeconds;
    }
}
