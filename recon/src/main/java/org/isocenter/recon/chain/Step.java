package org.isocenter.recon.chain;

/**
 * One step of a reconstruction, its parameters fixed. Of four kinds, by what they take: all readouts, the readouts of a slice
 * or slab, its values on a grid, the images. A step keeps nothing from one call to the next; any thread may call it.
 */
public sealed interface Step permits RawStep, ReadoutStep, SlabStep, VolumeStep {}
