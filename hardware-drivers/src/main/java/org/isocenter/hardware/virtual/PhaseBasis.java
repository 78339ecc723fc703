package org.isocenter.hardware.virtual;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The few directions in which the phases of spins change during a window. The spins' coordinates are scaled to their extent
 * in a block; directions are the eigenvectors of the curves' moments, the most important first; those along which no spin
 * turns noticeably are left out. In each direction the phases of a block's spins are expanded into Chebyshev polynomials
 * ({@link Expansion}). Safe for any thread.
 */
final class PhaseBasis {
    /** What is left out turns no spin by more. */
    private static final double NEGLIGIBLE_TURNS = 4e-7;

    /** Room for windows that go a little further than the one that it was made for. */
    private static final double ROOM = 1.05;

    private static final double WIDER_TURNS = 1e-6;

    /** Ranges are rounded up to powers of this, so that blocks of about the same size share an expansion. */
    private static final double LEVEL = Math.sqrt(2);

    /** Where the phase changes by less than this, so many levels are one: it costs a node at most, and spares expansions. */
    private static final double FEW_TURNS = 0.05;

    private static final int LEVELS_TOGETHER = 4;

    final int samples;
    final int segmentSamples;
    /** A spin's coordinate along direction k: Σ {@code direction[k][a]}·Φa. */
    final double[][] direction;
    /** The way along direction k: Σ {@code dual[k][a]}·Ka. */
    final double[][] dual;
    /** The farthest way along each direction, with room for a little more. */
    final double[] reach;
    /** Without that room: what several windows share does not grow by it each time that one more comes. */
    private final double[] farthest;

    private final double[] extent;
    private final double[][] moments;
    private final Map<List<Integer>, Expansion> expansions = new ConcurrentHashMap<>();

    private PhaseBasis(PhaseCurves curves, double[] extent, double[][] moments, double[][] vectors, double[] farthest) {
        samples = curves.samples;
        segmentSamples = curves.segmentSamples;
        this.extent = extent;
        this.moments = moments;
        this.farthest = farthest;
        reach = new double[farthest.length];
        for (int k = 0; k < reach.length; k++) {
            reach[k] = farthest[k] * ROOM + WIDER_TURNS;
        }
        direction = new double[reach.length][extent.length];
        dual = new double[reach.length][extent.length];
        for (int k = 0; k < reach.length; k++) {
            for (int a = 0; a < extent.length; a++) {
                direction[k][a] = extent[a] > 0 ? vectors[k][a] / extent[a] : 0;
                dual[k][a] = vectors[k][a] * extent[a];
            }
        }
    }

    /**
     * @param extent half the extent of a block in each coordinate, on average
     * @param earlier whose windows it shall serve too; or null
     */
    static PhaseBasis of(PhaseCurves curves, double[] extent, PhaseBasis earlier) {
        double[][] moments = moments(curves, extent);
        if (earlier != null) {
            for (int a = 0; a < extent.length; a++) {
                for (int b = 0; b < extent.length; b++) {
                    moments[a][b] += earlier.moments[a][b];
                }
            }
        }
        double[][] vectors = SymmetricMatrix.eigenvectors(moments);
        double[] farthest = new double[vectors.length];
        int kept = 0;
        for (double[] vector : vectors) {
            double most = farthest(curves, vector, extent);
            if (earlier != null) {
                most = Math.max(most, earlier.farthest(vector, extent));
            }
            if (most * sumOfMagnitudes(vector) > NEGLIGIBLE_TURNS) {
                farthest[kept] = most;
                vectors[kept++] = vector;
            }
        }
        return new PhaseBasis(curves, extent, moments, vectors, Arrays.copyOf(farthest, kept));
    }

    private static double[][] moments(PhaseCurves curves, double[] extent) {
        double[][] moments = new double[extent.length][extent.length];
        for (int segment = 0; segment < curves.segments; segment++) {
            for (int n = curves.from(segment); n < curves.to(segment); n++) {
                for (int a = 0; a < extent.length; a++) {
                    double scaled = curves.relative(a, segment, n) * extent[a] / curves.samples;
                    for (int b = 0; b <= a; b++) {
                        moments[a][b] += scaled * curves.relative(b, segment, n) * extent[b];
                    }
                }
            }
        }
        for (int a = 0; a < extent.length; a++) {
            for (int b = 0; b < a; b++) {
                moments[b][a] = moments[a][b];
            }
        }
        return moments;
    }

