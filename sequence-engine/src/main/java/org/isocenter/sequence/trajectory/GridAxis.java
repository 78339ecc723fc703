package org.isocenter.sequence.trajectory;

import java.util.Arrays;

/**
 * The evenly spaced positions along one encoding axis, worked out from where the readouts lie.
 *
 * @param spacing distance of neighbouring grid points, 1/m; 0 when all readouts lie at one place
 * @param size number of grid points of the whole grid, with k=0 at {@code size/2}
 * @param index grid point of each readout, in [0, size)
 */
record GridAxis(double spacing, int size, int[] index) {
    private static final double LARGEST_RESIDUAL = 0.2;
    private static final int LARGEST_SIZE = 1 << 14;

    /**
     * @param values k of each readout along the axis
     * @param smallest gaps below this are no steps but noise
     * @param fovMeters what the file says of the field of view; NaN when it says nothing. With it, a grid of which only every
     *     m-th line was acquired is told from a small field of view
     * @return null when the values do not lie on a grid
     */
    static GridAxis of(double[] values, double smallest, double fovMeters) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        double range = sorted[sorted.length - 1] - sorted[0];
        if (range < smallest) {
            return new GridAxis(0, 1, new int[values.length]);
        }
        double gap = range;
        for (int i = 1; i < sorted.length; i++) {
            double step = sorted[i] - sorted[i - 1];
            if (step >= smallest) {
                gap = Math.min(gap, step);
            }
        }
        double spacing = refine(sorted, gap);
        if (!(spacing > 0) || range / spacing > LARGEST_SIZE) {
            return null;
        }
        double skipped = spacing * fovMeters;
        if (skipped > 1.5 && skipped < 8.5 && Math.abs(skipped - Math.rint(skipped)) < 0.03 * skipped) {
            spacing /= Math.rint(skipped);
        }
        return placed(values, sorted, spacing);
    }

    /** Least-squares spacing, from a first guess that counts the steps. */
    private static double refine(double[] sorted, double guess) {
        double spacing = guess;
        for (int pass = 0; pass < 3; pass++) {
            double products = 0;
            double squares = 0;
            for (double value : sorted) {
                double steps = Math.rint((value - sorted[0]) / spacing);
                products += steps * (value - sorted[0]);
                squares += steps * steps;
            }
            spacing = products / squares;
        }
        return spacing;
    }

    private static GridAxis placed(double[] values, double[] sorted, double spacing) {
        // Where k=0 falls between grid points, the upper neighbour counts as the centre.
        double fraction = sorted[0] / spacing - Math.rint(sorted[0] / spacing);
        boolean between = Math.abs(fraction) > 0.25;
        double shift = between ? 0.5 - (fraction < 0 ? fraction + 1 : fraction) : -fraction;
        int[] relative = new int[values.length];
        for (int i = 0; i < values.length; i++) {
            double place = values[i] / spacing + shift + (between ? -0.5 : 0);
            relative[i] = (int) Math.rint(place);
            if (Math.abs(place - relative[i]) > LARGEST_RESIDUAL) {
                return null;
            }
        }
        int min = Arrays.stream(relative).min().orElse(0);
        int max = Arrays.stream(relative).max().orElse(0);
        int size = size(min, max);
        for (int i = 0; i < relative.length; i++) {
            // The lines at +N/2 and -N/2 are one and the same to the discrete transform.
            relative[i] = Math.floorMod(relative[i] + size / 2, size);
        }
        return new GridAxis(spacing, size, relative);
    }

    /** The smallest grid that is symmetric about k=0 and holds both ends. */
    private static int size(int min, int max) {
        if (max == -min) {
            return 2 * max + 1;
        }
        if (max == -min + 1) {
            return 2 * max;
        }
        return 2 * Math.max(-min, max + 1);
    }

    /** Extent of the image, or 0 when there is one position only. */
    double fovMeters() {
        return spacing == 0 ? 0 : 1 / spacing;
    }
}
