package org.isocenter.recon.iterative;

import java.util.SplittableRandom;

/** The largest eigenvalue of an encoding's normal operator, the inverse of which is a safe step down the gradient. */
public final class PowerMethod {
    private static final int ITERATIONS = 15;
    /** The estimate approaches the eigenvalue from below. */
    private static final double MARGIN = 1.05;

    private PowerMethod() {}

    /**
     * A little more than the largest eigenvalue, by the power method from a random image, the same each time; or the bound that follows from
     * the sensitivities where the sampling knows its own.
     */
    public static double largestEigenvalue(EncodingOperator encoding) {
        double bound = encoding.normalBound();
        return bound < Double.POSITIVE_INFINITY ? bound : MARGIN * iterate(encoding, ITERATIONS);
    }

    static double iterate(EncodingOperator encoding, int iterations) {
        int points = encoding.points();
        float[] real = new float[points];
        float[] imaginary = new float[points];
        float[] nextReal = new float[points];
        float[] nextImaginary = new float[points];
        SplittableRandom random = new SplittableRandom(1);
        for (int i = 0; i < points; i++) {
            real[i] = (float) random.nextDouble();
            imaginary[i] = (float) random.nextDouble();
        }
        Pieces pieces = new Pieces(points);
        double eigenvalue = 0;
        for (int iteration = 0; iteration < iterations; iteration++) {
            float by = (float) (1 / Math.sqrt(pieces.dot(real, imaginary, real, imaginary)));
            pieces.each((start, end) -> {
                Planar.scale(by, real, start, end);
                Planar.scale(by, imaginary, start, end);
            });
            encoding.normal(real, imaginary, nextReal, nextImaginary);
            eigenvalue = Math.sqrt(pieces.dot(nextReal, nextImaginary, nextReal, nextImaginary));
            if (eigenvalue == 0) {
                break;
            }
            System.arraycopy(nextReal, 0, real, 0, points);
            System.arraycopy(nextImaginary, 0, imaginary, 0, points);
        }
        return eigenvalue;
    }
}
