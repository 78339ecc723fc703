package org.isocenter.recon.iterative;

import java.util.Arrays;

/**
 * ADMM (Boyd et al. 2011, section 3.1.1 in scaled form) for {@code ½ ‖E x - data‖² + weight · R(z)} with {@code x = z}: a
 * Tikhonov-like image by a few conjugate gradients, R's proximal operator, and the sum of what they disagree about. Each
 * iteration costs several of FISTA's, and fewer are needed where E is ill-conditioned. One caller at a time.
 */
public final class AlternatingDirections {
    /** Warm starts make few iterations enough; Boyd et al., section 4.3.2. */
    private static final Limits INNER = new Limits(10, 1e-4);

    private final ConjugateGradient gradients;
    private final Pieces pieces;
    private final float[] splitReal;
    private final float[] splitImaginary;
    private final float[] dualReal;
    private final float[] dualImaginary;
    private final float[] wantedReal;
    private final float[] wantedImaginary;

    public AlternatingDirections(EncodingOperator encoding) {
        gradients = new ConjugateGradient(encoding);
        int points = encoding.points();
        pieces = new Pieces(points);
        splitReal = new float[points];
        splitImaginary = new float[points];
        dualReal = new float[points];
        dualImaginary = new float[points];
        wantedReal = new float[points];
        wantedImaginary = new float[points];
    }

    /**
     * Improves x, from which it starts.
     *
     * @param penalty ρ, above 0: how strongly the two images are held together; a tenth of the largest eigenvalue does well
     * @param adjointReal the adjoint of the data
     * @param limits the tolerance is one of the change of the image in an iteration relative to the image
     */
    public Outcome solve(
            double penalty,
            Regulariser regulariser,
            double weight,
            float[] adjointReal,
            float[] adjointImaginary,
            float[] xReal,
            float[] xImaginary,
            Limits limits,
            Progress progress) {
        Arrays.fill(dualReal, 0);
        Arrays.fill(dualImaginary, 0);
        System.arraycopy(xReal, 0, splitReal, 0, xReal.length);
        System.arraycopy(xImaginary, 0, splitImaginary, 0, xImaginary.length);
        double change = Double.POSITIVE_INFINITY;
        for (int iteration = 1; iteration <= limits.iterations(); iteration++) {
            pieces.each((start, end) -> {
                wanted((float) penalty, adjointReal, splitReal, dualReal, wantedReal, start, end);
                wanted((float) penalty, adjointImaginary, splitImaginary, dualImaginary, wantedImaginary, start, end);
            });
            gradients.solve(penalty, wantedReal, wantedImaginary, xReal, xImaginary, INNER, Progress.NONE);
            // The old split image is kept to see how much it changes.
            System.arraycopy(splitReal, 0, wantedReal, 0, splitReal.length);
            System.arraycopy(splitImaginary, 0, wantedImaginary, 0, splitImaginary.length);
            pieces.each((start, end) -> {
                sum(xReal, dualReal, splitReal, start, end);
                sum(xImaginary, dualImaginary, splitImaginary, start, end);
            });
            regulariser.proximal(weight / penalty, splitReal, splitImaginary);
            change = change(xReal, xImaginary);
            boolean goOn = progress.goOn(iteration, limits.iterations(), change);
            if (!goOn || change <= limits.tolerance()) {
                keep(xReal, xImaginary);
                return new Outcome(iteration, change, goOn ? Outcome.End.CONVERGED : Outcome.End.CANCELLED);
            }
        }
        keep(xReal, xImaginary);
        return new Outcome(limits.iterations(), change, Outcome.End.EXHAUSTED);
    }

    /** Updates the dual and returns how far apart the images are, or how much the split one changed, whichever is more. */
    private double change(float[] xReal, float[] xImaginary) {
        pieces.each((start, end) -> {
            disagree(xReal, splitReal, dualReal, wantedReal, start, end);
            disagree(xImaginary, splitImaginary, dualImaginary, wantedImaginary, start, end);
        });
        double moved = pieces.dot(wantedReal, wantedImaginary, wantedReal, wantedImaginary);
        double apart = pieces.sum((start, end) -> squaredDistance(xReal, splitReal, start, end)
                + squaredDistance(xImaginary, splitImaginary, start, end));
        double size = pieces.dot(splitReal, splitImaginary, splitReal, splitImaginary);
        return size == 0 ? 0 : Math.sqrt(Math.max(moved, apart) / size);
    }

    /** The regularised one of the two images is the result. */
    private void keep(float[] xReal, float[] xImaginary) {
        System.arraycopy(splitReal, 0, xReal, 0, xReal.length);
        System.arraycopy(splitImaginary, 0, xImaginary, 0, xImaginary.length);
    }

    private static void wanted(
            float penalty, float[] adjoint, float[] split, float[] dual, float[] wanted, int start, int end) {
        for (int i = start; i < end; i++) {
            wanted[i] = adjoint[i] + penalty * (split[i] - dual[i]);
        }
    }

    private static void sum(float[] a, float[] b, float[] to, int start, int end) {
        for (int i = start; i < end; i++) {
            to[i] = a[i] + b[i];
        }
    }

    /** Adds x - split to the dual, and leaves split - old in old. */
    private static void disagree(float[] x, float[] split, float[] dual, float[] old, int start, int end) {
        for (int i = start; i < end; i++) {
            dual[i] += x[i] - split[i];
        }
        for (int i = start; i < end; i++) {
            old[i] = split[i] - old[i];
        }
    }

    private static double squaredDistance(float[] a, float[] b, int start, int end) {
        double sum = 0;
        for (int i = start; i < end; i++) {
            double difference = a[i] - b[i];
            sum += difference * difference;
        }
        return sum;
    }
}
