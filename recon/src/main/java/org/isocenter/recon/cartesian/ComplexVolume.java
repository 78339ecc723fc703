package org.isocenter.recon.cartesian;

import java.util.List;
import org.isocenter.model.ImageVolume;

/**
 * An image with its phase, each receive channel apart. Not copied; must not be changed once made.
 *
 * @param magnitude of all channels, combined by the root of the sum of squares; with name, matrix and place
 * @param channels voxels in the order of the magnitude's
 */
public record ComplexVolume(ImageVolume magnitude, List<Channel> channels) {

    /** One channel's complex voxels, planar. */
    public record Channel(float[] real, float[] imaginary) {}
}
