package org.isocenter.hardware.virtual;

import java.util.Arrays;

/** Kernels, and room for what {@link Receiver}s work out on the way: one per thread. */
final class ReceiverScratch {
    private static final int PROJECTIONS = 4;

    final SpinKernels kernels;
    final SpinTurns turns = new SpinTurns();
    final Coherences coherences = new Coherences();
    final float[] turnedX = new float[SpinBlock.LARGEST];
    final float[] turnedY = new float[SpinBlock.LARGEST];
    /** What a channel sees of a block's transverse magnetisation. */
    final float[] seenX = new float[SpinBlock.LARGEST];

    final float[] seenY = new float[SpinBlock.LARGEST];
    float[] termRe = {};
    float[] termIm = {};
    private final BlockProjection[] projections = new BlockProjection[PROJECTIONS];
    private int nextProjection;

    /** A block's samples, as seen from its centre. */
    private float[] re = {};

    private float[] im = {};
    private double[] turn = {};
    private float[] reduced = {};
    private float[] cosine = {};
    private float[] sine = {};
    private PhaseCurves lastCurves;
    private double[] lastCentre;

    ReceiverScratch(SpinKernels kernels) {
        this.kernels = kernels;
        for (int i = 0; i < PROJECTIONS; i++) {
            projections[i] = new BlockProjection(kernels.parts());
        }
    }

    /** The last few are remembered: a block goes through many windows before the next block comes. */
    BlockProjection projection(SpinBlock block, PhaseBasis basis) {
        for (BlockProjection known : projections) {
            if (known.isOf(block, basis)) {
                return known;
            }
        }
        BlockProjection made = projections[nextProjection];
        nextProjection = (nextProjection + 1) % PROJECTIONS;
        made.set(block, basis);
        return made;
    }

    /**
     * Fills {@link #seenX} and {@link #seenY}. What is received is conjugated later, so the conjugate sensitivity stands here.
     *
     * @param complex whether the sensitivity has an imaginary part
     */
    void seenBy(SpinBlock block, float[][] sensitivity, boolean complex) {
        weighted(block.spins, sensitivity[0], block.mx, seenX);
        weighted(block.spins, sensitivity[0], block.my, seenY);
        if (complex) {
            addWeighted(block.spins, 1, sensitivity[1], block.my, seenX);
            addWeighted(block.spins, -1, sensitivity[1], block.mx, seenY);
        }
    }

    /**
     * As if there had been more to excite.
     *
     * @param stored {re, im} of what there would have been, by the block's node
     */
    void exciteMore(SpinBlock block, AffineMaps maps, double phaseRadians, double[][] stored) {
        float cos = (float) Math.cos(phaseRadians);
        float sin = (float) Math.sin(phaseRadians);
        block.flipNodes.spread(stored[0], seenX, block.spins);
        block.flipNodes.spread(stored[1], seenY, block.spins);
        turned(block.spins, cos, sin, seenX, seenY, turnedX, turnedY);
        addWeighted(block.spins, 1, maps.entry[2], turnedX, block.mx);
        addWeighted(block.spins, -1, maps.entry[5], turnedY, block.mx);
        addWeighted(block.spins, 1, maps.entry[2], turnedY, block.my);
        addWeighted(block.spins, 1, maps.entry[5], turnedX, block.my);
    }

    private static void turned(int spins, float cos, float sin, float[] x, float[] y, float[] toX, float[] toY) {
        for (int i = 0; i < spins; i++) {
            toX[i] = cos * x[i] - sin * y[i];
        }
        for (int i = 0; i < spins; i++) {
            toY[i] = sin * x[i] + cos * y[i];
        }
    }

    private static void weighted(int spins, float[] weight, float[] values, float[] result) {
        for (int i = 0; i < spins; i++) {
            result[i] = weight[i] * values[i];
        }
    }

    private static void addWeighted(int spins, float sign, float[] weight, float[] values, float[] result) {
        for (int i = 0; i < spins; i++) {
            result[i] += sign * weight[i] * values[i];
        }
    }

    void begin(int samples, int terms) {
        if (re.length < samples) {
            re = new float[samples];
            im = new float[samples];
            turn = new double[samples];
            reduced = new float[samples];
            lastCurves = null;
            cosine = new float[samples];
            sine = new float[samples];
        }
        if (termRe.length < terms) {
            termRe = new float[terms];
            termIm = new float[terms];
        }
        Arrays.fill(re, 0, samples, 0);
        Arrays.fill(im, 0, samples, 0);
    }

    /** Adds a share of each term's sum, times its power of i and its coefficients, to the samples. */
    void toSamples(Expansion expansion, float[][] coefficients, float share, int from, int to) {
        for (int term = 0; term < expansion.terms(); term++) {
            float x = share * termRe[term];
            float y = share * termIm[term];
            switch (expansion.power[term] & 3) {
                case 0 -> addTerm(from, to, coefficients[term], x, y, re, im);
                case 1 -> addTerm(from, to, coefficients[term], -y, x, re, im);
                case 2 -> addTerm(from, to, coefficients[term], -x, -y, re, im);
                default -> addTerm(from, to, coefficients[term], y, -x, re, im);
            }
        }
    }

    private static void addTerm(int from, int to, float[] coefficient, float x, float y, float[] re, float[] im) {
        for (int n = from; n < to; n++) {
            re[n] += coefficient[n] * x;
        }
        for (int n = from; n < to; n++) {
            im[n] += coefficient[n] * y;
        }
    }

    /** By how much the block's centre has turned at each sample since the moment that its segment is taken from. */
    void centrePhases(PhaseCurves curves, double[] centre) {
        if (curves == lastCurves && centre == lastCentre) {
            return;
        }
        lastCurves = curves;
        lastCentre = centre;
        for (int segment = 0; segment < curves.segments; segment++) {
            double[] reference = curves.reference[segment];
            double start = 0;
            for (int a = 0; a < centre.length; a++) {
                start -= reference[a] * centre[a];
            }
            Arrays.fill(turn, curves.from(segment), curves.to(segment), start);
        }
        for (int a = 0; a < centre.length; a++) {
            if (centre[a] != 0) {
                addScaled(curves.samples, curves.curve[a], centre[a], turn);
            }
        }
        reduce(curves.samples, turn, reduced);
        TurnFunctions.sines(curves.samples, reduced, sine);
        TurnFunctions.cosines(curves.samples, reduced, cosine);
    }

    private static void addScaled(int count, double[] values, double factor, double[] result) {
        for (int n = 0; n < count; n++) {
            result[n] += values[n] * factor;
        }
    }

    private static void reduce(int count, double[] turns, float[] reduced) {
        for (int n = 0; n < count; n++) {
            double t = turns[n];
            reduced[n] = (float) (t - ((t + TurnFunctions.DOUBLE_ROUNDER) - TurnFunctions.DOUBLE_ROUNDER));
        }
    }

    void addTo(Accumulator accumulator, int samples) {
        float[] sumRe = accumulator.re;
        float[] sumIm = accumulator.im;
        for (int n = 0; n < samples; n++) {
            sumRe[n] += cosine[n] * re[n] - sine[n] * im[n];
        }
        for (int n = 0; n < samples; n++) {
            sumIm[n] += sine[n] * re[n] + cosine[n] * im[n];
        }
    }
}
