package org.isocenter.recon.iterative;

/**
 * When a solver stops.
 *
 * @param iterations at most, from 1
 * @param tolerance it stops once the relative residual (CG) or the relative change of the image (FISTA, ADMM) is no more than
 *     this; 0 for never
 */
public record Limits(int iterations, double tolerance) {
    public Limits {
        if (iterations < 1 || !(tolerance >= 0)) {
            throw new IllegalArgumentException(
                    "iterations " + iterations + " must be 1 or more, and tolerance " + tolerance + " 0 or more");
        }
    }
}
