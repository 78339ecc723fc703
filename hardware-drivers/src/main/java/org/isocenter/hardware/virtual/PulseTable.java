package org.isocenter.hardware.virtual;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.isocenter.hardware.virtual.phantom.Material;

/**
 * A pulse under a constant gradient acts by the spin's offset and B1 factor alone, so it is worked out at equally spaced
 * offsets and Chebyshev nodes of the factor, and interpolated. Half the pulse's free precession is taken off on either side
 * first: what is left changes slowly with the offset, no faster than one turn per inverse duration, and six points of a grid
 * of 1/20 of that give it to 5e-6.
 *
 * <p>The grid is worked out in pages, when spins first ask for them: offsets where no spin is cost nothing. A page depends
 * on its number only, so that the result is the same whoever asks first. Safe for several threads.
 */
final class PulseTable {
    private static final double POINTS_PER_INVERSE_DURATION = 20;
    private static final int PAGE = 64;

    /** Points of the grid that interpolation needs before its cell, and in all. */
    private static final int BEFORE = 2;

    private static final int STENCIL = 6;
    private static final int ROW = AffineMaps.ENTRIES;

    private final Pulse pulse;
    private final List<Material> materials;
    private final int[] segments;
    private final ChebyshevNodes factors;
    private final double stepHertz;
    private final double durationSeconds;
    private final Map<Integer, Page> pages = new ConcurrentHashMap<>();

    /** {@code [material][node][point·12+entry]}; materials that nobody asked for are null. */
    private static final class Page {
        private final float[][][] values;

        Page(int materials) {
            values = new float[materials][][];
        }
    }

    /**
     * @param lowestFactor of B1, as {@code highestFactor}, of any spin that will be asked for
     * @param materials by index; null for those of which there are no spins
     */
    PulseTable(Pulse pulse, double lowestFactor, double highestFactor, List<Material> materials) {
        this.pulse = pulse;
        this.materials = materials;
        durationSeconds = pulse.durationSeconds();
        stepHertz = 1 / (POINTS_PER_INVERSE_DURATION * durationSeconds);
        factors = factors(pulse, lowestFactor, highestFactor);
        segments = new int[materials.size()];
        for (int m = 0; m < segments.length; m++) {
            Material material = materials.get(m);
            segments[m] = material == null ? 0 : AffineMaps.segments(pulse, highestFactor, material);
        }
    }

    private static ChebyshevNodes factors(Pulse pulse, double lowest, double highest) {
        return ChebyshevNodes.of(lowest, highest, pulse.areaRadians());
    }

    /** How many spins must be worked out for the table over these offsets and B1 factors. */
    static double points(
            Pulse pulse, double lowestHertz, double highestHertz, double lowestFactor, double highestFactor) {
        double offsets = (highestHertz - lowestHertz) * POINTS_PER_INVERSE_DURATION * pulse.durationSeconds();
        return (offsets + PAGE) * factors(pulse, lowestFactor, highestFactor).count();
    }

    /**
     * The maps of spins with these offsets.
     *
     * @param b1Factor of each spin, or null for 1
     */
    AffineMaps at(double[] offsetHertz, float[] b1Factor, int materialIndex) {
        int n = offsetHertz.length;
        double low = Double.POSITIVE_INFINITY;
        double high = Double.NEGATIVE_INFINITY;
        for (double offset : offsetHertz) {
            low = Math.min(low, offset);
            high = Math.max(high, offset);
        }
        int firstPage = Math.floorDiv((int) Math.floor(low / stepHertz), PAGE);
        int lastPage = Math.floorDiv((int) Math.floor(high / stepHertz), PAGE);
        ChebyshevNodes own = factorsOf(b1Factor);
        float[][][] values = new float[lastPage - firstPage + 1][][];
        AffineMaps maps = new AffineMaps(n);
        double[] m = new double[ROW];
        double[] w = new double[STENCIL];
        double[] v = new double[own.count()];
        for (int i = 0; i < n; i++) {
            double place = offsetHertz[i] / stepHertz;
            int cell = (int) Math.floor(place);
            int page = Math.floorDiv(cell, PAGE) - firstPage;
            if (values[page] == null) {
                values[page] = at(own, page(page + firstPage, materialIndex));
            }
            weights(place - cell, w);
            own.weights(b1Factor == null ? 1 : b1Factor[i], v);
            interpolate(values[page], Math.floorMod(cell, PAGE) * ROW, w, v, m);
            turnBothSides(m, Math.PI * Math.IEEEremainder(offsetHertz[i] * durationSeconds, 2));
            for (int k = 0; k < ROW; k++) {
                maps.entry[k][i] = (float) m[k];
            }
        }
        return maps;
    }

