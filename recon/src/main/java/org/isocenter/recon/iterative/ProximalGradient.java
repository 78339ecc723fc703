package org.isocenter.recon.iterative;

/**
 * FISTA (Beck and Teboulle 2009): the image x that makes {@code ½ ‖E x - data‖² + weight · R(x)} least, by steps down the
 * gradient, each followed by R's proximal operator, with Nesterov's momentum. One caller at a time.
 */
public final class ProximalGradient {
    private final EncodingOperator encoding;
    private final Pieces pieces;
    private final float[] aheadReal;
    private final float[] aheadImaginary;
    private final float[] nextReal;
    private final float[] nextImaginary;

    public ProximalGradient(EncodingOperator encoding) {
        this.encoding = encoding;
        int points = encoding.points();
        pieces = new Pieces(points);
        aheadReal = new float[points];
        aheadImaginary = new float[points];
        nextReal = new float[points];
        nextImaginary = new float[points];
    }

    /**
     * Improves x, from which it starts.
     *
     * @param largestEigenvalue of the normal operator, or more; the step is its inverse
     * @param adjointReal the adjoint of the data
     * @param limits the tolerance is one of the change of the image in an iteration relative to the image
     */
    public Outcome solve(
            double largestEigenvalue,
            Regulariser regulariser,
            double weight,
            float[] adjointReal,
            float[] adjointImaginary,
            float[] xReal,
            float[] xImaginary,
            Limits limits,
            Progress progress) {
        double step = 1 / largestEigenvalue;
        System.arraycopy(xReal, 0, aheadReal, 0, xReal.length);
        System.arraycopy(xImaginary, 0, aheadImaginary, 0, xImaginary.length);
        double momentum = 1;
        double change = Double.POSITIVE_INFINITY;
        for (int iteration = 1; iteration <= limits.iterations(); iteration++) {
            encoding.normal(aheadReal, aheadImaginary, nextReal, nextImaginary);
            pieces.each((start, end) -> {
                down((float) step, aheadReal, adjointReal, nextReal, start, end);
                down((float) step, aheadImaginary, adjointImaginary, nextImaginary, start, end);
            });
            regulariser.proximal(step * weight, nextReal, nextImaginary);
            double nextMomentum = (1 + Math.sqrt(1 + 4 * momentum * momentum)) / 2;
            change = advance((float) ((momentum - 1) / nextMomentum), xReal, xImaginary);
            momentum = nextMomentum;
            if (!progress.goOn(iteration, limits.iterations(), change)) {
                return new Outcome(iteration, change, Outcome.End.CANCELLED);
            }
            if (change <= limits.tolerance()) {
                return new Outcome(iteration, change, Outcome.End.CONVERGED);
            }
        }
        return new Outcome(limits.iterations(), change, Outcome.End.EXHAUSTED);
    }

    /** {@code normal = ahead - step · (normal - adjoint)}. */
    private static void down(float step, float[] ahead, float[] adjoint, float[] normal, int start, int end) {
        for (int i = start; i < end; i++) {
            normal[i] = ahead[i] + step * (adjoint[i] - normal[i]);
        }
    }

    /** Makes the next image x and looks ahead of it; returns the relative change. */
    private double advance(float momentum, float[] xReal, float[] xImaginary) {
        pieces.each((start, end) -> {
            ahead(momentum, nextReal, xReal, aheadReal, start, end);
            ahead(momentum, nextImaginary, xImaginary, aheadImaginary, start, end);
        });
        double change = pieces.dot(xReal, xImaginary, xReal, xImaginary);
        pieces.each((start, end) -> {
            System.arraycopy(nextReal, start, xReal, start, end - start);
            System.arraycopy(nextImaginary, start, xImaginary, start, end - start);
        });
        double size = pieces.dot(xReal, xImaginary, xReal, xImaginary);
        return size == 0 ? 0 : Math.sqrt(change / size);
    }

    /** {@code ahead = next + momentum · (next - x)}; leaves the difference in x. */
    private static void ahead(float momentum, float[] next, float[] x, float[] ahead, int start, int end) {
        for (int i = start; i < end; i++) {
            x[i] = next[i] - x[i];
        }
        for (int i = start; i < end; i++) {
            ahead[i] = next[i] + momentum * x[i];
        }
    }
}
