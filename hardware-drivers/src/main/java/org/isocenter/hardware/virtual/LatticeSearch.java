package org.isocenter.hardware.virtual;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.isocenter.model.Vec3;

/**
 * Finds a lattice of given density none of whose reciprocal vectors brings much of what a table dephases into its image: of some
 * thousand lattices of all shapes the one with the least sum of {@link CoherenceReach#power} and of what an object's surfaces send, then made a little better. The
 * lattices tried are the points of a Kronecker sequence (Roberts, "The unreasonable effectiveness of quasirandom sequences",
 * 2018), so the same table has the same lattice.
 */
final class LatticeSearch {
    private static final int CANDIDATES = 4000;
    private static final int REFINEMENTS = 400;
    private static final int MOST_FARTHER = 4000;

    /** Of the space of lattices: two ratios of lengths and three shears. */
    private static final int DIMENSIONS = 5;

    /** The solution of g⁶ = g + 1, for five dimensions. */
    private static final double GOLDEN = 1.1347241384015194;

    private static final double REFINED_SHARE = 0.1;

    /** Of those that are no worse than this the first is taken, so that tables which are nearly the same have the same lattice. */
    private static final double NEARLY = 1.1;

    /** Columns from this share of the cube's edge to three times as much, up to 1.6² times longer than wide. */
    private static final double NARROWEST = 0.4;

    private static final double WIDEST = 3;
    private static final double LONGEST = 1.6;

    /** Power that an object's surfaces send a cell away, over that of the middle; it falls with the distance's fourth power. */
    private static final double SURFACES = 1e-5;

    /** Reciprocal vectors this many times as long as those of a cubic lattice are looked at, for the surfaces. */
    private static final double SURFACES_REACH = 1.5;

    /** By which lattices are turned about the axis: so no reciprocal vector stands upright on an object's flat side. */
    private static final double COSINE = Math.cos(0.37);

    private static final double SINE = Math.sin(0.37);

    private final CoherenceReach reach;
    private final double volumePerPoint;
    private final double surfaces;
    private final double surfacesReach;
    private final double[] limits;
    /** {u, v, axial, power} of the coherences beyond the limits, along the lattice's own axes; the strongest come first. */
    private final double[][] farther;

    /** @param volumePerPoint in cubic metres */
    LatticeSearch(CoherenceReach reach, double volumePerPoint) {
        this.reach = reach;
        this.volumePerPoint = volumePerPoint;
        surfaces = SURFACES * reach.power(0, 0, 0) * Math.pow(reach.cellPerMeter(), 4);
        surfacesReach = SURFACES_REACH / Math.cbrt(volumePerPoint);
        limits = new double[] {
            Math.max(surfacesReach, COSINE * reach.largestAlong() + SINE * reach.largestAcross()),
            Math.max(surfacesReach, SINE * reach.largestAlong() + COSINE * reach.largestAcross()),
            Math.max(surfacesReach, reach.largestAxial())
        };
        farther = farther(reach);
    }

    private static double[][] farther(CoherenceReach reach) {
        List<double[]> all = new ArrayList<>();
        reach.eachFarther((along, across, axial, power) ->
                all.add(new double[] {COSINE * along + SINE * across, COSINE * across - SINE * along, axial, power}));
        all.sort((one, other) -> Double.compare(other[3], one[3]));
        return all.subList(0, Math.min(MOST_FARTHER, all.size())).toArray(double[][]::new);
    }

    /** Lattice vectors a = (u, 0, p·w), b = (q·u, v, r·w), c = (0, 0, w) in the reach's frame, turned; metres and shares. */
    private record Shape(double u, double v, double w, double p, double q, double r) {}

    /** Its points are not scattered. */
    Lattice best() {
        double[] center = new double[DIMENSIONS];
        Arrays.fill(center, 0.5);
        List<double[]> all = new ArrayList<>();
        for (int n = 0; n < CANDIDATES; n++) {
            all.add(near(center, 1, n));
        }
        double[] coarse = firstOfTheBest(all);
        List<double[]> around = new ArrayList<>(List.of(coarse));
        for (int n = 0; n < REFINEMENTS; n++) {
            around.add(near(coarse, REFINED_SHARE * (1 - (double) n / REFINEMENTS), n));
        }
        return lattice(shape(firstOfTheBest(around)));
    }

