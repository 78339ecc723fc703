package org.isocenter.dicom.iod;

import java.util.List;
import org.isocenter.dicom.data.Attributes;
import org.isocenter.dicom.data.Tag;
import org.isocenter.dicom.data.VR;
import org.isocenter.model.Code;
import org.isocenter.model.ImageVolume;
import org.isocenter.model.Quantity;

/**
 * A group's values as 16-bit integers, with one window for all of its volumes and slices, and one scale for all that they can
 * be compared with: image pixel and VOI LUT modules (PS3.3 C.7.6.3, C.11.2).
 *
 * <p>All 16 bits are declared as stored; the brightest voxel becomes 32767, so that a reader that takes the numbers for signed sees
 * the same image. What has a unit is stored in a power of ten of it, which the comment tells, as MR images have no rescale
 * slope; with values below zero it is signed. Only slopes, not offsets: zero stays zero.
 */
final class StoredPixels {
    private static final int BITS = 16;
    private static final int BRIGHTEST = 32767;
    private static final double WINDOW_LOW_SHARE = 0.01;
    private static final double WINDOW_HIGH_SHARE = 0.995;

    private final ImageGroup group;
    private final Quantity quantity;
    /** Stored value per unit of the reconstructed value. */
    private final double scale;

    private final int unusable;
    /** How many voxels have the stored value {@code index - BRIGHTEST}. */
    private final int[] histogram = new int[2 * BRIGHTEST + 1];

    StoredPixels(ImageGroup group) {
        this.group = group;
        this.quantity = group.quantity();
        double brightest = 0;
        for (ImageVolume volume : group.comparable()) {
            for (float pixel : volume.pixels()) {
                brightest = isUsable(pixel) ? Math.max(brightest, Math.abs(pixel)) : brightest;
            }
        }
        double finest = brightest > 0 ? BRIGHTEST / brightest : 1;
        this.scale = quantity.hasUnit() ? Math.pow(10, Math.floor(Math.log10(finest))) : finest;
        int bad = 0;
        for (ImageVolume volume : group.volumes()) {
            for (float pixel : volume.pixels()) {
                histogram[BRIGHTEST + stored(pixel)]++;
                bad += isUsable(pixel) ? 0 : 1;
            }
        }
        this.unusable = bad;
    }

    /** How much of the reconstruction's value one stored unit is. */
    double valuePerUnit() {
        return 1 / scale;
    }

    /** Voxels that have no such value (not a number, or negative where that means nothing) and are stored as 0. */
    int unusable() {
        return unusable;
    }

    /** The image pixel module but for the pixels themselves. */
    void writeShared(Attributes to) {
        to.setInt(Tag.SamplesPerPixel, 1);
        to.setString(Tag.PhotometricInterpretation, "MONOCHROME2");
        to.setInt(Tag.Rows, group.first().rows());
        to.setInt(Tag.Columns, group.first().columns());
        to.setInt(Tag.BitsAllocated, BITS);
        to.setInt(Tag.BitsStored, BITS);
        to.setInt(Tag.HighBit, BITS - 1);
        to.setInt(Tag.PixelRepresentation, quantity.isSigned() ? 1 : 0);
        to.setString(Tag.BurnedInAnnotation, "NO");
        to.setString(Tag.LossyImageCompression, "00");
    }

    void writeWindow(Attributes to) {
        int low = percentile(WINDOW_LOW_SHARE);
        int high = percentile(WINDOW_HIGH_SHARE);
        if (high <= low) {
            low = 0;
            high = percentile(1);
        }
        // PS3.3 C.11.2.1.2: a window of width w about c runs from c - 0.5 - (w-1)/2 to c - 0.5 + (w-1)/2.
        to.setDouble(Tag.WindowCenter, (low + high + 1) / 2.0);
        to.setDouble(Tag.WindowWidth, high - low + 1);
    }

    /** What the stored values mean in their unit, of what has one (PS3.3 C.7.6.16.2.11). */
    void writeRealWorldMapping(Attributes to) {
        if (!quantity.hasUnit()) {
            return;
        }
        Attributes map = to.newItem();
        VR vr = quantity.isSigned() ? VR.SS : VR.US;
        map.setBytes(Tag.RealWorldValueFirstValueMapped, vr, word(quantity.isSigned() ? -BRIGHTEST : 0));
        map.setBytes(Tag.RealWorldValueLastValueMapped, vr, word(BRIGHTEST));
        map.setDouble(Tag.RealWorldValueIntercept, 0);
        map.setDouble(Tag.RealWorldValueSlope, valuePerUnit());
        map.setString(Tag.LUTLabel, unitCode());
        map.setString(Tag.LUTExplanation, quantity.words());
        Codes.write(map, Tag.MeasurementUnitsCodeSequence, List.of(new Code(unitCode(), "UCUM", unitWords(), "")));
        to.setSequence(Tag.RealWorldValueMappingSequence, List.of(map));
    }

    /** As the Unified Code for Units of Measure writes it; a plain number's is 1 (PS3.16 CID 82). */
    private String unitCode() {
        return quantity.symbol().isEmpty()
                ? "1"
                : quantity.symbol().replace("µ", "u").replace("²", "2");
    }

    private String unitWords() {
        return quantity.symbol().isEmpty() ? "no units" : quantity.symbol();
    }

    /** The stored values of one slice, little endian. */
    byte[] slice(ImageVolume volume, int slice) {
        int pixels = volume.rows() * volume.columns();
        byte[] bytes = new byte[2 * pixels];
        for (int i = 0; i < pixels; i++) {
            int value = stored(volume.pixels()[slice * pixels + i]);
            bytes[2 * i] = (byte) value;
            bytes[2 * i + 1] = (byte) (value >>> 8);
        }
        return bytes;
    }

    /** Of an unsigned slice; a signed one has its extremes in another VR and does without. */
    void writeExtremes(Attributes to, byte[] slice) {
        if (quantity.isSigned()) {
            return;
        }
        int smallest = BRIGHTEST;
        int largest = 0;
        for (int i = 0; i < slice.length; i += 2) {
            int value = Byte.toUnsignedInt(slice[i]) | Byte.toUnsignedInt(slice[i + 1]) << 8;
            smallest = Math.min(smallest, value);
            largest = Math.max(largest, value);
        }
        to.setInt(Tag.SmallestImagePixelValue, smallest);
        to.setInt(Tag.LargestImagePixelValue, largest);
    }

    private static byte[] word(int value) {
        return new byte[] {(byte) value, (byte) (value >>> 8)};
    }

    private int stored(float pixel) {
        return isUsable(pixel) ? (int) Math.rint(pixel * scale) : 0;
    }

    private boolean isUsable(float value) {
        return Float.isFinite(value) && (value >= 0 || quantity.isSigned());
    }

    /** The smallest stored value that at least this share of all voxels does not exceed. */
    private int percentile(double share) {
        long wanted = (long) Math.ceil(
                share * group.first().pixels().length * group.volumes().size());
        long seen = 0;
        for (int value = -BRIGHTEST; value <= BRIGHTEST; value++) {
            seen += histogram[BRIGHTEST + value];
            if (seen >= wanted) {
                return value;
            }
        }
        return BRIGHTEST;
    }
}
