package org.isocenter.hardware.virtual;

/**
 * What fills a part of a phantom.
 *
 * @param protonDensity signal of a volume of it over that of the same volume of water
 * @param diffusionSquareMetersPerSecond the same in all directions; 0 where it does not matter
 */
public record Material(
        String name, double protonDensity, double t1Seconds, double t2Seconds, double diffusionSquareMetersPerSecond) {

    /** Without diffusion. */
    public Material(String name, double protonDensity, double t1Seconds, double t2Seconds) {
        this(name, protonDensity, t1Seconds, t2Seconds, 0);
    }
}