    /** Neighbouring spins differ little in their factors, so they need few nodes. */
    private ChebyshevNodes factorsOf(float[] b1Factor) {
        if (b1Factor == null) {
            return factors(pulse, 1, 1);
        }
        double lowest = Double.POSITIVE_INFINITY;
        double highest = Double.NEGATIVE_INFINITY;
        for (float factor : b1Factor) {
            lowest = Math.min(lowest, factor);
            highest = Math.max(highest, factor);
        }
        return factors(pulse, lowest, highest);
    }

    /** A page at other nodes. */
    private float[][] at(ChebyshevNodes own, float[][] page) {
        float[][] values = new float[own.count()][page[0].length];
        double[] v = new double[factors.count()];
        for (int j = 0; j < values.length; j++) {
            factors.weights(own.node(j), v);
            for (int node = 0; node < v.length; node++) {
                addTo(values[j], (float) v[node], page[node]);
            }
        }
        return values;
    }

    private static void addTo(float[] sum, float weight, float[] values) {
        for (int i = 0; i < sum.length; i++) {
            sum[i] += weight * values[i];
        }
    }

    /** Lagrange's polynomials on -2 … 3. */
    private static void weights(double f, double[] w) {
        double a = f + 2;
        double b = f + 1;
        double c = f - 1;
        double d = f - 2;
        double e = f - 3;
        w[0] = -b * f * c * d * e / 120;
        w[1] = a * f * c * d * e / 24;
        w[2] = -a * b * c * d * e / 12;
        w[3] = a * b * f * d * e / 12;
        w[4] = -a * b * f * c * e / 24;
        w[5] = a * b * f * c * d / 120;
    }

    private static void interpolate(float[][] values, int from, double[] w, double[] v, double[] m) {
        for (int k = 0; k < ROW; k++) {
            m[k] = 0;
        }
        for (int j = 0; j < values.length; j++) {
            float[] e = values[j];
            double w0 = v[j] * w[0];
            double w1 = v[j] * w[1];
            double w2 = v[j] * w[2];
            double w3 = v[j] * w[3];
            double w4 = v[j] * w[4];
            double w5 = v[j] * w[5];
            for (int k = 0; k < ROW; k++) {
                int at = from + k;
                m[k] += w0 * e[at]
                        + w1 * e[at + ROW]
                        + w2 * e[at + 2 * ROW]
                        + w3 * e[at + 3 * ROW]
                        + w4 * e[at + 4 * ROW]
                        + w5 * e[at + 5 * ROW];
            }
        }
    }

    private float[][] page(int number, int materialIndex) {
        Page page = pages.computeIfAbsent(number, p -> new Page(materials.size()));
        synchronized (page) {
            if (page.values[materialIndex] == null) {
                fill(page, number, segments[materialIndex]);
            }
            return page.values[materialIndex];
        }
    }

    /** For all materials that ask for as many segments: the turns are the same for them. */
    private void fill(Page page, int number, int count) {
        int points = PAGE + STENCIL - 1;
        double[] offsets = new double[points * factors.count()];
        float[] b1 = new float[offsets.length];
        for (int i = 0; i < offsets.length; i++) {
            offsets[i] = ((long) number * PAGE - BEFORE + i % points) * stepHertz;
            b1[i] = (float) factors.node(i / points);
        }
        PulseTurns turns = PulseTurns.atOffsets(pulse, offsets, b1, count);
        for (int index = 0; index < segments.length; index++) {
            if (segments[index] == count) {
                page.values[index] = rows(AffineMaps.of(turns, materials.get(index)), offsets, points);
            }
        }
    }

    private float[][] rows(AffineMaps maps, double[] offsets, int points) {
        float[][] rows = new float[factors.count()][points * ROW];
        double[] m = new double[ROW];
        for (int i = 0; i < offsets.length; i++) {
            for (int k = 0; k < ROW; k++) {
                m[k] = maps.entry[k][i];
            }
            turnBothSides(m, -Math.PI * Math.IEEEremainder(offsets[i] * durationSeconds, 2));
            for (int k = 0; k < ROW; k++) {
                rows[i / points][i % points * ROW + k] = (float) m[k];
            }
        }
        return rows;
    }

    /** Z(angle)·A·Z(angle) and Z(angle)·c. */
    private static void turnBothSides(double[] m, double angle) {
        double c = Math.cos(angle);
        double s = Math.sin(angle);
        for (int row = 0; row < 9; row += 3) {
            double x = m[row];
            double y = m[row + 1];
            m[row] = c * x + s * y;
            m[row + 1] = c * y - s * x;
        }
        for (int column = 0; column < 3; column++) {
            double x = m[column];
            double y = m[column + 3];
            m[column] = c * x - s * y;
            m[column + 3] = s * x + c * y;
        }
        double x = m[9];
        double y = m[10];
        m[9] = c * x - s * y;
        m[10] = s * x + c * y;
    }
}
