package org.isocenter.recon.iterative;

import java.util.Arrays;

/**
 * Conjugate gradients (Hestenes and Stiefel 1952) for {@code (N + shift · 1) x = b} where N is an encoding's normal operator:
 * the Tikhonov-regularised least squares image, which is CG-SENSE (Pruessmann et al. 2001) when b is the adjoint of the data.
 * {@code shift} means what BART's {@code pics -l2 -r} means; it does not depend on the scale of the data. One caller at a time; scratch
 * is kept from one solution to the next.
 */
public final class ConjugateGradient {
    private final EncodingOperator encoding;
    private final Pieces pieces;
    private final float[] residualReal;
    private final float[] residualImaginary;
    private final float[] directionReal;
    private final float[] directionImaginary;
    private final float[] normalReal;
    private final float[] normalImaginary;

    public ConjugateGradient(EncodingOperator encoding) {
        this.encoding = encoding;
        int points = encoding.points();
        pieces = new Pieces(points);
        residualReal = new float[points];
        residualImaginary = new float[points];
        directionReal = new float[points];
        directionImaginary = new float[points];
        normalReal = new float[points];
        normalImaginary = new float[points];
    }

    /**
     * Improves x, from which it starts.
     *
     * @param shift of the operator's eigenvalues, 0 or more
     * @param limits the tolerance is one of the residual's norm relative to the norm of b
     */
    public Outcome solve(
            double shift,
            float[] bReal,
            float[] bImaginary,
            float[] xReal,
            float[] xImaginary,
            Limits limits,
            Progress progress) {
        residual(shift, bReal, bImaginary, xReal, xImaginary);
        System.arraycopy(residualReal, 0, directionReal, 0, residualReal.length);
        System.arraycopy(residualImaginary, 0, directionImaginary, 0, residualImaginary.length);
        double whole = pieces.dot(bReal, bImaginary, bReal, bImaginary);
        double square = pieces.dot(residualReal, residualImaginary, residualReal, residualImaginary);
        double enough = limits.tolerance() * limits.tolerance() * whole;
        if (whole == 0) {
            Arrays.fill(xReal, 0);
            Arrays.fill(xImaginary, 0);
            return new Outcome(0, 0, Outcome.End.CONVERGED);
        }
        for (int iteration = 1; iteration <= limits.iterations(); iteration++) {
            double curvature = square > enough ? normalOfDirection(shift) : 0;
            if (curvature <= 0) {
                return new Outcome(iteration - 1, Math.sqrt(square / whole), Outcome.End.CONVERGED);
            }
            step(square / curvature, xReal, xImaginary);
            double next = pieces.dot(residualReal, residualImaginary, residualReal, residualImaginary);
            turn(next / square);
            square = next;
            if (!progress.goOn(iteration, limits.iterations(), Math.sqrt(square / whole))) {
                return new Outcome(iteration, Math.sqrt(square / whole), Outcome.End.CANCELLED);
            }
        }
        return new Outcome(
                limits.iterations(),
                Math.sqrt(square / whole),
                square <= enough ? Outcome.End.CONVERGED : Outcome.End.EXHAUSTED);
    }

    private void residual(double shift, float[] bReal, float[] bImaginary, float[] xReal, float[] xImaginary) {
        System.arraycopy(bReal, 0, residualReal, 0, residualReal.length);
        System.arraycopy(bImaginary, 0, residualImaginary, 0, residualImaginary.length);
        if (pieces.dot(xReal, xImaginary, xReal, xImaginary) == 0) {
            return;
        }
        encoding.normal(xReal, xImaginary, normalReal, normalImaginary);
        pieces.each((start, end) -> {
            Planar.addScaled(-1, normalReal, residualReal, start, end);
            Planar.addScaled(-1, normalImaginary, residualImaginary, start, end);
            Planar.addScaled((float) -shift, xReal, residualReal, start, end);
            Planar.addScaled((float) -shift, xImaginary, residualImaginary, start, end);
        });
    }

    /** Returns the operator's quadratic form of the direction. */
    private double normalOfDirection(double shift) {
        encoding.normal(directionReal, directionImaginary, normalReal, normalImaginary);
        return pieces.sum((start, end) -> {
            Planar.addScaled((float) shift, directionReal, normalReal, start, end);
            Planar.addScaled((float) shift, directionImaginary, normalImaginary, start, end);
            return Planar.dot(directionReal, normalReal, start, end)
                    + Planar.dot(directionImaginary, normalImaginary, start, end);
        });
    }

    private void step(double length, float[] xReal, float[] xImaginary) {
        float by = (float) length;
        pieces.each((start, end) -> {
            Planar.addScaled(by, directionReal, xReal, start, end);
            Planar.addScaled(by, directionImaginary, xImaginary, start, end);
            Planar.addScaled(-by, normalReal, residualReal, start, end);
            Planar.addScaled(-by, normalImaginary, residualImaginary, start, end);
        });
    }

    private void turn(double factor) {
        float by = (float) factor;
        pieces.each((start, end) -> {
            Planar.scaleAndAdd(by, residualReal, directionReal, start, end);
            Planar.scaleAndAdd(by, residualImaginary, directionImaginary, start, end);
        });
    }
}
