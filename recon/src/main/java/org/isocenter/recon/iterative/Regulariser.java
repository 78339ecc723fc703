package org.isocenter.recon.iterative;

/** A convex measure R of how unlikely an image is, by its proximal operator. Keeps state: one per solution. One caller. */
public interface Regulariser {
    /**
     * Replaces an image v by the x that makes {@code ½ ‖x - v‖² + weight · R(x)} least.
     *
     * @param weight above 0
     */
    void proximal(double weight, float[] real, float[] imaginary);
}