    /**
     * Not the best, which of several that are equally good a rounding would decide, but the first that is nearly as good: it is another
     * one only where a score is within a rounding of that limit.
     */
    private double[] firstOfTheBest(List<double[]> candidates) {
        List<double[]> records = new ArrayList<>();
        List<Double> scores = new ArrayList<>();
        double least = Double.POSITIVE_INFINITY;
        for (double[] at : candidates) {
            double score = score(shape(at), least);
            if (score < least) {
                least = score;
                records.add(at);
                scores.add(score);
            }
        }
        int first = 0;
        while (scores.get(first) > NEARLY * least) {
            first++;
        }
        return records.get(first);
    }

    /** The n-th of the points that fill a cube of this width evenly. */
    private static double[] near(double[] center, double width, int n) {
        double[] at = new double[DIMENSIONS];
        double step = 1;
        for (int k = 0; k < DIMENSIONS; k++) {
            step /= GOLDEN;
            double value = (n + 1) * step;
            at[k] = center[k] + width * (value - Math.floor(value) - 0.5);
        }
        return at;
    }

    private Shape shape(double[] at) {
        double column = NARROWEST * Math.pow(WIDEST, at[0]) * Math.cbrt(volumePerPoint);
        double ratio = Math.pow(LONGEST, 2 * at[1] - 1);
        double w = volumePerPoint / (column * column);
        return new Shape(column * ratio, column / ratio, w, at[2] - 0.5, at[3] - 0.5, at[4] - 0.5);
    }

    private Lattice lattice(Shape s) {
        Vec3 edge = reach.edge();
        Vec3 across = reach.axis().cross(edge);
        Vec3 u = edge.scaled(COSINE).plus(across.scaled(SINE)).scaled(s.u);
        Vec3 v = across.scaled(COSINE).minus(edge.scaled(SINE)).scaled(s.v);
        Vec3 w = reach.axis().scaled(s.w);
        return new Lattice(u.plus(w.scaled(s.p)), v.plus(u.scaled(s.q)).plus(w.scaled(s.r)), w, 0);
    }

    /** Power at all reciprocal vectors; no more are summed up when it is not less than {@code enough}. */
    private double score(Shape s, double enough) {
        double sum = farther(s, enough);
        int mostL = (int) Math.floor(limits[2] * s.w);
        for (int l = 0; l <= mostL && sum < enough; l++) {
            double shiftU = s.p * l;
            int lowH = (int) Math.ceil(shiftU - limits[0] * s.u);
            int highH = (int) Math.floor(shiftU + limits[0] * s.u);
            for (int h = lowH; h <= highH && sum < enough; h++) {
                double shiftV = s.q * (h - shiftU) + s.r * l;
                int lowK = (int) Math.ceil(shiftV - limits[1] * s.v);
                int highK = (int) Math.floor(shiftV + limits[1] * s.v);
                for (int k = lowK; k <= highK; k++) {
                    if (h == 0 && k == 0 && l == 0) {
                        continue;
                    }
                    double u = (h - shiftU) / s.u;
                    double v = (k - shiftV) / s.v;
                    double along = COSINE * u - SINE * v;
                    double across = SINE * u + COSINE * v;
                    double axial = l / s.w;
                    double square = along * along + across * across + axial * axial;
                    sum += reach.power(along, across, axial) + reach.power(-along, -across, -axial);
                    sum += square < surfacesReach * surfacesReach ? 2 * surfaces / (square * square) : 0;
                }
            }
        }
        return sum;
    }

    /** Power at those of the reciprocal vectors where coherences are beyond the limits. */
    private double farther(Shape s, double enough) {
        double half = 0.5 * reach.cellPerMeter();
        double sum = 0;
        for (int n = 0; n < farther.length && sum < enough; n++) {
            double[] k = farther[n];
            double l = Math.rint(k[2] * s.w);
            double shiftU = s.p * l;
            double h = Math.rint(k[0] * s.u + shiftU);
            double shiftV = s.q * (h - shiftU) + s.r * l;
            double v = (Math.rint(k[1] * s.v + shiftV) - shiftV) / s.v;
            double u = (h - shiftU) / s.u;
            boolean meets =
                    Math.abs(l / s.w - k[2]) <= half && Math.abs(u - k[0]) <= half && Math.abs(v - k[1]) <= half;
            sum += meets ? k[3] : 0;
        }
        return sum;
    }
}
