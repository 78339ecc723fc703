package org.isocenter.recon.chain;

import org.isocenter.model.Encoding;
import org.isocenter.model.EncodingGeometry;
import org.isocenter.recon.array.ChannelGrid;

/**
 * The values of one slice or slab on their way through a chain.
 *
 * @param values of all channels, or of some, or of the one that they were combined to. The middle
 *     {@code reconX}×{@code reconY}×{@code reconZ} points of the image of a k-space are what is wanted; the others are
 *     oversampling
 * @param domain of {@code values}
 * @param sampling which points of the k-space were measured (or have been filled in by a step since); as it was before
 *     the transform for an image, and {@link Sampling#NONE} where readouts do not follow the grid
 * @param calibration k-space of lines that were measured for calibration only, with as many channels, or null. Lines that
 *     serve both purposes are among {@code values}
 * @param encoding of this slab; a step that interpolates or cuts changes the matrix and extents in it
 * @param geometry where the field of view lies
 * @param firstChannel of the scan that {@code values} begin with: not 0 when channels come one after the other
 */
public record SlabData(
        ChannelGrid values,
        Domain domain,
        Sampling sampling,
        Calibration calibration,
        Encoding encoding,
        EncodingGeometry geometry,
        int firstChannel) {

    /** What the axes of the values are. */
    public enum Domain {
        /** k = 0 at N/2 of each axis. */
        KSPACE,
        /** The centre of the field of view at N/2 of each axis. */
        IMAGE
    }

    /** K-space that was measured for calibration, k = 0 at N/2, on a grid just large enough; spacing as in the slab's k-space. */
    public record Calibration(ChannelGrid values, Sampling sampling) {}

    /** Other values in the same domain. */
    public SlabData withValues(ChannelGrid newValues) {
        return new SlabData(newValues, domain, sampling, calibration, encoding, geometry, firstChannel);
    }

    /** The image, once it is one. */
    public SlabData withImage(ChannelGrid image) {
        return new SlabData(image, Domain.IMAGE, sampling, calibration, encoding, geometry, firstChannel);
    }

    /** Other points of k-space are known now. */
    public SlabData withSampling(Sampling newSampling) {
        return new SlabData(values, domain, newSampling, calibration, encoding, geometry, firstChannel);
    }

    /** Another matrix or extent. */
    public SlabData withEncoding(Encoding newEncoding) {
        return new SlabData(values, domain, sampling, calibration, newEncoding, geometry, firstChannel);
    }
}