    private static double farthest(PhaseCurves curves, double[] vector, double[] extent) {
        double most = 0;
        for (int segment = 0; segment < curves.segments; segment++) {
            for (int n = curves.from(segment); n < curves.to(segment); n++) {
                double way = 0;
                for (int a = 0; a < extent.length; a++) {
                    way += vector[a] * curves.relative(a, segment, n) * extent[a];
                }
                most = Math.max(most, Math.abs(way));
            }
        }
        return most;
    }

    /** At most how far the windows of this basis go along another vector. */
    private double farthest(double[] vector, double[] extents) {
        double sum = 0;
        for (int k = 0; k < reach.length; k++) {
            double along = 0;
            for (int a = 0; a < extents.length; a++) {
                along += vector[a] * direction[k][a] * extent[a];
            }
            sum += Math.abs(along) * farthest[k];
        }
        return sum;
    }

    int coordinates() {
        return extent.length;
    }

    private static double sumOfMagnitudes(double[] vector) {
        double sum = 0;
        for (double v : vector) {
            sum += Math.abs(v);
        }
        return sum;
    }

    /** Whether it serves these curves, cut as those were that it was made for, as well. */
    boolean serves(PhaseCurves curves) {
        double[] left = new double[extent.length];
        for (int segment = 0; segment < curves.segments; segment++) {
            for (int n = curves.from(segment); n < curves.to(segment); n++) {
                for (int a = 0; a < left.length; a++) {
                    left[a] = curves.relative(a, segment, n) * extent[a];
                }
                for (int k = 0; k < reach.length; k++) {
                    double way = way(k, curves, segment, n);
                    if (Math.abs(way) > reach[k]) {
                        return false;
                    }
                    for (int a = 0; a < left.length; a++) {
                        left[a] -= way * direction[k][a] * extent[a];
                    }
                }
                if (sumOfMagnitudes(left) > NEGLIGIBLE_TURNS) {
                    return false;
                }
            }
        }
        return true;
    }

    /** How far a window has gone along a direction. */
    double way(int k, PhaseCurves curves, int segment, int sample) {
        double sum = 0;
        for (int a = 0; a < extent.length; a++) {
            sum += dual[k][a] * curves.relative(a, segment, sample);
        }
        return sum;
    }

    /** The expansion for spins within these ranges about their middle. */
    Expansion expansion(double[] halfRange) {
        List<Integer> key = new ArrayList<>();
        double[] range = new double[reach.length];
        for (int k = 0; k < range.length; k++) {
            // Where hardly anything changes a wider range costs nothing.
            double least = Math.max(halfRange[k], 1e-3);
            int level = (int) Math.ceil(Math.log(least) / Math.log(LEVEL) - 1e-9);
            if (least * reach[k] < FEW_TURNS) {
                level = -Math.floorDiv(-level, LEVELS_TOGETHER) * LEVELS_TOGETHER;
            }
            range[k] = Math.pow(LEVEL, level);
            key.add(level);
        }
        return expansions.computeIfAbsent(key, absent -> new Expansion(turns(range), range));
    }

    private double[] turns(double[] range) {
        double[] turns = new double[range.length];
        for (int k = 0; k < range.length; k++) {
            turns[k] = range[k] * reach[k];
        }
        return turns;
    }

    /** How many terms it takes for these blocks, on average. */
    int typicalTerms(TypicalBlocks blocks) {
        int terms = 0;
        double[] half = new double[reach.length];
        for (int block = 0; block < blocks.count(); block++) {
            for (int k = 0; k < half.length; k++) {
                half[k] = blocks.halfRange(block, direction[k]);
            }
            terms += Expansion.terms(turns(half));
        }
        return terms / Math.max(1, blocks.count());
    }
}
