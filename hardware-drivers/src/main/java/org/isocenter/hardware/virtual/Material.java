package org.isocenter.hardware.virtual;

/**
 * What fills a part of a phantom.
 *
 * @param protonDensity signal of a volume of it over that of the same volume of water
 */
public record Material(String name, double protonDensity, double t1Seconds, double t2Seconds) {}
