package org.isocenter.hardware.virtual.phantom;

/**
 * What fills a part of a phantom: one pool of spins.
 *
 * @param protonDensity signal of a volume of it over that of the same volume of water
 * @param diffusionSquareMetersPerSecond the same in all directions; 0 where it does not matter
 * @param chemicalShiftPpm resonance relative to water's: -3.4 for fat
 * @param t2PrimeSeconds of the Lorentzian spread of frequencies inside a voxel, 1/T2* = 1/T2 + 1/T2'; infinite for none
 */
public record Material(
        String name,
        double protonDensity,
        double t1Seconds,
        double t2Seconds,
        double diffusionSquareMetersPerSecond,
        double chemicalShiftPpm,
        double t2PrimeSeconds) {

    /** On resonance, with one frequency in a voxel. */
    public Material(
            String name,
            double protonDensity,
            double t1Seconds,
            double t2Seconds,
            double diffusionSquareMetersPerSecond) {
        this(name, protonDensity, t1Seconds, t2Seconds, diffusionSquareMetersPerSecond, 0, Double.POSITIVE_INFINITY);
    }

    /** And without diffusion. */
    public Material(String name, double protonDensity, double t1Seconds, double t2Seconds) {
        this(name, protonDensity, t1Seconds, t2Seconds, 0);
    }
}
