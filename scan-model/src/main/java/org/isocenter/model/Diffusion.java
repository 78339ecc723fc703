package org.isocenter.model;

/**
 * How one image is weighted by diffusion.
 *
 * @param secondsPerSquareMeter the b-value as prescribed: 1e6 s/m² are 1 s/mm²; 0 for none
 * @param direction unit vector along the gradient in patient LPS; zero where the weighting has none (b = 0)
 */
public record Diffusion(double secondsPerSquareMeter, Vec3 direction) {
    public static final Diffusion NONE = new Diffusion(0, Vec3.ZERO);

    public boolean hasDirection() {
        return direction.norm() > 0;
    }

    /** The b-value in the unit that everybody writes, s/mm². */
    public double secondsPerSquareMillimeter() {
        return secondsPerSquareMeter * 1e-6;
    }
}
