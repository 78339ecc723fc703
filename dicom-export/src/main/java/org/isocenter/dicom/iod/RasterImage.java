package org.isocenter.dicom.iod;

/**
 * A picture of 8-bit samples, row by row from the top: grey, or red, green and blue of each pixel in turn. Not copied.
 *
 * @param samplesPerPixel 1 for grey, 3 for colour
 */
public record RasterImage(int columns, int rows, int samplesPerPixel, byte[] samples) {
    public RasterImage {
        boolean kind = samplesPerPixel == 1 || samplesPerPixel == 3;
        if (!kind || samples.length != columns * rows * samplesPerPixel || samples.length == 0) {
            throw new IllegalArgumentException(samples.length + " samples for " + columns + "×" + rows + " pixels of "
                    + samplesPerPixel + " samples");
        }
    }

    /** Whether both have the same size and kind of samples. */
    boolean isLike(RasterImage other) {
        return columns == other.columns && rows == other.rows && samplesPerPixel == other.samplesPerPixel;
    }
}
