package org.isocenter.sequence.design;

import java.util.ArrayList;
import java.util.List;

/**
 * The equiripple low-pass filter of linear phase and odd length (Parks and McClellan, IEEE Trans Circuit Theory 19:189, 1972):
 * the response is a polynomial in cos ω, and Remez's exchange finds the frequencies at which its weighted error is largest
 * and alternates. The polynomial is evaluated by the barycentric formula. Used once, by one thread.
 */
final class ParksMcClellan {
    private static final int POINTS_PER_EXTREMUM = 16;
    private static final int ROUNDS = 60;
    /** Extrema are as good as equal. */
    private static final double EQUAL = 1e-6;

    private final int taps;
    private final int extrema;
    private final double[] frequency;
    private final double[] wanted;
    private final double[] weight;
    private final int stopStart;
    private final int[] at;
    private final double[] x;
    private final double[] barycentric;
    private final double[] value;

    ParksMcClellan(int taps, double passEdge, double stopEdge, double passWeight, double stopWeight) {
        this.taps = taps;
        extrema = taps / 2 + 2;
        double step = 0.5 / (POINTS_PER_EXTREMUM * extrema);
        stopStart = Math.max(4, (int) Math.ceil(passEdge / step)) + 1;
        int stopPoints = (int) Math.ceil((0.5 - stopEdge) / step) + 1;
        int n = stopStart + stopPoints;
        frequency = new double[n];
        wanted = new double[n];
        weight = new double[n];
        for (int i = 0; i < n; i++) {
            boolean pass = i < stopStart;
            frequency[i] = pass
                    ? passEdge * i / (stopStart - 1)
                    : stopEdge + (0.5 - stopEdge) * (i - stopStart) / (stopPoints - 1);
            wanted[i] = pass ? 1 : 0;
            weight[i] = pass ? passWeight : stopWeight;
        }
        at = new int[extrema];
        for (int i = 0; i < extrema; i++) {
            at[i] = (int) Math.round((double) i * (n - 1) / (extrema - 1));
        }
        x = new double[extrema];
        barycentric = new double[extrema];
        value = new double[extrema];
    }

    /** @throws IllegalArgumentException when the bands are such that the exchange does not come to rest */
    double[] design() {
        double[] error = new double[frequency.length];
        for (int round = 0; round < ROUNDS; round++) {
            double level = Math.abs(interpolate());
            double largest = 0;
            for (int i = 0; i < error.length; i++) {
                error[i] = weight[i] * (wanted[i] - response(frequency[i]));
                largest = Math.max(largest, Math.abs(error[i]));
            }
            if (largest <= level * (1 + EQUAL)) {
                return impulseResponse();
            }
            exchange(error);
        }
        throw new IllegalArgumentException("no equiripple filter of " + taps + " taps was found for these bands");
    }

    /** Makes the error alternate with equal size at the present frequencies; returns that size. */
    private double interpolate() {
        for (int i = 0; i < extrema; i++) {
            x[i] = Math.cos(2 * Math.PI * frequency[at[i]]);
        }
        double above = 0;
        double below = 0;
        for (int i = 0; i < extrema; i++) {
            double product = 1;
            for (int j = 0; j < extrema; j++) {
                // Twice the distance: the interval's capacity is ½, so the product neither over- nor underflows.
                product *= j == i ? 1 : 2 * (x[i] - x[j]);
            }
            barycentric[i] = 1 / product;
            above += barycentric[i] * wanted[at[i]];
            below += barycentric[i] * (i % 2 == 0 ? 1 : -1) / weight[at[i]];
        }
        double level = above / below;
        for (int i = 0; i < extrema; i++) {
            value[i] = wanted[at[i]] - (i % 2 == 0 ? level : -level) / weight[at[i]];
        }
        return level;
    }

    private double response(double f) {
        double where = Math.cos(2 * Math.PI * f);
        double above = 0;
        double below = 0;
        for (int i = 0; i < extrema; i++) {
            double distance = where - x[i];
            if (distance == 0) {
                return value[i];
            }
            above += barycentric[i] / distance * value[i];
            below += barycentric[i] / distance;
        }
        return above / below;
    }

    /** The new frequencies: extrema of the error, alternating in sign, the smallest left out. */
    private void exchange(double[] error) {
        List<Integer> found = new ArrayList<>();
        int n = error.length;
        for (int i = 0; i < n; i++) {
            boolean first = i == 0 || i == stopStart;
            boolean last = i == n - 1 || i == stopStart - 1;
            double here = Math.abs(error[i]);
            boolean up = first || here >= Math.signum(error[i]) * error[i - 1];
            boolean down = last || here > Math.signum(error[i]) * error[i + 1];
            if (up && down) {
                add(found, i, error);
            }
        }
        while (found.size() > extrema) {
            leaveOutSmallest(found, error);
        }
        if (found.size() < extrema) {
            throw new IllegalArgumentException("no equiripple filter of " + taps + " taps was found for these bands");
        }
        for (int i = 0; i < extrema; i++) {
            at[i] = found.get(i);
        }
    }

    /** Of neighbours with the same sign the larger stays. */
    private static void add(List<Integer> found, int i, double[] error) {
        int last = found.size() - 1;
        if (last >= 0 && error[found.get(last)] * error[i] > 0) {
            if (Math.abs(error[i]) > Math.abs(error[found.get(last)])) {
                found.set(last, i);
            }
            return;
        }
        found.add(i);
    }

    /** At an end the smallest goes alone; inside, its smaller neighbour goes too, so that signs still alternate. */
    private void leaveOutSmallest(List<Integer> found, double[] error) {
        int last = found.size() - 1;
        if (found.size() == extrema + 1) {
            double front = Math.abs(error[found.get(0)]);
            double back = Math.abs(error[found.get(last)]);
            found.remove(front < back ? 0 : last);
            return;
        }
        int smallest = 0;
        for (int i = 1; i <= last; i++) {
            if (Math.abs(error[found.get(i)]) < Math.abs(error[found.get(smallest)])) {
                smallest = i;
            }
        }
        found.remove(smallest);
        if (smallest > 0 && smallest < last) {
            double left = Math.abs(error[found.get(smallest - 1)]);
            double right = Math.abs(error[found.get(smallest)]);
            found.remove(left < right ? smallest - 1 : smallest);
        }
    }

    private double[] impulseResponse() {
        int middle = taps / 2;
        double[] samples = new double[middle + 1];
        for (int k = 0; k <= middle; k++) {
            samples[k] = response((double) k / taps);
        }
        double[] filter = new double[taps];
        for (int n = 0; n < taps; n++) {
            double sum = samples[0];
            for (int k = 1; k <= middle; k++) {
                sum += 2 * samples[k] * Math.cos(2 * Math.PI * k * (n - middle) / taps);
            }
            filter[n] = sum / taps;
        }
        return filter;
    }
}
